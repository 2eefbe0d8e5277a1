package io.terraorbit.foundation.controller;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Campaigns for a lease and, each time it is won, runs a {@link Term}; again and again until it is
 * closed.
 *
 * <p>Three daemon threads: one talks to the store, one watches the time and does nothing else (so
 * that a call that hangs does not keep a lost leader leading), and one runs the term. Safe for many
 * threads. Whoever starts it closes it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class LeaderElector implements AutoCloseable {
  /** What a leader does. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1")
  @FunctionalInterface
  public interface Term {
    /**
     * Leads until interrupted, which happens when leadership is lost or the elector is closed; the
     * next term begins after this has returned. Returning or throwing early gives the lease back.
     */
    void lead(Leadership leadership) throws Exception;
  }

  private static final Logger log = LoggerFactory.getLogger(LeaderElector.class);

  private final LeaseStore store;
  private final String lease;
  private final String identity;
  private final ElectionRules rules;
  private final TimeSource time;
  private final ControllerObserver observer;
  private final ElectionCore core;
  private final Scheduler watchdog;
  private final Thread campaigner;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Term work;
  private @Nullable Thread leading;
  private volatile @Nullable Leadership current;
  private volatile String holder = "";
  private volatile boolean closing;
  private volatile boolean killed;

  private LeaderElector(Builder builder) {
    store = builder.store;
    lease = builder.lease;
    identity = builder.identity;
    rules = builder.rules;
    time = builder.time;
    observer = builder.observer;
    core = new ElectionCore(lease, identity, rules, time, builder.random);
    watchdog = Scheduler.open("lease-watchdog-" + lease);
    campaigner = new Thread(this::campaign, "lease-" + lease);
    campaigner.setDaemon(true);
  }

  /**
   * Begins to describe an elector.
   *
   * @param lease names the lease in messages
   * @param identity must be new for every incarnation of a process; a pod's uid with a random tail
   *     is
   */
  public static Builder builder(LeaseStore store, String lease, String identity) {
    return new Builder(store, lease, identity);
  }

  /** Begins to campaign, and returns at once. Call it once. */
  public void start(Term term) {
    lock.lock();
    try {
      if (work != null) {
        throw new IllegalStateException("the elector of lease '%s' was started".formatted(lease));
      }
      work = term;
      campaigner.start();
    } finally {
      lock.unlock();
    }
  }

  /** The term that is on; empty while another or nobody leads. */
  public Optional<Leadership> current() {
    return Optional.ofNullable(current).filter(Leadership::valid);
  }

  /** Who held the lease when it was last seen; empty when nobody did. */
  public Optional<String> holder() {
    return Optional.of(holder).filter(h -> !h.isEmpty());
  }

  /**
   * Ends the term, waits until its work has returned while still renewing, gives the lease back and
   * ends the threads. Waits as long as a lease lasts, at most.
   */
  @Override
  public void close() {
    closing = true;
    interruptTerm();
    wake();
    join(rules.leaseDuration());
    kill();
  }

  /** Ends as a crash would: revokes leadership, interrupts all, leaves the lease as it is. */
  public void kill() {
    closing = true;
    killed = true;
    Leadership term = current;
    if (term != null) {
      term.revoke("the process was killed");
    }
    watchdog.close();
    interruptTerm();
    campaigner.interrupt();
    wake();
  }

  private void campaign() {
    try {
      while (!killed && !(closing && !atWork())) {
        step();
      }
      if (!killed) {
        giveBack("closed");
      }
    } catch (InterruptedException e) {
      log.atDebug().addKeyValue("lease", lease).log("campaign interrupted");
    } catch (RuntimeException e) {
      log.atError().addKeyValue("lease", lease).setCause(e).log("campaign failed");
    } finally {
      Leadership term = current;
      if (term != null) {
        term.revoke("the campaign ended");
      }
      watchdog.close();
    }
  }

  private void step() throws InterruptedException {
    Leadership term = core.term();
    if (term == null && atWork()) {
      await(rules.renewEvery()); // The work of the last term goes first.
    } else if (term != null && term == current && !atWork()) {
      giveBack("the term's work ended");
    } else {
      make(core.next());
      begin(core.term());
    }
    holder = core.holder().orElse("");
  }

  private void make(ElectionCore.Move move) throws InterruptedException {
    if (move instanceof ElectionCore.Move.Wait wait) {
      await(wait.time());
      return;
    }
    long sentAt = time.nanoTime();
    try {
      if (move instanceof ElectionCore.Move.Create create) {
        written(store.tryCreate(create.next()), sentAt);
      } else if (move instanceof ElectionCore.Move.Replace replace) {
        written(store.tryReplace(replace.seen(), replace.next()), sentAt);
      } else {
        core.fetched(store.fetch());
      }
    } catch (RuntimeException e) {
      log.atDebug().addKeyValue("lease", lease).setCause(e).log("lease call failed");
      core.failed();
    }
  }

  private void written(Optional<StoredLease> written, long sentAt) {
    if (written.isPresent()) {
      core.written(written.get(), sentAt);
    } else {
      core.refused();
    }
  }

  private void begin(@Nullable Leadership term) {
    if (term == null || term == current || closing) {
      return;
    }
    log.atInfo().addKeyValue("lease", lease).addKeyValue("token", term.token()).log("leading");
    observer.leadershipGained(lease, identity, term.token().toString());
    Thread thread = new Thread(() -> lead(term), "leader-" + lease);
    thread.setDaemon(true);
    lock.lock();
    try {
      current = term;
      leading = thread;
      thread.start(); // Under the lock, for an interrupt of a thread not yet started is lost.
    } finally {
      lock.unlock();
    }
    term.lost().thenAccept(this::lost);
    watch(term);
    if (closing) {
      interruptTerm();
    }
  }

  /** Ends the term when its time is over, however long the campaigner's call hangs. */
  private void watch(Leadership term) {
    if (term.valid()) {
      watchdog.schedule(term.remaining(), () -> watch(term));
    } else {
      term.revoke("the lease was not renewed in time");
    }
  }

  private void lost(String reason) {
    if (!killed) {
      log.atInfo().addKeyValue("lease", lease).addKeyValue("reason", reason).log("leads no more");
      observer.leadershipLost(lease, identity, reason);
    }
    interruptTerm();
  }

  private void lead(Leadership term) {
    Term todo = work;
    try {
      if (todo != null) {
        todo.lead(term);
      }
    } catch (InterruptedException e) {
      log.atDebug().addKeyValue("lease", lease).log("term interrupted");
    } catch (Throwable e) { // Whatever the work threw, the term is over.
      log.atError().addKeyValue("lease", lease).setCause(e).log("term failed");
    } finally {
      lock.lock();
      try {
        leading = null;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends the term, then gives the lease back if it is ours still; tries twice. */
  private void giveBack(String reason) {
    Optional<ElectionCore.Move.Replace> release = core.resign(reason);
    for (int tries = 0; release.isPresent() && tries < 2; tries++) {
      ElectionCore.Move.Replace write = release.get();
      try {
        if (store.tryReplace(write.seen(), write.next()).isPresent()) {
          holder = "";
          return;
        }
        release = store.fetch().flatMap(found -> core.resignAgain(write, found));
      } catch (RuntimeException e) {
        log.atDebug().addKeyValue("lease", lease).setCause(e).log("lease not given back");
      }
    }
  }

  private boolean atWork() {
    lock.lock();
    try {
      return leading != null;
    } finally {
      lock.unlock();
    }
  }

  private void interruptTerm() {
    lock.lock();
    try {
      if (leading != null) {
        leading.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a time, for the end of the term's work, or for the elector's own end. */
  @SuppressWarnings("WaitNotInLoop") // The loop is in campaign.
  private void await(Duration max) throws InterruptedException {
    lock.lock();
    try {
      if (!killed && !(closing && leading == null)) {
        boolean unused = changed.await(max.toNanos(), NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void join(Duration max) {
    try {
      if (Thread.currentThread() != campaigner) {
        campaigner.join(Math.max(1, max.toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Describes an elector. Confined to one thread. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1")
  public static final class Builder {
    private final LeaseStore store;
    private final String lease;
    private final String identity;
    private ElectionRules rules = ElectionRules.standard();
    private TimeSource time = TimeSource.system();
    private RandomGenerator random = Randomness.system();
    private ControllerObserver observer = ControllerObserver.NONE;

    private Builder(LeaseStore store, String lease, String identity) {
      if (identity.isBlank()) {
        throw new IllegalArgumentException("an identity is not blank, got '" + identity + "'");
      }
      this.store = store;
      this.lease = lease;
      this.identity = identity;
    }

    /** Default {@link ElectionRules#standard()}. */
    public Builder rules(ElectionRules times) {
      rules = times;
      return this;
    }

    public Builder time(TimeSource clock) {
      time = clock;
      return this;
    }

    /** For jitter; used by the elector's thread only. */
    public Builder random(RandomGenerator generator) {
      random = generator;
      return this;
    }

    public Builder observer(ControllerObserver watcher) {
      observer = watcher;
      return this;
    }

    /** Makes the elector; it does nothing before {@link LeaderElector#start}. */
    public LeaderElector build() {
      return new LeaderElector(this);
    }
  }
}
