package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection: a source socket, a slot per toxic, a sink socket. Confined to
 * the event loop.
 *
 * <p>The source is read only while no slot is full, less than {@link #MAX_HELD_BYTES} are held in
 * all and the sink's socket takes data; that is how back pressure reaches the sender.
 */
final class Link implements Slot.Owner {
  /** A bound on memory per direction; Toxiproxy's own is 1,024 chunks of 32 KiB per latency. */
  static final long MAX_HELD_BYTES = 16L << 20;

  private final Channel source;
  private final Sink sink;
  private final Timers timers;
  private final Consumer<String> onHit;
  private final List<Slot> slots = new ArrayList<>();
  private long heldBytes;
  private boolean dead;

  Link(Channel source, Sink sink, Timers timers, Consumer<String> onHit) {
    this.source = source;
    this.sink = sink;
    this.timers = timers;
    this.onHit = onHit;
  }

  void read(ByteBuf data) {
    if (dead) {
      data.release();
      return;
    }
    first().accept(new Chunk(data, timers.nanoTime()));
    review();
  }

  void sourceEnded(Ending ending) {
    if (!dead) {
      first().end(ending);
      settle();
    }
  }

  void add(StagePlan plan, RandomGenerator random) {
    Slot slot = new Slot(this, plan.toxic(), random, sink);
    if (!slots.isEmpty()) {
      slots.get(slots.size() - 1).next(slot);
    }
    slots.add(slot);
    slot.run(stage(plan, random), random);
    settle();
  }

  void update(StagePlan plan, RandomGenerator random) {
    Slot slot = find(plan.toxic());
    if (slot != null) {
      slot.run(stage(plan, random), random);
      settle();
    }
  }

  void remove(String toxic) {
    Slot slot = find(toxic);
    if (slot != null) {
      slot.retire();
      int index = slots.indexOf(slot);
      if (index > 0) {
        slots.get(index - 1).next(slot.next());
      }
      slots.remove(index);
      settle();
    }
  }

  /** Sends what has reached the sink, and decides anew whether to read. */
  @Override
  public void settle() {
    sink.flush();
    review();
  }

  /** Decides whether the source is to be read. */
  void review() {
    boolean read = !dead && heldBytes < MAX_HELD_BYTES && sink.takes() && !anyFull();
    if (source.config().isAutoRead() != read) {
      source.config().setAutoRead(read);
    }
  }

  /** Drops everything held, for good. */
  void discard() {
    dead = true;
    slots.forEach(Slot::discard);
  }

  @Override
  public Timers timers() {
    return timers;
  }

  @Override
  public void held(int bytes) {
    heldBytes += bytes;
  }

  @Override
  public void hit(String toxic) {
    onHit.accept(toxic);
  }

  private Receiver first() {
    return slots.isEmpty() ? sink : slots.get(0);
  }

  private boolean anyFull() {
    for (Slot slot : slots) {
      if (slot.full()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Slot find(String toxic) {
    for (Slot slot : slots) {
      if (slot.toxic().equals(toxic)) {
        return slot;
      }
    }
    return null;
  }

  /** The first draw of a generator decides whether the connection is affected. */
  private static Stage stage(StagePlan plan, RandomGenerator random) {
    return random.nextFloat() < plan.toxicity() ? plan.stage().get() : Stage.PASS;
  }
}
