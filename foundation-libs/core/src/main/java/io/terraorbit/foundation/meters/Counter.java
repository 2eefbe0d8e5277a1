package io.terraorbit.foundation.meters;

import org.apiguardian.api.API;

/** Counts what happened. Safe for many threads, and cheap enough for any path. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Counter {
  /**
   * Counts so many more.
   *
   * @param amount zero or more
   */
  void add(double amount);

  /** Counts one more. */
  default void increment() {
    add(1);
  }
}
