package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.errors.AppException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Hears a watch, on the watch's thread and in the order of the server. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface WatchListener<T> {
  /** Something happened. What this throws ends the watch. */
  void event(WatchEvent<T> event);

  /**
   * The watch is over; nothing follows. Called exactly once.
   *
   * @param reason null when it was closed, or ran out as the server always lets it do some time;
   *     {@code KUBE_EXPIRED} when the start is too old and only a new list helps
   */
  void closed(@Nullable AppException reason);
}
