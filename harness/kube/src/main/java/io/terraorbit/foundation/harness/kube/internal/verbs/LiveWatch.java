package io.terraorbit.foundation.harness.kube.internal.verbs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The events of one watch, on their way to a reader who may be slow. Safe for many threads.
 *
 * <p>A reader who falls too far behind loses the watch, never an event in the middle: what came
 * before the end is delivered in order, and the client watches again from there.
 */
public final class LiveWatch {
  private final int maxWaiting;
  private final Deque<WatchEvent> waiting = new ArrayDeque<>();
  private Runnable wake = () -> {};
  private Runnable stop = () -> {};
  private WatchGate gate = WatchGate.OPEN;
  private boolean ended;
  private boolean freed;
  private boolean cut;

  public LiveWatch(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  /** Names who is woken when there is something to poll; woken at once if there is already. */
  public void onReady(Runnable reader) {
    synchronized (this) {
      wake = reader;
    }
    reader.run();
  }

  /** The next event; empty when there is none for now. */
  public Optional<WatchEvent> poll() {
    Optional<WatchEvent> event;
    WatchGate asked;
    synchronized (this) {
      asked = gate;
      event = next();
    }
    asked.settle();
    return event;
  }

  private Optional<WatchEvent> next() {
    for (WatchEvent head = waiting.peek(); head != null; head = waiting.peek()) {
      switch (freed ? WatchGate.Decision.PASS : gate.next(head)) {
        case PASS -> {
          return Optional.of(waiting.remove());
        }
        case DROP -> waiting.remove();
        case HOLD -> {
          if (ended) {
            waiting.clear();
          }
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Puts a gate before the reader, for good. */
  public void guard(WatchGate newGate) {
    boolean late;
    synchronized (this) {
      late = ended;
      if (!late) {
        gate = newGate;
        gate.arrived(waiting.size());
      }
    }
    if (late) {
      newGate.ended();
    }
  }

  /** Has the reader look again, from any thread. */
  public void wake() {
    Runnable reader;
    synchronized (this) {
      reader = wake;
    }
    reader.run();
  }

  /** Ends the watch at once: what waits is lost, but for these last events. */
  public void endWith(List<WatchEvent> last) {
    synchronized (this) {
      waiting.clear();
      waiting.addAll(last);
      freed = true;
    }
    end();
  }

  /** Ends the watch at once as if the line was cut. */
  public void cut() {
    synchronized (this) {
      cut = true;
    }
    endWith(List.of());
  }

  /** Whether it ended as if the line was cut. */
  public synchronized boolean wasCut() {
    return cut;
  }

  /** Whether all was polled and no more will come. */
  public synchronized boolean finished() {
    return ended && waiting.isEmpty();
  }

  /** Ends the watch after what waits. Idempotent. */
  public void end() {
    Runnable release;
    Runnable reader;
    WatchGate told;
    synchronized (this) {
      ended = true;
      told = gate;
      release = stop;
      stop = () -> {};
      reader = wake;
    }
    release.run();
    told.ended();
    reader.run();
  }

  synchronized void stopWith(Runnable release) {
    stop = release;
  }

  synchronized void alsoStopWith(Runnable release) {
    Runnable before = stop;
    stop =
        () -> {
          before.run();
          release.run();
        };
  }

  /** Adds what the watch begins with, of which there may be any number. */
  synchronized void addInitial(WatchEvent event) {
    waiting.add(event);
    gate.arrived(1);
  }

  void add(WatchEvent event) {
    Runnable reader;
    synchronized (this) {
      if (ended) {
        return;
      }
      if (waiting.size() < maxWaiting) {
        waiting.add(event);
        gate.arrived(1);
        reader = wake;
      } else {
        reader = this::end;
      }
    }
    reader.run();
  }
}
