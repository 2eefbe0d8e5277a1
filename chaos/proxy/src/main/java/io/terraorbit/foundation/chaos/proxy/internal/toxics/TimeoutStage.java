package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import io.terraorbit.foundation.chaos.proxy.internal.link.Chunk;
import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.Slot;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;

/**
 * Drops all data, and closes the connection after a silence. The end of the stream is kept back.
 */
public final class TimeoutStage implements Stage {
  private final long timeoutNanos;
  private boolean started;
  private long silentSince;

  public TimeoutStage(long timeoutMillis) {
    timeoutNanos = Spans.millisToNanos(timeoutMillis);
  }

  @Override
  public void pump(Slot slot) {
    boolean dropped = drop(slot);
    if (timeoutNanos == 0) {
      return;
    }
    if (dropped || !started) {
      started = true;
      silentSince = slot.now();
    }
    long due = silentSince + timeoutNanos;
    if (due - slot.now() > 0) {
      slot.wakeAt(due);
    } else {
      slot.hit();
      slot.finish(Ending.CLOSE);
    }
  }

  /** The stream has a hole now, or would have: going on is no option. */
  @Override
  public void removed(Slot slot) {
    slot.hit();
    slot.finish(Ending.CLOSE);
  }

  private static boolean drop(Slot slot) {
    boolean dropped = false;
    for (Chunk chunk = slot.take(); chunk != null; chunk = slot.take()) {
      chunk.data().release();
      dropped = true;
    }
    if (dropped || slot.ending() != null) {
      slot.hit();
    }
    return dropped;
  }
}
