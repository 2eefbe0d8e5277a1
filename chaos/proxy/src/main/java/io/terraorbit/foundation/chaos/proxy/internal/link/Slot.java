package io.terraorbit.foundation.chaos.proxy.internal.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The place of one toxic in a link: it keeps what has arrived and not left, whatever the stage that
 * works on it. Confined to the event loop.
 *
 * <p>A toxic that changes gets a new stage in the same slot; the inbox, the count of bytes passed
 * and whether it has been reported stay. After the ending has passed, all that arrives is dropped.
 */
public final class Slot implements Receiver {
  /** What the link around it does for a slot. */
  interface Owner {
    Timers timers();

    /** So many bytes more, or less, are held. */
    void held(int bytes);

    /** The toxic changed the traffic for the first time. */
    void hit(String toxic);

    /** A wake-up has moved what it could. */
    void settle();
  }

  private final Owner owner;
  private final String toxic;
  private final Deque<Chunk> inbox = new ArrayDeque<>();
  private Receiver next;
  private Stage stage = Stage.PASS;
  private RandomGenerator random;
  private @Nullable Ending arrivedEnding;
  private boolean over;
  private boolean reported;
  private long bytesPassed;
  private long wakeAtNanos;
  private @Nullable Runnable wakeCancel;

  Slot(Owner owner, String toxic, RandomGenerator random, Receiver next) {
    this.owner = owner;
    this.toxic = toxic;
    this.random = random;
    this.next = next;
  }

  // What the link does.

  String toxic() {
    return toxic;
  }

  void next(Receiver receiver) {
    next = receiver;
  }

  Receiver next() {
    return next;
  }

  boolean full() {
    return inbox.size() >= stage.capacity();
  }

  void run(Stage newStage, RandomGenerator newRandom) {
    cancelWake();
    stage.interrupt(this);
    stage = newStage;
    random = newRandom;
    stage.pump(this);
  }

  void retire() {
    cancelWake();
    stage.interrupt(this);
    stage.removed(this);
  }

  void discard() {
    cancelWake();
    over = true;
    for (Chunk chunk = take(); chunk != null; chunk = take()) {
      chunk.data().release();
    }
  }

  @Override
  public void accept(Chunk chunk) {
    if (over) {
      chunk.data().release();
      return;
    }
    inbox.add(chunk);
    owner.held(chunk.size());
    stage.pump(this);
  }

  @Override
  public void end(Ending ending) {
    if (over) {
      next.end(ending);
      return;
    }
    if (arrivedEnding == null || ending.compareTo(arrivedEnding) > 0) {
      arrivedEnding = ending;
    }
    stage.pump(this);
  }

  // What a stage does.

  /** The chunk in front, still held; null when none waits. */
  public @Nullable Chunk head() {
    return inbox.peek();
  }

  /** Takes the chunk in front out; null when none waits. The caller passes or releases it. */
  public @Nullable Chunk take() {
    Chunk chunk = inbox.poll();
    if (chunk != null) {
      owner.held(-chunk.size());
    }
    return chunk;
  }

  /** Takes at most {@code bytes} from the front and hands them on; at least one must wait. */
  public void pass(int bytes) {
    Chunk first = inbox.element();
    if (bytes < first.size()) {
      owner.held(-bytes);
      deliver(first.split(bytes));
    } else {
      inbox.remove();
      owner.held(-first.size());
      deliver(first);
    }
  }

  /** Hands everything on that is held, and the ending if it has arrived. */
  public void passHeld() {
    for (Chunk chunk = take(); chunk != null; chunk = take()) {
      deliver(chunk);
    }
    passEnding();
  }

  /** The ending that has arrived, but not left; it stands behind all chunks held. */
  public @Nullable Ending ending() {
    return over ? null : arrivedEnding;
  }

  /** Hands the ending on if it has arrived and nothing waits before it. */
  public void passEnding() {
    Ending ending = ending();
    if (ending != null && inbox.isEmpty()) {
      finish(ending);
    }
  }

  /** Ends the stream here, behind what has been passed; what is held or comes later is dropped. */
  public void finish(Ending ending) {
    if (!over) {
      discard();
      next.end(ending);
    }
  }

  /** Asks for a {@link Stage#pump} at this time; one request at a time, the last one counts. */
  public void wakeAt(long nanos) {
    if (wakeCancel != null && wakeAtNanos == nanos) {
      return;
    }
    cancelWake();
    wakeAtNanos = nanos;
    wakeCancel = owner.timers().schedule(Math.max(0, nanos - now()), this::wake);
  }

  /** The proxy's monotonic clock. */
  public long now() {
    return owner.timers().nanoTime();
  }

  public RandomGenerator random() {
    return random;
  }

  /** Bytes that this toxic let through on this connection, whatever was changed about it. */
  public long bytesPassed() {
    return bytesPassed;
  }

  /** Says that the toxic changed the traffic; only the first time is reported. */
  public void hit() {
    if (!reported) {
      reported = true;
      owner.hit(toxic);
    }
  }

  private void deliver(Chunk chunk) {
    bytesPassed += chunk.size();
    next.accept(chunk);
  }

  private void wake() {
    wakeCancel = null;
    stage.pump(this);
    owner.settle();
  }

  private void cancelWake() {
    if (wakeCancel != null) {
      wakeCancel.run();
      wakeCancel = null;
    }
  }
}
