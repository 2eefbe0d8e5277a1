package io.terraorbit.foundation.harness.kube.internal.faults;

import io.terraorbit.foundation.harness.environment.ApiRequest;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.verbs.LiveWatch;
import io.terraorbit.foundation.harness.kube.internal.verbs.WatchEvent;
import io.terraorbit.foundation.harness.kube.internal.verbs.WatchGate;
import io.terraorbit.foundation.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The faults of one watch. Safe for many threads.
 *
 * <p>The watch asks under its own lock, so nothing here calls it back from there: what is to be
 * told, and an end of the watch, wait for {@link #settle}, which the watch calls with nothing
 * locked.
 */
final class WatchFaults implements WatchGate {
  private static final String TOO_OLD = "The resourceVersion for the provided watch is too old.";

  private final LiveWatch watch;
  private final ApiRequest request;
  private final Scheduler scheduler;
  private final Consumer<WatchFaults> onEnd;
  private final List<Effect> effects = new ArrayList<>();
  private final List<Runnable> pending = new ArrayList<>();
  private int waiting;
  private boolean ending;
  private boolean ended;

  WatchFaults(
      LiveWatch watch, ApiRequest request, Scheduler scheduler, Consumer<WatchFaults> onEnd) {
    this.watch = watch;
    this.request = request;
    this.scheduler = scheduler;
    this.onEnd = onEnd;
  }

  ApiRequest request() {
    return request;
  }

  /** A fault hits the watch; whoever calls this {@linkplain #refresh refreshes} it afterwards. */
  synchronized void add(Armed.Hit hit) {
    if (ended) {
      pending.add(hit::missed);
      return;
    }
    Effect effect = Effect.of(hit, this);
    effects.add(effect);
    if (waiting > 0) {
      effect.arrived(waiting);
    }
    endIfDue();
  }

  /** Looks again at what may pass. With nothing locked. */
  void refresh() {
    settle();
    watch.wake();
  }

  @Override
  public synchronized void arrived(int count) {
    waiting += count;
    effects.forEach(effect -> effect.arrived(count));
  }

  @Override
  public synchronized Decision next(WatchEvent event) {
    if (ending) {
      return Decision.HOLD;
    }
    Decision decision = Decision.PASS;
    for (Effect effect : effects) {
      Decision one = effect.next(event);
      if (one != Decision.PASS) {
        acts(effect);
      }
      if (one == Decision.HOLD) {
        return Decision.HOLD;
      }
      if (one == Decision.DROP) {
        decision = Decision.DROP;
      }
    }
    waiting--;
    effects.forEach(effect -> effect.left(event));
    endIfDue();
    return decision;
  }

  @Override
  public void settle() {
    while (true) {
      List<Runnable> due;
      synchronized (this) {
        due = List.copyOf(pending);
        pending.clear();
      }
      if (due.isEmpty()) {
        return;
      }
      due.forEach(Runnable::run);
    }
  }

  @Override
  public void ended() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      effects.stream()
          .filter(effect -> !effect.acted())
          .forEach(effect -> pending.add(() -> effect.hit().missed()));
    }
    settle();
    onEnd.accept(this);
  }

  /** Does something to the state of an effect after a while, and has the reader look again. */
  void later(Duration delay, Runnable change) {
    scheduler.schedule(
        delay,
        () -> {
          synchronized (this) {
            change.run();
          }
          watch.wake();
        });
  }

  private void acts(Effect effect) {
    if (effect.act()) {
      pending.add(() -> effect.hit().happened(effect.words()));
    }
  }

  private void endIfDue() {
    for (Effect effect : effects) {
      Effect.Ending how = effect.ending();
      if (how != Effect.Ending.NONE && !effect.acted()) {
        acts(effect);
        this.ending = true;
        pending.add(() -> end(how));
        return;
      }
    }
  }

  private void end(Effect.Ending how) {
    switch (how) {
      case CUT -> watch.cut();
      case TOO_OLD ->
          watch.endWith(List.of(new WatchEvent("ERROR", Refusals.expired(TOO_OLD).status())));
      default -> watch.endWith(List.of());
    }
  }
}
