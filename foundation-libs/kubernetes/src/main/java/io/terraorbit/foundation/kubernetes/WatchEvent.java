package io.terraorbit.foundation.kubernetes;

import org.apiguardian.api.API;

/** One line of a watch. Immutable, as far as its object is left alone. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface WatchEvent<T> {
  /** The object was created, or came to match the selector. */
  record Added<T>(T object) implements WatchEvent<T> {}

  /** The object changed. */
  record Modified<T>(T object) implements WatchEvent<T> {}

  /**
   * The object is gone, or matches the selector no more.
   *
   * @param object its last state, with the version of the deletion
   */
  record Deleted<T>(T object) implements WatchEvent<T> {}

  /** Nothing happened up to this version. */
  record Bookmark<T>(ResourceVersion version) implements WatchEvent<T> {}
}
