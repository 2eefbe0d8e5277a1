package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import io.terraorbit.foundation.chaos.proxy.internal.link.Chunk;
import io.terraorbit.foundation.chaos.proxy.internal.link.Slot;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;

/**
 * Holds each chunk until its delay, counted from its arrival at the proxy, is over. The delay is
 * drawn when the chunk comes to the front, so that a changed toxic applies to those behind it.
 */
public final class LatencyStage implements Stage {
  /** As many as Toxiproxy holds before the sender feels it. */
  private static final int CAPACITY = 1024;

  private final long latencyMillis;
  private final long jitterMillis;
  private boolean frontDrawn;
  private long frontDue;

  public LatencyStage(long latencyMillis, long jitterMillis) {
    this.latencyMillis = latencyMillis;
    this.jitterMillis = Spans.millis(jitterMillis);
  }

  @Override
  public void pump(Slot slot) {
    for (Chunk head = slot.head(); head != null; head = slot.head()) {
      if (!frontDrawn) {
        frontDrawn = true;
        frontDue = head.receivedAtNanos() + drawDelay(slot);
      }
      if (frontDue - slot.now() > 0) {
        slot.hit();
        slot.wakeAt(frontDue);
        return;
      }
      frontDrawn = false;
      slot.pass(head.size());
    }
    slot.passEnding();
  }

  @Override
  public void interrupt(Slot slot) {
    Chunk head = slot.head();
    if (head != null && frontDrawn) {
      slot.pass(head.size());
    }
  }

  @Override
  public int capacity() {
    return CAPACITY;
  }

  private long drawDelay(Slot slot) {
    long jitter = jitterMillis == 0 ? 0 : slot.random().nextLong(-jitterMillis, jitterMillis);
    return Spans.millisToNanos(Spans.millis(latencyMillis) + jitter);
  }
}
