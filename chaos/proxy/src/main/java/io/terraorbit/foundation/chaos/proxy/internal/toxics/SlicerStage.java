package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import io.terraorbit.foundation.chaos.proxy.internal.link.Chunk;
import io.terraorbit.foundation.chaos.proxy.internal.link.Slot;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Cuts chunks by halving them, about, until the pieces are small enough, and pauses after each
 * piece. Sizes that make no sense leave whole chunks or pieces of one byte, never none.
 */
public final class SlicerStage implements Stage {
  private final long averageSize;
  private final long sizeVariation;
  private final long delayNanos;

  /** Sizes still to come of the chunk in front, which is cut when its turn comes. */
  private final Deque<Integer> sizes = new ArrayDeque<>();

  private @Nullable Long pauseUntil;

  public SlicerStage(long averageSizeBytes, long sizeVariationBytes, long delayMicros) {
    averageSize = averageSizeBytes;
    sizeVariation = Math.max(0, Math.min(sizeVariationBytes, Integer.MAX_VALUE));
    delayNanos = Spans.microsToNanos(delayMicros);
  }

  @Override
  public void pump(Slot slot) {
    if (pausing(slot)) {
      return;
    }
    for (Chunk head = slot.head(); head != null; head = slot.head()) {
      if (sizes.isEmpty()) {
        sizes.push(head.size());
      }
      slot.pass(nextSize(slot));
      if (delayNanos > 0) {
        pauseUntil = slot.now() + delayNanos;
        if (pausing(slot)) {
          return;
        }
      }
    }
    slot.passEnding();
  }

  private boolean pausing(Slot slot) {
    if (pauseUntil == null) {
      return false;
    }
    if (pauseUntil - slot.now() <= 0) {
      pauseUntil = null;
      return false;
    }
    slot.hit();
    slot.wakeAt(pauseUntil);
    return true;
  }

  /** Halves the first of the sizes until it is small enough, and takes it. */
  private int nextSize(Slot slot) {
    int size = sizes.pop();
    while (averageSize > 0 && size > 1 && size - averageSize > sizeVariation) {
      slot.hit();
      int left = split(size, slot);
      sizes.push(size - left);
      size = left;
    }
    return size;
  }

  private int split(int size, Slot slot) {
    long middle = size / 2;
    if (sizeVariation > 0) {
      middle += slot.random().nextLong(-sizeVariation, sizeVariation);
    }
    return (int) Math.max(1, Math.min(middle, size - 1));
  }
}
