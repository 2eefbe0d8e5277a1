package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All kinds that the server has at one moment. Immutable. */
public final class Catalog {
  private final Map<String, Map<String, Map<String, ResourceType>>> groups;

  private Catalog(Map<String, Map<String, Map<String, ResourceType>>> groups) {
    this.groups = groups;
  }

  /** Only the built-in kinds; read once per process. */
  public static Catalog builtIn() {
    return BuiltIn.CATALOG;
  }

  static Catalog of(Collection<ResourceType> types) {
    Map<String, Map<String, Map<String, ResourceType>>> groups = new TreeMap<>();
    types.forEach(
        type ->
            groups
                .computeIfAbsent(type.group(), group -> new TreeMap<>(Versions.BEST_FIRST))
                .computeIfAbsent(type.version(), version -> new TreeMap<>())
                .put(type.plural(), type));
    return new Catalog(Collections.unmodifiableMap(groups));
  }

  /**
   * With the kinds of a custom resource definition instead of those of the same name before; those
   * that are built in stay.
   */
  public Catalog with(String group, String plural, List<ResourceType> types) {
    if (hasBuiltIn(group, plural)) {
      return this;
    }
    List<ResourceType> all = new ArrayList<>(without(group, plural).types());
    all.addAll(types);
    return of(all);
  }

  /** Without the kinds of a custom resource definition. */
  public Catalog without(String group, String plural) {
    return of(
        types().stream()
            .filter(
                type ->
                    !(type.custom() && type.group().equals(group) && type.plural().equals(plural)))
            .toList());
  }

  /** Whether a kind is built in, in any version. */
  public boolean hasBuiltIn(String group, String plural) {
    return versions(group).stream()
        .flatMap(version -> find(group, version, plural).stream())
        .anyMatch(type -> !type.custom());
  }

  /** Names of the groups other than the core group, in the order in which clients see them. */
  public List<String> groups() {
    return groups.keySet().stream()
        .filter(group -> !group.isEmpty())
        .sorted(GroupOrder.OF_DISCOVERY)
        .toList();
  }

  /** Versions of a group, the preferred one first; empty when there is no such group. */
  public List<String> versions(String group) {
    return List.copyOf(groups.getOrDefault(group, Map.of()).keySet());
  }

  /** The kinds of a version, sorted by plural. */
  public List<ResourceType> types(String group, String version) {
    return List.copyOf(
        groups.getOrDefault(group, Map.of()).getOrDefault(version, Map.of()).values());
  }

  public Optional<ResourceType> find(String group, String version, String plural) {
    return Optional.ofNullable(
        groups.getOrDefault(group, Map.of()).getOrDefault(version, Map.of()).get(plural));
  }

  /** The kind of an object by its {@code apiVersion} and {@code kind}. */
  public Optional<ResourceType> findKind(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return types(group, apiVersion.substring(slash + 1)).stream()
        .filter(type -> type.kind().equals(kind))
        .findFirst();
  }

  /** The kind, in its preferred version, of the object that the store has under a key. */
  public Optional<ResourceType> findByKey(String key) {
    String[] parts = key.split("/", -1);
    String group = parts[1].equals("core") ? "" : parts[1];
    return versions(group).stream()
        .flatMap(version -> find(group, version, parts[2]).stream())
        .findFirst();
  }

  /** Each kind of which objects are kept once, in its preferred version. */
  public Collection<ResourceType> storedTypes() {
    Map<String, ResourceType> stored = new LinkedHashMap<>();
    types().stream()
        .filter(type -> !type.has(Flag.VIRTUAL))
        .forEach(type -> stored.putIfAbsent(type.prefix(), type));
    return stored.values();
  }

  /** All kinds in all versions. */
  public List<ResourceType> types() {
    return groups.values().stream()
        .flatMap(versions -> versions.values().stream())
        .flatMap(types -> types.values().stream())
        .sorted(
            Comparator.comparing(ResourceType::group)
                .thenComparing(ResourceType::version, Versions.BEST_FIRST)
                .thenComparing(ResourceType::plural))
        .toList();
  }

  private static final class BuiltIn {
    static final Catalog CATALOG = of(BuiltInTypes.read());
  }
}
