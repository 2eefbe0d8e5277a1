package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.Slot;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;

/**
 * Resets the connection some time after its first data. That data is held, not dropped: when the
 * toxic goes before the time is over, nothing is lost.
 */
public final class ResetPeerStage implements Stage {
  private final long timeoutNanos;
  private boolean triggered;
  private long due;

  public ResetPeerStage(long timeoutMillis) {
    timeoutNanos = Spans.millisToNanos(timeoutMillis);
  }

  @Override
  public void pump(Slot slot) {
    if (slot.head() == null && slot.ending() == null) {
      return;
    }
    slot.hit();
    if (!triggered) {
      triggered = true;
      due = slot.now() + timeoutNanos;
    }
    if (due - slot.now() > 0) {
      slot.wakeAt(due);
    } else {
      slot.finish(Ending.RESET);
    }
  }
}
