package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The rules of leader election without any I/O: it says which call to make next and is told what
 * came of it. {@link LeaderElector} makes the calls; a simulator makes them on virtual time.
 *
 * <p>Why no two lead at a time: a leader counts its validity from when it <em>sent</em> the
 * renewal, which is before the store took it, which is before any follower saw it and started to
 * count. All three use clocks of their own, and only lengths of time on them. Every write names the
 * version that it replaces, so a late one is refused. Confined to one thread.
 */
final class ElectionCore {
  /** A call to make. */
  sealed interface Move {
    record Wait(Duration time) implements Move {}

    record Fetch() implements Move {}

    record Create(LeaseRecord next) implements Move {}

    record Replace(StoredLease seen, LeaseRecord next) implements Move {}
  }

  private final String lease;
  private final String identity;
  private final ElectionRules rules;
  private final TimeSource time;
  private final RandomGenerator random;

  private long nextAt;
  private @Nullable Move decided;

  /** The last foreign state seen, and since when; presence and absence alike. */
  private @Nullable StoredLease observed;

  private boolean absent;
  private long observedAt;

  /** A lease took the place of one that was deleted, whose holder may trust it until then. */
  private boolean replaced;

  private long replacedTrustedUntil;

  private @Nullable Leadership term;
  private @Nullable StoredLease own;
  private boolean rereading;
  private boolean acquiring;

  ElectionCore(
      String lease, String identity, ElectionRules rules, TimeSource time, RandomGenerator random) {
    this.lease = lease;
    this.identity = identity;
    this.rules = rules;
    this.time = time;
    this.random = random;
    this.nextAt = time.nanoTime();
  }

  /** The term that is on; null when there is none. */
  @Nullable Leadership term() {
    if (term != null && !term.valid()) {
      lose("the lease was not renewed in time");
    }
    return term;
  }

  /** Who held the lease when it was last seen; empty when nobody did. */
  Optional<String> holder() {
    StoredLease seen = own != null ? own : absent ? null : observed;
    return Optional.ofNullable(seen).map(s -> s.record().holder()).filter(h -> !h.isEmpty());
  }

  Move next() {
    long wait = nextAt - time.nanoTime();
    if (term() == null) {
      Move write = decided;
      decided = null;
      acquiring = true;
      return write != null ? write : wait > 0 ? waiting(wait) : new Move.Fetch();
    }
    if (wait > 0) {
      return waiting(wait);
    }
    acquiring = false;
    return rereading || own == null ? new Move.Fetch() : new Move.Replace(own, renewed(own));
  }

  void fetched(Optional<StoredLease> found) {
    if (term() == null) {
      observe(found.orElse(null));
      decide();
      return;
    }
    rereading = false;
    if (found.isPresent() && ours(found.get())) {
      own = found.get(); // Somebody edited the object, not the lease.
      nextAt = time.nanoTime();
    } else {
      lose(
          found
              .map(s -> "the lease is held by '%s'".formatted(s.record().holder()))
              .orElse("the lease was deleted"));
    }
  }

  /**
   * A write succeeded.
   *
   * @param sentAt when it was sent, on this machine's monotonic clock
   */
  void written(StoredLease written, long sentAt) {
    long validUntil = sentAt + rules.trusted().toNanos();
    Leadership current = term();
    nextAt = sentAt + rules.renewEvery().toNanos();
    if (current == null && !acquiring) {
      nextAt = time.nanoTime(); // A renewal that came too late: campaign anew.
    } else if (current == null) {
      FencingToken token = new FencingToken(written.uid(), written.version());
      term = new Leadership(lease, identity, token, time, validUntil);
      replaced = false;
      own = written;
      term(); // May be over already, when the answer was slow.
    } else if (own == null
        || !written.uid().equals(own.uid())
        || written.version().compareTo(own.version()) <= 0) {
      lose("the lease's versions do not rise: %s after %s".formatted(written, own));
    } else if (current.extend(validUntil)) {
      own = written;
    } else {
      lose("the renewal came too late");
    }
  }

  /** A write was refused: the lease is not what it was. */
  void refused() {
    rereading = term() != null;
    nextAt = time.nanoTime() + (rereading ? 0 : jittered().dividedBy(4).toNanos());
  }

