package io.terraorbit.foundation.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * What one event, or one object of a list, changed in a store; before and after are never both
 * null.
 *
 * @param inferred found out by a list and not by an event
 */
record Change<T>(@Nullable T before, @Nullable T after, boolean inferred) {
  void tell(CacheListener<T> listener, boolean initial) {
    if (after == null && before != null) {
      listener.deleted(before, inferred);
    } else if (before == null && after != null) {
      listener.added(after, initial);
    } else if (before != null && after != null) {
      listener.updated(before, after, false);
    }
  }
}
