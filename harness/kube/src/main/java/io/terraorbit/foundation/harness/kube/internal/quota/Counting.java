package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the objects of one kind count for in a quota. Stateless. */
interface Counting {
  /** Whether a resource of a quota, such as {@code count/secrets}, is about objects of the kind. */
  boolean counts(String resource);

  /** What one object uses. */
  Amounts usage(Map<String, Object> object);

  /** Whether an object is in a scope of a quota; a kind without scopes is in none. */
  default boolean inScope(Scope scope, Map<String, Object> object) {
    return false;
  }

  /** Whether updates, of the object or of its subresource, are held against quotas too. */
  default boolean onUpdate(String subresource) {
    return false;
  }

  /** What an object has to say, and does not, to be counted by a quota of these resources. */
  default Optional<String> missing(Set<String> resources, Map<String, Object> object) {
    return Optional.empty();
  }
}
