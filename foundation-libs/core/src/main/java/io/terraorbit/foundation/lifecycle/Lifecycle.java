package io.terraorbit.foundation.lifecycle;

import io.terraorbit.foundation.health.Health;
import io.terraorbit.foundation.health.HealthCheck;
import io.terraorbit.foundation.lifecycle.CloseReport.Outcome;
import io.terraorbit.foundation.time.Deadline;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.Scheduler.Scheduled;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the parts of a program in the reverse of the order in which they were opened, each within
 * a bound. Safe for many threads.
 *
 * <pre>{@code
 * try (Lifecycle program = Lifecycle.open(settings, time, scheduler)) {
 *   Database database = program.add("database", Database.open(…));
 *   program.add("server", Server.start(database)); // if this throws, the database is closed
 *   program.awaitEnd(); // until SIGTERM, or end()
 * }
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Lifecycle implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  private final LifecycleSettings settings;
  private final TimeSource time;
  private final Scheduler scheduler;
  private final Deque<Owned> parts = new ArrayDeque<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CompletableFuture<CloseReport> closed = new CompletableFuture<>();
  private boolean closing;

  private Lifecycle(LifecycleSettings settings, TimeSource time, Scheduler scheduler) {
    this.settings = settings;
    this.time = time;
    this.scheduler = scheduler;
  }

  /**
   * A program without parts.
   *
   * @param scheduler for the bounds; remains the caller's, who closes it afterwards
   */
  public static Lifecycle open(LifecycleSettings settings, TimeSource time, Scheduler scheduler) {
    return new Lifecycle(settings, time, scheduler);
  }

  /**
   * Takes over a part. It is closed before all that were added earlier.
   *
   * @param name for the report and the log
   * @return the part
   * @throws IllegalStateException if the program is being closed; the part is closed then
   */
  public <T extends AutoCloseable> T add(String name, T part) {
    synchronized (this) {
      if (!closing) {
        parts.push(new Owned(name, part));
        return part;
      }
    }
    IllegalStateException late =
        new IllegalStateException(
            "'%s' comes too late: the program is being closed".formatted(name));
    CloseReport.Part closedPart = close(new Owned(name, part));
    if (closedPart.failure() != null) {
      late.addSuppressed(closedPart.failure());
    }
    throw late;
  }

  /**
   * Waits until the process is told to end (SIGTERM, SIGINT) or {@link #end} is called. The process
   * then lives on until {@link #close} has come to its end, or has had the time that it may need.
   *
   * @throws InterruptedException if this thread is interrupted; the program goes on
   */
  public void awaitEnd() throws InterruptedException {
    Thread hook =
        new Thread(
            () -> {
              end();
              awaitClosedAtMost(longestEnd());
            },
            "lifecycle-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      ending.await();
    } finally {
      forget(hook);
    }
  }

  /** Ends {@link #awaitEnd}, now or when it is called. Idempotent. */
  public void end() {
    ending.countDown();
  }

  /** Down from the moment at which the program is being closed: no more requests, please. */
  public HealthCheck readiness() {
    return new HealthCheck() {
      @Override
      public String name() {
        return "lifecycle";
      }

      @Override
      public Health check(Deadline deadline) {
        synchronized (Lifecycle.this) {
          return closing ? Health.down("the program is being closed") : Health.up();
        }
      }
    };
  }

  /**
   * Closes all parts, after the time that load balancers need to notice. A part that fails, or that
   * takes too long, does not keep the others from being closed. Idempotent; a second call waits for
   * the first.
   */
  @Override
  public void close() {
    closeAll();
  }

  /** As {@link #close}, telling how it went. */
  public CloseReport closeAll() {
    @Nullable List<Owned> order = begin();
    if (order == null) {
      return closed.join();
    }
    end();
    if (!order.isEmpty()) {
      pause(settings.drain());
    }
    List<CloseReport.Part> found = new ArrayList<>();
    order.forEach(part -> found.add(close(part)));
    CloseReport report = new CloseReport(found);
    closed.complete(report);
    return report;
  }

  private synchronized @Nullable List<Owned> begin() {
    if (closing) {
      return null;
    }
    closing = true;
    return List.copyOf(parts);
  }

  private CloseReport.Part close(Owned owned) {
    long begun = time.nanoTime();
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    Thread thread = new Thread(() -> run(owned.part, done), "close-" + owned.name);
    thread.setDaemon(true);
    Scheduled alarm =
        scheduler.schedule(
            settings.closeGrace(),
            () -> {
              if (done.complete(Outcome.ABANDONED)) {
                thread.interrupt();
              }
            });
    thread.start();
    Outcome outcome;
    @Nullable Exception failure = null;
    try {
      outcome = done.join(); // though interrupted: it is bounded, and what stays open is not
    } catch (CompletionException e) {
      outcome = Outcome.FAILED;
      failure = e.getCause() instanceof Exception thrown ? thrown : e;
    }
    alarm.cancel();
    CloseReport.Part part = new CloseReport.Part(owned.name, outcome, time.since(begun), failure);
    if (outcome != Outcome.CLOSED) {
      log.atWarn()
          .addKeyValue("part", owned.name)
          .addKeyValue("outcome", outcome)
          .setCause(failure)
          .log("part not closed well");
    }
    return part;
  }

  private static void run(AutoCloseable part, CompletableFuture<Outcome> done) {
    try {
      part.close();
      done.complete(Outcome.CLOSED);
    } catch (Exception | LinkageError | AssertionError e) {
      done.completeExceptionally(e);
    }
  }

  private void pause(Duration wait) {
    if (wait.isZero()) {
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    scheduler.schedule(wait, over::countDown);
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All parts may take their whole time, one after the other. */
  private synchronized Duration longestEnd() {
    return settings.drain().plus(settings.closeGrace().multipliedBy(parts.size() + 1L));
  }

  private void awaitClosedAtMost(Duration longest) {
    try {
      closed.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.atWarn().log("the program was told to end, and has not closed its parts");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a report is never a failure", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.atDebug().log("the process is ending, by the hook itself");
    }
  }

  private record Owned(String name, AutoCloseable part) {}
}
