package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the objects of one type as they should be, with the help of a {@link Reconciler}.
 *
 * <p>It starts in this order: caches are filled, leadership is won (if there is an election),
 * workers begin, first with every object that is there. A standby keeps its caches warm. Safe for
 * many threads. Whoever builds it ends it, by {@link #close} or {@link #kill}; the client that it
 * was given stays the caller's to close.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Controller<T extends HasMetadata> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Controller.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ControllerSpec<T> spec;
  private final Sources<T> sources;
  private final Scheduler timeouts;
  private final Thread starter;
  private final AtomicLong reconciles = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Shift<T> shift;
  private volatile boolean stopping;
  private volatile boolean killed;

  /** One time of working: a queue and its workers; {@code filled} once every object is queued. */
  private static final class Shift<T extends HasMetadata> {
    final WorkQueue<ObjectKey> queue;
    final Workers<T> workers;
    volatile boolean filled;

    Shift(WorkQueue<ObjectKey> queue, Workers<T> workers) {
      this.queue = queue;
      this.workers = workers;
    }
  }

  Controller(ControllerSpec<T> spec) {
    this.spec = spec;
    this.sources = new Sources<>(spec.api(), spec.type(), spec.watched());
    this.timeouts = Scheduler.open("reconcile-timeouts-" + spec.name());
    this.starter = new Thread(this::begin, "controller-" + spec.name());
    starter.setDaemon(true);
  }

  /** Begins to describe a controller. */
  public static <T extends HasMetadata> ControllerBuilder<T> of(
      Class<T> type, Reconciler<T> reconciler) {
    return new ControllerBuilder<>(type, reconciler);
  }

  /** Begins to fill caches, to campaign and to work, and returns at once. Call it once. */
  public void start() {
    sources.start(this::enqueue);
    starter.start();
  }

  /**
   * Whether nothing is queued, waits for a retry, or runs; reminders do not count. A standby is
   * idle; a controller without election is not before its first look at every object.
   */
  public boolean idle() {
    Shift<T> now = shift;
    return now == null
        ? spec.elector() != null || stopping
        : now.filled && now.queue.stats().idle();
  }

  /** Queues every object anew; nothing on a standby. */
  public void resync() {
    Shift<T> now = shift;
    if (now != null) {
      enqueueAll("resync");
    }
  }

  /** What is queued; empty on a standby. */
  public Optional<QueueStats> stats() {
    return Optional.ofNullable(shift).map(s -> s.queue.stats());
  }

  /** The term in which this controller works; empty on a standby and without election. */
  public Optional<Leadership> leadership() {
    return Optional.ofNullable(spec.elector()).flatMap(LeaderElector::current);
  }

  /** As {@link #stop} with five seconds. */
  @Override
  public void close() {
    stop(GRACE);
  }

  /**
   * Ends in order: no new reconcile begins, running ones finish while the lease is still renewed,
   * then the lease is given back and the caches end. Idempotent.
   *
   * @param grace how long running reconciles may take; then they are called off
   */
  public void stop(Duration grace) {
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
    }
    try {
      finish(shift, grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.countDown();
    if (spec.elector() != null) {
      spec.elector().close();
    }
    starter.interrupt();
    sources.close();
    timeouts.close();
  }

  /**
   * Ends as a crash would: abandons the client, interrupts all threads, cleans up nothing and does
   * not wait. Nothing is written afterwards.
   */
  public void kill() {
    stopping = true;
    killed = true;
    spec.api().abandon();
    sources.abandon();
    if (spec.elector() != null) {
      spec.elector().kill();
    }
    Shift<T> now = shift;
    if (now != null) {
      now.queue.close();
      now.workers.cancel("the process was killed");
    }
    ended.countDown();
    starter.interrupt();
    timeouts.close();
  }

  private void begin() {
    try {
      while (!sources.awaitSynced(Duration.ofSeconds(1))) {
        if (stopping) {
          return;
        }
      }
      log.atInfo().addKeyValue("controller", spec.name()).log("caches are filled");
      if (spec.elector() == null) {
        work(null);
      } else {
        spec.elector().start(this::work);
      }
    } catch (InterruptedException e) {
      log.atDebug().addKeyValue("controller", spec.name()).log("interrupted");
    }
  }

  /** Works until the term or the controller ends. */
  private void work(@Nullable Leadership leadership) throws InterruptedException {
    WorkQueue<ObjectKey> queue = spec.newQueue();
    Shift<T> now =
        new Shift<>(queue, new Workers<>(spec, sources, queue, leadership, timeouts, reconciles));
    shift = now;
    try {
      if (!stopping) {
        enqueueAll("added");
        now.filled = true;
        now.workers.start();
        ended.await();
      }
    } finally {
      queue.close();
      now.workers.cancel(stopping ? "the controller stops" : "leadership was lost");
      awaitEnd(now.workers);
      shift = null;
    }
  }

  /** The next term must not begin while a reconcile of this one runs. */
  private void awaitEnd(Workers<T> workers) {
    boolean interrupted = false;
    boolean over = false;
    while (!over && !killed) {
      try {
        over = workers.join(Duration.ofSeconds(1));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T extends HasMetadata> void finish(@Nullable Shift<T> now, Duration grace)
      throws InterruptedException {
    if (now == null) {
      return;
    }
    ShutdownReport<ObjectKey> report = now.queue.shutdown(Shutdown.now());
    if (!now.workers.join(grace)) {
      log.atWarn().addKeyValue("keys", report.stillRunning()).log("reconciles are called off");
      now.workers.cancel("the controller stops");
      boolean unused = now.workers.join(Duration.ofSeconds(1));
    }
  }

  private void enqueueAll(String type) {
    for (T object : sources.primary().list()) {
      enqueue(ObjectKey.of(object), Band.BACKGROUND, KeyListener.cause(type, object));
    }
  }

  private void enqueue(ObjectKey key, Band band, Cause cause) {
    Shift<T> now = shift;
    if (now != null && now.queue.add(key, band, cause)) {
      spec.observer().queued(spec.name(), key, cause);
    }
  }
}
