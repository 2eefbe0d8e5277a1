package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that reconcile, for one term or, without election, for the controller's life. */
final class Workers<T extends HasMetadata> {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);

  private final ControllerSpec<T> spec;
  private final Sources<T> sources;
  private final WorkQueue<ObjectKey> queue;
  private final @Nullable Leadership leadership;
  private final Scheduler timeouts;
  private final AtomicLong ids;
  private final Set<ReconcileRun<T>> running = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();

  Workers(
      ControllerSpec<T> spec,
      Sources<T> sources,
      WorkQueue<ObjectKey> queue,
      @Nullable Leadership leadership,
      Scheduler timeouts,
      AtomicLong ids) {
    this.spec = spec;
    this.sources = sources;
    this.queue = queue;
    this.leadership = leadership;
    this.timeouts = timeouts;
    this.ids = ids;
    for (int i = 0; i < spec.workers(); i++) {
      Thread thread = new Thread(this::work, "reconcile-%s-%d".formatted(spec.name(), i));
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Calls off what is running; nothing more is written. */
  void cancel(String reason) {
    running.forEach(run -> run.cancel(reason));
  }

  /** Waits until all threads have ended; the queue must have been shut down. */
  boolean join(Duration max) throws InterruptedException {
    long deadline = spec.time().nanoTime() + max.toNanos();
    for (Thread thread : threads) {
      long left = (deadline - spec.time().nanoTime()) / 1_000_000;
      thread.join(Math.max(1, left));
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }

  private void work() {
    while (true) {
      try {
        Optional<Claim<ObjectKey>> claim = queue.take();
        if (claim.isEmpty()) {
          return;
        }
        run(claim.get());
      } catch (InterruptedException e) {
        log.atDebug().addKeyValue("controller", spec.name()).log("worker interrupted between runs");
      } catch (RuntimeException e) { // An observer threw; the claim is complete.
        log.atError().addKeyValue("controller", spec.name()).setCause(e).log("observer failed");
      }
    }
  }

  private void run(Claim<ObjectKey> claim) {
    String id = spec.identity() + "-" + ids.incrementAndGet();
    ReconcileRun<T> run = new ReconcileRun<>(claim, id, spec, sources, leadership);
    running.add(run);
    Scheduler.Scheduled timeout =
        timeouts.schedule(
            spec.timeout(), () -> run.cancel("it took longer than " + spec.timeout()));
    try (claim) {
      spec.observer()
          .reconcileStarted(
              spec.name(), claim.key(), id, claim.failures(), claim.causes(), claim.waited());
      long begin = spec.time().nanoTime();
      Ending ending = perform(run);
      Duration took = spec.time().since(begin);
      report(run, ending, took);
      claim.complete(ending.outcome());
    } finally {
      timeout.cancel();
      running.remove(run);
      run.end();
    }
  }

  private record Ending(Outcome outcome, String result, @Nullable Throwable error) {}

  private static Ending perform(ReconcileRun<?> run) {
    try {
      Result result = run.perform();
      return result instanceof Result.Again again
          ? new Ending(Outcome.again(again.after()), "again", null)
          : new Ending(Outcome.done(), "done", null);
    } catch (FatalException e) {
      return new Ending(Outcome.fatal(e), "fatal", e);
    } catch (Throwable e) { // Errors too: a key must never be left behind.
      return new Ending(Outcome.failed(e), run.cancelled() ? "cancelled" : "failed", e);
    } finally {
      run.end();
    }
  }

  private void report(ReconcileRun<T> run, Ending ending, Duration took) {
    spec.observer()
        .reconcileEnded(
            spec.name(), run.key(), run.reconcileId(), ending.result(), took, ending.error());
    Throwable error = ending.error();
    if (error != null) {
      log.atWarn()
          .addKeyValue("controller", spec.name())
          .addKeyValue("key", run.key())
          .addKeyValue("failures", run.failures() + 1)
          .addKeyValue("error", error.toString())
          .log("reconcile failed");
      log.atDebug().setCause(error).log("why it failed");
    }
  }
}
