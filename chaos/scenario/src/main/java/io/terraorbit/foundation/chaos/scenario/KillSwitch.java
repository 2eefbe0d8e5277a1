package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kills leaders: now, or right after a write of theirs.
 *
 * <p>{@link #committed} runs within the commit of a write, before its reply: what is cut there is
 * never told that the write took effect. No lock is held while a replica is cut, since the server
 * may hold one of its own then. Safe for many threads.
 */
final class KillSwitch {
  static final String TYPE = "killLeader";

  private final RunHistory history;
  private final Fleet fleet;
  private final Leases leases;
  private final List<Armed> armed = new ArrayList<>();

  KillSwitch(RunHistory history, Fleet fleet, Leases leases) {
    this.history = history;
    this.fleet = fleet;
    this.leases = leases;
  }

  /**
   * Kills whoever holds the lease, or arms the trigger.
   *
   * @throws AppException {@code SCENARIO_LEASE_FREE} if it is to be now, and nobody holds the lease
   */
  void arm(Action.KillLeader kill) {
    String lease = kill.namespace() + "/" + kill.lease();
    String when = kill.when().map(WriteMatch::toString).orElse("now");
    history.append(new Fact.FaultOn(kill.id(), TYPE, lease, Map.of("when", when)));
    if (kill.when().isPresent()) {
      set(new Armed(kill, lease, kill.when().get()));
      return;
    }
    String holder = leases.holder(lease);
    if (fleet.lease(holder).isEmpty()) {
      throw AppException.of(
          ErrorKind.PRECONDITION_FAILED,
          "SCENARIO_LEASE_FREE",
          "no replica holds the lease '%s'".formatted(lease),
          "killLeader kills its holder",
          "Wait for a leader first, for example by asserting what it does.");
    }
    kill(kill, holder, "");
  }

  /** Counts a write; the one that is meant is the writer's last. */
  void committed(Fact.Revision write) {
    String writer = write.commit().user();
    String lease = fleet.lease(writer).orElse("");
    if (!lease.isEmpty() && !write.isLease()) {
      sprung(write, lease, writer.equals(leases.holder(lease)))
          .ifPresent(kill -> kill(kill, writer, "right after it wrote " + write.commit().object()));
    }
  }

  private synchronized Optional<Action.KillLeader> sprung(
      Fact.Revision write, String lease, boolean byHolder) {
    for (Armed trap : List.copyOf(armed)) {
      if (trap.lease.equals(lease) && trap.counts(write) && byHolder) {
        armed.remove(trap);
        return Optional.of(trap.kill);
      }
    }
    return Optional.empty();
  }

  private synchronized void set(Armed trap) {
    armed.add(trap);
  }

  /** Takes back what has not fired. */
  synchronized void disarm() {
    armed.forEach(trap -> history.append(new Fact.FaultOff(trap.kill.id(), 0)));
    armed.clear();
  }

  private void kill(Action.KillLeader kill, String identity, String why) {
    history.append(new Fact.FaultHit(kill.id(), identity, ("killed " + why).strip()));
    fleet.cut(identity, why);
    fleet.bury(identity, kill.restartAfter());
  }

  private static final class Armed {
    private final Action.KillLeader kill;
    private final String lease;
    private final WriteMatch when;
    private int seen;

    Armed(Action.KillLeader kill, String lease, WriteMatch when) {
      this.kill = kill;
      this.lease = lease;
      this.when = when;
    }

    /** Whether this write, or an earlier one, is the one that is meant. */
    boolean counts(Fact.Revision write) {
      if (!when.matches(write.commit())) {
        return false;
      }
      seen++;
      return seen >= when.occurrence();
    }
  }
}
