package io.terraorbit.foundation.chaos.proxy.internal.link;

/**
 * What a toxic does to one direction of one connection. A stage moves chunks from its slot's inbox
 * onwards, now or when woken; the inbox belongs to the slot, so that a stage can be exchanged while
 * data is held. It never blocks. Confined to the event loop.
 */
@FunctionalInterface
public interface Stage {
  /** Lets everything through: a toxic that does nothing, or does not affect this connection. */
  Stage PASS = Slot::passHeld;

  /**
   * Moves on what may move now. Called once at the start, after every arrival and after every
   * wake-up asked for with {@link Slot#wakeAt}.
   */
  void pump(Slot slot);

  /** The toxic is being changed or removed: stop waiting for the chunk in hand. */
  default void interrupt(Slot slot) {}

  /** The toxic is gone: let go of everything held. */
  default void removed(Slot slot) {
    slot.passHeld();
  }

  /** How many chunks may wait here before the source is no longer read. */
  default int capacity() {
    return 2;
  }
}
