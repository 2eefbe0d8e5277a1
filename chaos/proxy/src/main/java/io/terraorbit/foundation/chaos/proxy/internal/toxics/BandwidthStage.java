package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import io.terraorbit.foundation.chaos.proxy.internal.link.Chunk;
import io.terraorbit.foundation.chaos.proxy.internal.link.Slot;
import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;
import java.util.concurrent.TimeUnit;

/**
 * Lets bytes through at a rate. A chunk that takes longer than a tenth of a second leaves in pieces
 * of a tenth each; a smaller one leaves whole, when its time is over.
 */
public final class BandwidthStage implements Stage {
  private static final long PIECE_MILLIS = 100;

  /** More than any link can carry; keeps the products below from overflowing. */
  private static final long MAX_RATE = 1L << 40;

  /** Kilobytes per second, which are bytes per millisecond. */
  private final long rate;

  private boolean busy;
  private long pieceDue;
  private int pieceBytes;

  public BandwidthStage(long rateKilobytes) {
    rate = Math.max(0, Math.min(rateKilobytes, MAX_RATE));
  }

  @Override
  public void pump(Slot slot) {
    for (Chunk head = slot.head(); head != null; head = slot.head()) {
      if (rate == 0) {
        slot.hit();
        return;
      }
      if (pieceBytes == 0) {
        nextPiece(head, slot.now());
      }
      if (pieceDue - slot.now() > 0) {
        slot.hit();
        slot.wakeAt(pieceDue);
        return;
      }
      int bytes = pieceBytes;
      pieceBytes = 0;
      slot.pass(bytes);
    }
    busy = false;
    slot.passEnding();
  }

  /**
   * Counts from the end of the piece before while data keeps coming, so that errors do not add up.
   */
  private void nextPiece(Chunk head, long now) {
    pieceBytes = (int) Math.min(head.size(), rate * PIECE_MILLIS);
    long nanos = TimeUnit.MILLISECONDS.toNanos(pieceBytes) / rate;
    pieceDue = (busy ? pieceDue : now) + nanos;
    busy = true;
  }
}
