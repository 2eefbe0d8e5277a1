package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One kind of object in one version, and the rules that its writes follow. Immutable.
 *
 * @param storedVersion the version under which objects are kept
 * @param subresources those that this server has, such as {@code status}
 * @param schema of a custom resource; null for the built-in kinds
 */
public record ResourceType(
    String group,
    String version,
    String plural,
    String singular,
    String kind,
    String listKind,
    List<String> shortNames,
    boolean namespaced,
    List<String> categories,
    Set<String> subresources,
    Set<Flag> flags,
    String storedVersion,
    @Nullable StructuralSchema schema) {

  public ResourceType {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    subresources = Set.copyOf(subresources);
    flags = Set.copyOf(flags);
  }

  /** Rules in which kinds differ. */
  public enum Flag {
    CREATE_ON_UPDATE,
    LOCKED,
    GENERATION,
    ORPHAN,
    LABEL,
    LABEL1035,
    PATH,
    STATUS_DROPS_LABELS,
    REFUSED
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  public boolean hasStatus() {
    return subresources.contains("status");
  }

  /** Whether it comes from a custom resource definition. */
  public boolean custom() {
    return schema != null;
  }

  public Optional<StructuralSchema> structure() {
    return Optional.ofNullable(schema);
  }

  /** {@code v1} or {@code group/version}. */
  public String apiVersion() {
    return apiVersion(group, version);
  }

  /** The {@code apiVersion} that objects have in the store. */
  public String storedApiVersion() {
    return apiVersion(group, storedVersion);
  }

  /** What all keys of this kind in the store begin with. */
  public String prefix() {
    return "/" + (group.isEmpty() ? "core" : group) + "/" + plural + "/";
  }

  /** The prefix of one namespace's objects; of all when it is empty. */
  public String prefix(String namespace) {
    return namespace.isEmpty() ? prefix() : prefix() + namespace + "/";
  }

  public String key(String namespace, String name) {
    return prefix() + (namespaced ? namespace : "") + "/" + name;
  }

  public Subject subject(String name) {
    return new Subject(group, plural, kind, name);
  }

  private static String apiVersion(String group, String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
