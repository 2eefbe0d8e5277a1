package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import io.terraorbit.foundation.chaos.proxy.internal.link.Slot;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;

/** Passes data at once and the end of the stream late. */
public final class SlowCloseStage implements Stage {
  private final long delayNanos;
  private boolean waiting;
  private long due;

  public SlowCloseStage(long delayMillis) {
    delayNanos = Spans.millisToNanos(delayMillis);
  }

  @Override
  public void pump(Slot slot) {
    while (slot.head() != null) {
      slot.pass(Integer.MAX_VALUE);
    }
    if (slot.ending() == null) {
      return;
    }
    if (!waiting) {
      waiting = true;
      due = slot.now() + delayNanos;
    }
    if (due - slot.now() > 0) {
      slot.hit();
      slot.wakeAt(due);
    } else {
      slot.passEnding();
    }
  }
}
