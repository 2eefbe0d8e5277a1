package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import io.terraorbit.foundation.chaos.proxy.internal.link.Chunk;
import io.terraorbit.foundation.chaos.proxy.internal.link.Ending;
import io.terraorbit.foundation.chaos.proxy.internal.link.Slot;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;

/** Passes a number of bytes, then closes the connection. */
public final class LimitDataStage implements Stage {
  private final long limit;

  public LimitDataStage(long bytes) {
    limit = Math.max(0, bytes);
  }

  @Override
  public void pump(Slot slot) {
    for (Chunk head = slot.head(); head != null; head = slot.head()) {
      long left = limit - slot.bytesPassed();
      if (left > 0) {
        slot.pass((int) Math.min(left, head.size()));
      }
      if (slot.bytesPassed() >= limit) {
        slot.hit();
        slot.finish(Ending.CLOSE);
        return;
      }
    }
    slot.passEnding();
  }
}
