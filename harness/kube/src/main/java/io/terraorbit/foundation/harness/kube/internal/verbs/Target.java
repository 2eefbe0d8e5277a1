package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import java.util.Optional;

/**
 * What a request is about. Immutable.
 *
 * @param namespace empty for cluster-scoped kinds and for all namespaces
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
public record Target(ResourceType type, String namespace, String name, String subresource) {
  String key() {
    return type.key(namespace, name);
  }

  Subject subject() {
    return type.subject(name);
  }

  /** The kind of object that a body has: the subresource's own, if that has one. */
  public String bodyKind() {
    return sent().kind();
  }

  /** The structure of an object that a body has; empty of a custom one. */
  public Optional<StructType> bodyStructure() {
    return sent().structure();
  }

  KindName sent() {
    return type.subresource(subresource)
        .filter(part -> !part.kind().equals(type.kind()))
        .map(part -> new KindName(part.apiVersion(), part.kind()))
        .orElseGet(() -> KindName.of(type));
  }

  /** The same place, with a name. */
  public Target named(String newName) {
    return new Target(type, namespace, newName, subresource);
  }
}