  /** No answer, or no good one; a write may have happened. */
  void failed() {
    Duration pause = term() == null ? jittered() : rules.renewEvery().dividedBy(4);
    nextAt = time.nanoTime() + pause.toNanos();
  }

  /** Ends the term; the write that gives the lease back, if there is one to give back. */
  Optional<Move.Replace> resign(String reason) {
    StoredLease last = term() == null ? null : own;
    lose(reason);
    nextAt = time.nanoTime() + jittered().toNanos();
    return Optional.ofNullable(last).map(l -> new Move.Replace(l, released(l)));
  }

  /** The write that gives the lease back, after a first one was refused; only if it is ours. */
  Optional<Move.Replace> resignAgain(Move.Replace refused, StoredLease found) {
    LeaseRecord had = refused.seen().record();
    boolean same =
        found.uid().equals(refused.seen().uid())
            && found.record().holder().equals(identity)
            && found.record().transitions() == had.transitions();
    return same ? Optional.of(new Move.Replace(found, released(found))) : Optional.empty();
  }

  private void observe(@Nullable StoredLease found) {
    boolean unchanged =
        found == null ? absent : !absent && observed != null && observed.sameVersion(found);
    if (!unchanged) {
      observedAt = time.nanoTime();
      if (found != null && observed != null && !found.uid().equals(observed.uid())) {
        replaced = true;
        replacedTrustedUntil = observedAt + longestPatience(observed.record()).toNanos();
      }
      absent = found == null;
      observed = found == null ? observed : found;
    }
  }

  private void decide() {
    long now = time.nanoTime();
    long claimableIn = observedAt + patience().toNanos() - now;
    if (replaced) {
      claimableIn = Math.max(claimableIn, replacedTrustedUntil - now);
    }
    if (claimableIn > 0) {
      nextAt = now + Math.min(claimableIn, jittered().toNanos());
      return;
    }
    Instant instant = time.instant();
    int transitions = observed == null ? 0 : observed.record().transitions() + 1;
    LeaseRecord next =
        new LeaseRecord(identity, rules.leaseDuration(), transitions, instant, instant);
    decided = absent || observed == null ? new Move.Create(next) : new Move.Replace(observed, next);
    nextAt = now + jittered().toNanos();
  }

  /**
   * How long what was observed is left alone. Whoever held a lease that was deleted may still trust
   * it, be it the holder that was seen or one after it; who never saw the lease cannot know that.
   */
  private Duration patience() {
    if (observed == null) {
      return Duration.ZERO;
    }
    LeaseRecord record = observed.record();
    if (absent) {
      return longestPatience(record);
    }
    boolean leftover = record.holder().equals(identity);
    return record.free() || leftover ? Duration.ZERO : rules.patience(record.duration());
  }

  private Duration longestPatience(LeaseRecord record) {
    boolean longer = record.duration().compareTo(rules.leaseDuration()) > 0;
    return rules.patience(longer ? record.duration() : rules.leaseDuration());
  }

  private boolean ours(StoredLease found) {
    return own != null
        && found.uid().equals(own.uid())
        && found.version().compareTo(own.version()) > 0
        && found.record().holder().equals(identity)
        && found.record().transitions() == own.record().transitions();
  }

  private void lose(String reason) {
    if (term != null) {
      term.revoke(reason);
      term = null;
      observed = own;
      absent = false;
      observedAt = time.nanoTime();
      own = null;
      rereading = false;
      nextAt = time.nanoTime();
    }
  }

  private LeaseRecord renewed(StoredLease last) {
    LeaseRecord record = last.record();
    return new LeaseRecord(
        identity, rules.leaseDuration(), record.transitions(), record.acquired(), time.instant());
  }

  private LeaseRecord released(StoredLease last) {
    LeaseRecord record = last.record();
    Instant now = time.instant();
    return new LeaseRecord("", Duration.ofSeconds(1), record.transitions(), now, now);
  }

  /** A pause of a follower: followers that saw the same thing do not all move at once. */
  private Duration jittered() {
    long base = rules.renewEvery().toNanos();
    return Duration.ofNanos(base + (long) (base * 0.2 * random.nextDouble()));
  }

  private static Move waiting(long nanos) {
    return new Move.Wait(Duration.ofNanos(nanos));
  }
}
