package io.terraorbit.foundation.kubernetes;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A watch that is read by pulling. One thread reads; any thread may close. Whoever opened it closes
 * it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface WatchStream<T> extends AutoCloseable {
  /**
   * Blocks until the next event.
   *
   * @return empty when the server ended the watch, as it always does some time, or when it was
   *     closed here
   * @throws io.terraorbit.foundation.errors.AppException if the watch broke; {@code KUBE_EXPIRED}
   *     when the start is too old and only a new list helps
   */
  Optional<WatchEvent<T>> next();

  /** Drops the connection; a blocked {@link #next()} returns empty. Idempotent. */
  @Override
  void close();
}
