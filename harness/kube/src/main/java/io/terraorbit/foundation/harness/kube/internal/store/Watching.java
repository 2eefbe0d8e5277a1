package io.terraorbit.foundation.harness.kube.internal.store;

import java.util.List;

/**
 * A watch that began: what it has missed, and the way to end it. Everything after {@code
 * snapshot.revision()} goes to the sink that was registered.
 *
 * @param snapshot the newest state when the watch began
 * @param replay the events after the revision that was asked for, up to the snapshot, in order
 */
public record Watching<V>(Snapshot<V> snapshot, List<Event<V>> replay, Runnable stop) {
  public Watching {
    replay = List.copyOf(replay);
  }
}
