package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.workloads.Objects;
import io.terraorbit.foundation.harness.kube.internal.workloads.Workloads;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.Scheduler.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the controllers of workloads run within the writes that give them work, and again when time
 * does. Used under the store's lock.
 */
final class WorkloadController {
  private final Workloads workloads = new Workloads();
  private final Supplier<WorkloadObjects.Verbs> verbs;
  private final Scheduler scheduler;
  private final Runnable wake;
  private @Nullable Scheduled timer;
  private Instant due = Instant.MAX;
  private int steps;

  /**
   * @param wake begins a write of no change, in which {@link #wake} is called
   */
  WorkloadController(Supplier<WorkloadObjects.Verbs> verbs, Scheduler scheduler, Runnable wake) {
    this.verbs = verbs;
    this.scheduler = scheduler;
    this.wake = wake;
  }

  void see(Editor editor, Event<Map<String, Object>> event) {
    workloads.see(objects(editor), event.key(), event.before(), event.after());
  }

  /** Has everything looked at that is there. */
  void resume(Editor editor) {
    Objects objects = objects(editor);
    editor
        .now()
        .list("/")
        .forEach(entry -> workloads.see(objects, entry.key(), null, entry.value()));
  }

  /** Has those looked at whose time has come. */
  void wake(Editor editor) {
    timer = null;
    due = Instant.MAX;
    workloads.wake(objects(editor).now());
  }

  /** Does one thing; whether there was one to do. */
  boolean step(Editor editor) {
    if (workloads.step(objects(editor), steps)) {
      steps++;
      return true;
    }
    steps = 0;
    arm(objects(editor).now());
    return false;
  }

  private void arm(Instant now) {
    Optional<Instant> next = workloads.next();
    if (next.isPresent() && next.get().isBefore(due)) {
      rest();
      due = next.get();
      Duration delay = Duration.between(now, due);
      timer = scheduler.schedule(delay.isNegative() ? Duration.ZERO : delay, wake);
    }
  }

  /** Forgets the time at which it wanted to be woken. */
  void rest() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    due = Instant.MAX;
  }

  private Objects objects(Editor editor) {
    return new WorkloadObjects(verbs.get(), editor);
  }
}
