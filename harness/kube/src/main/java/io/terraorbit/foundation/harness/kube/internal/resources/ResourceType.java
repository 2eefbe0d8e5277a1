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
 * @param verbs that may be done to it, sorted
 * @param subresources those that a real server has, sorted by name
 * @param storedApiVersion the group and version under which objects are kept
 * @param extension what its definition says, of a custom resource; null for the built-in kinds
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
    List<String> verbs,
    List<Subresource> subresources,
    Set<Flag> flags,
    String storedApiVersion,
    @Nullable CustomVersion extension) {

  /** The verbs of an ordinary kind. */
  public static final List<String> ALL_VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  public ResourceType {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    verbs = List.copyOf(verbs);
    subresources = List.copyOf(subresources);
    flags = Set.copyOf(flags);
  }

  /** Rules in which kinds differ. */
  public enum Flag {
    CREATE_ON_UPDATE,
    LOCKED,
    GENERATION,
    LATE_GENERATION,
    ORPHAN,
    LABEL,
    PATH,
    ADDRESS,
    STATUS_DROPS_LABELS,
    STATUS_DROPS_OWNERS,
    STATUS_SEALED,
    RETURNED,
    REFUSED,
    VIRTUAL
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  public boolean hasStatus() {
    return subresource("status").isPresent();
  }

  public Optional<Subresource> subresource(String name) {
    for (Subresource subresource : subresources) {
      if (subresource.name().equals(name)) {
        return Optional.of(subresource);
      }
    }
    return Optional.empty();
  }

  /** Whether objects are kept in the form of another built-in kind. */
  public boolean converted() {
    return !custom() && !storedApiVersion.equals(apiVersion());
  }

  /** Whether it comes from a custom resource definition. */
  public boolean custom() {
    return extension != null;
  }

  public Optional<StructuralSchema> structure() {
    return Optional.ofNullable(extension).map(CustomVersion::schema);
  }

  /** {@code v1} or {@code group/version}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /**
   * By what clients notice that objects are kept in another version than before; empty of kinds of
   * which none are kept.
   */
  public Optional<String> storageVersionHash() {
    return has(Flag.VIRTUAL) ? Optional.empty() : Optional.of(StorageVersion.hash(this));
  }

  /** What all keys of this kind in the store begin with. */
  public String prefix() {
    int slash = storedApiVersion.indexOf('/');
    return "/" + (slash < 0 ? "core" : storedApiVersion.substring(0, slash)) + "/" + plural + "/";
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

  /** The subject of complaints about what is in an object: of the group in which it is kept. */
  public Subject kept(String name) {
    int slash = storedApiVersion.indexOf('/');
    String keptGroup = slash < 0 ? "" : storedApiVersion.substring(0, slash);
    return custom() ? subject(name) : new Subject(keptGroup, plural, kind, name);
  }
}
