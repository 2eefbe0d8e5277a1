package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.Link;
import io.terraorbit.foundation.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas under test. Safe for many threads.
 *
 * <p>A crash has two halves. {@link #cut} takes the replica's credentials and links away at once;
 * it never waits and takes no lock that is held for long, so it may be called from within a commit.
 * The rest, which takes its threads away and later starts another in its place, runs on the
 * scheduler's thread.
 */
final class Fleet implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  private final RunHistory history;
  private final Scheduler scheduler;
  private final Optional<ApiControl> control;
  private final ReplicaHome home;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Integer> incarnations = new LinkedHashMap<>();
  private final Set<String> electedOn = new LinkedHashSet<>();
  private final AtomicInteger pendingRestarts = new AtomicInteger();
  private boolean closed;

  Fleet(RunHistory history, Scheduler scheduler, Optional<ApiControl> control, ReplicaHome home) {
    this.history = history;
    this.scheduler = scheduler;
    this.control = control;
    this.home = home;
  }

  /** Starts all replicas of a controller. */
  void startAll(ControllerSpec controller, ControllerFactory factory) {
    for (int i = 0; i < controller.replicas(); i++) {
      start(controller, factory, i);
    }
  }

  private void start(ControllerSpec controller, ControllerFactory factory, int ordinal) {
    String place = "%s-%d".formatted(controller.name(), ordinal);
    String identity;
    synchronized (this) {
      if (closed) {
        return;
      }
      identity = "%s-%d".formatted(place, incarnations.merge(place, 1, Integer::sum));
    }
    ReplicaHome.Furnished furnished = home.furnish(controller, identity);
    Member member = new Member(controller, factory, ordinal, identity, furnished.links());
    synchronized (this) {
      members.put(identity, member);
      if (!member.lease().isEmpty()) {
        electedOn.add(member.lease());
      }
    }
    record(member, Fact.ReplicaLife.Turn.START, "");
    try {
      member.replica = factory.start(furnished.context());
    } catch (Exception e) {
      restoreInterrupt(e);
      record(member, Fact.ReplicaLife.Turn.FAILED, e.toString());
      log.atWarn().setCause(e).addKeyValue("replica", identity).log("replica could not start");
    }
  }

  /** Takes a replica's credentials and links away; does not wait. */
  void cut(String identity, String why) {
    Member member = member(identity);
    if (member != null) {
      member.cut = true;
      control.ifPresent(api -> api.revoke(identity));
      member.links.forEach(Link::sever);
      record(member, Fact.ReplicaLife.Turn.KILL, why);
      pendingRestarts.incrementAndGet();
    }
  }

  /** Ends a replica that was cut, soon; and starts another in its place, later, if at all. */
  void bury(String identity, Optional<Duration> restartAfter) {
    scheduler.schedule(Duration.ZERO, () -> buryNow(identity, restartAfter));
  }

  private void buryNow(String identity, Optional<Duration> restartAfter) {
    Member member = member(identity);
    if (member == null) {
      return;
    }
    Replica replica = member.replica;
    if (replica != null) {
      replica.kill();
    }
    synchronized (this) {
      members.remove(identity);
    }
    home.vacate(identity);
    if (restartAfter.isEmpty()) {
      pendingRestarts.decrementAndGet();
      return;
    }
    scheduler.schedule(
        restartAfter.get(),
        () -> {
          start(member.controller, member.factory, member.ordinal);
          pendingRestarts.decrementAndGet();
        });
  }

  /** The lease that a live replica elects on, as {@code namespace/name}; empty for others. */
  Optional<String> lease(String identity) {
    Member member = member(identity);
    return member == null || member.cut ? Optional.empty() : Optional.of(member.lease());
  }

  /**
   * Whether every replica is idle, none is about to be replaced, and each lease has a live holder.
   */
  boolean idle(Leases leases) {
    return pendingRestarts.get() == 0
        && live().stream().allMatch(Member::idle)
        && electedOn().stream().allMatch(lease -> lease(leases.holder(lease)).isPresent());
  }

  void resync() {
    live().forEach(Member::resync);
  }

  List<String> identities() {
    return live().stream().map(member -> member.identity).toList();
  }

  /** Closes all replicas, at the same time. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    live().parallelStream().forEach(Fleet::closeQuietly);
  }

  private static void closeQuietly(Member member) {
    Replica replica = member.replica;
    if (replica == null) {
      return;
    }
    try {
      replica.close();
    } catch (Exception e) {
      restoreInterrupt(e);
      log.atWarn().setCause(e).addKeyValue("replica", member.identity).log("replica did not close");
    }
  }

  private synchronized @Nullable Member member(String identity) {
    return members.get(identity);
  }

  private synchronized List<String> electedOn() {
    return List.copyOf(electedOn);
  }

  private synchronized List<Member> live() {
    return new ArrayList<>(members.values());
  }

  private void record(Member member, Fact.ReplicaLife.Turn phase, String detail) {
    history.append(
        new Fact.ReplicaLife(
            member.identity, member.controller.name(), member.lease(), phase, detail));
  }

  private static void restoreInterrupt(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Member {
    private final ControllerSpec controller;
    private final ControllerFactory factory;
    private final int ordinal;
    private final String identity;
    private final List<Link> links;
    private volatile boolean cut;
    private volatile @Nullable Replica replica;

    Member(
        ControllerSpec controller,
        ControllerFactory factory,
        int ordinal,
        String identity,
        List<Link> links) {
      this.controller = controller;
      this.factory = factory;
      this.ordinal = ordinal;
      this.identity = identity;
      this.links = links;
    }

    String lease() {
      return controller
          .election()
          .map(election -> election.namespace() + "/" + election.lease())
          .orElse("");
    }

    boolean idle() {
      Replica running = replica;
      return running != null && running.idle();
    }

    void resync() {
      Replica running = replica;
      if (running != null) {
        running.resync();
      }
    }
  }
}
