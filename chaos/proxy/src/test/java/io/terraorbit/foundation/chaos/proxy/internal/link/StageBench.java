package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.buffer.Unpooled;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs stages without sockets and in virtual time, and writes down what comes out and when. */
public final class StageBench implements Slot.Owner {
  private final VirtualTime time = new VirtualTime();
  private final List<String> out = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final Slot slot;
  private int hits;
  private int settled;
  private int heldBytes;

  public StageBench(Stage stage) {
    slot = new Slot(this, "toxic", new SplittableRandom(1), new Log());
    slot.run(stage, new SplittableRandom(1));
  }

  private final class Log implements Receiver {
    @Override
    public void accept(Chunk chunk) {
      sizes.add(chunk.size());
      String text = chunk.data().toString(StandardCharsets.UTF_8);
      out.add(millis() + ":" + text);
      chunk.data().release();
    }

    @Override
    public void end(Ending ending) {
      out.add(millis() + ":" + ending);
    }
  }

  public StageBench arrive(String text) {
    slot.accept(
        new Chunk(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), timers().nanoTime()));
    return this;
  }

  public StageBench end(Ending ending) {
    slot.end(ending);
    return this;
  }

  public StageBench advance(long millis) {
    time.advance(Duration.ofMillis(millis));
    return this;
  }

  public StageBench change(Stage stage) {
    slot.run(stage, new SplittableRandom(2));
    return this;
  }

  public StageBench remove() {
    slot.retire();
    return this;
  }

  public StageBench discard() {
    slot.discard();
    return this;
  }

  /** What came out so far: {@code milliseconds:text} or {@code milliseconds:ENDING}. */
  public List<String> out() {
    return List.copyOf(out);
  }

  /** The sizes of the pieces that came out so far. */
  public List<Integer> sizes() {
    return List.copyOf(sizes);
  }

  public int hits() {
    return hits;
  }

  public int heldBytes() {
    return heldBytes;
  }

  public boolean full() {
    return slot.full();
  }

  public int pendingWakes() {
    return time.pending();
  }

  public int settled() {
    return settled;
  }

  @Override
  public Timers timers() {
    return new Timers() {
      @Override
      public long nanoTime() {
        return time.nanoTime();
      }

      @Override
      public Runnable schedule(long delayNanos, Runnable task) {
        Scheduler.Scheduled scheduled = time.schedule(Duration.ofNanos(delayNanos), task);
        return scheduled::cancel;
      }
    };
  }

  @Override
  public void held(int bytes) {
    heldBytes += bytes;
  }

  @Override
  public void hit(String toxic) {
    hits++;
  }

  @Override
  public void settle() {
    settled++;
  }

  private long millis() {
    return Duration.ofNanos(time.nanoTime()).toMillis();
  }
}
