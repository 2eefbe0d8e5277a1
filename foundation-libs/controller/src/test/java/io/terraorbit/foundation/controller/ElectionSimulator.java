package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.controller.ElectionCore.Move;
import io.terraorbit.foundation.kubernetes.ResourceVersion;
import io.terraorbit.foundation.time.TimeSource;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Several candidates and one linearizable store on virtual time. Each node has a clock of its own
 * (offset and rate); requests and answers are delayed or dropped; nodes pause; the lease is edited
 * and deleted by strangers. After every event the invariants are checked.
 */
final class ElectionSimulator {
  private static final Duration HUGE = Duration.ofDays(1);

  final ElectionRules rules;
  final VirtualTime truth = new VirtualTime();
  final SplittableRandom random;
  final List<Node> nodes = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  final List<FencingToken> terms = new ArrayList<>();
  Optional<StoredLease> stored = Optional.empty();
  private long version;
  private int incarnation;

  double dropped;
  Duration maxDelay = Duration.ofMillis(20);

  ElectionSimulator(ElectionRules rules, long seed) {
    this.rules = rules;
    this.random = new SplittableRandom(seed);
  }

  Node addNode(double rate, Duration offset) {
    Node node = new Node("node-" + nodes.size(), rate, offset);
    nodes.add(node);
    node.act();
    return node;
  }

  void run(Duration by) {
    truth.advance(by);
  }

  Optional<Node> leader() {
    return nodes.stream().filter(Node::leads).findFirst();
  }

  /** A stranger edits the object, not the lease. */
  void touch() {
    stored = stored.map(s -> new StoredLease(s.uid(), nextVersion(), s.record()));
  }

  /**
   * Deletes the lease where that is harmless: every candidate has seen it, and none can take a
   * second disappearance for the first one, for absence has no version.
   */
  void deleteOnce() {
    if (incarnation == 1 && nodes.stream().allMatch(node -> node.knowsLease)) {
      delete();
    }
  }

  void delete() {
    stored = Optional.empty();
    version++;
  }

  private ResourceVersion nextVersion() {
    return ResourceVersion.of(++version);
  }

  private void check() {
    List<Node> leaders = nodes.stream().filter(Node::leads).toList();
    if (leaders.size() > 1) {
      problems.add("I1: two leaders at %s: %s".formatted(truth.instant(), leaders));
    }
  }

  private Optional<StoredLease> create(LeaseRecord next) {
    if (stored.isPresent()) {
      return Optional.empty();
    }
    stored = Optional.of(new StoredLease("uid-" + incarnation++, nextVersion(), next));
    return stored;
  }

  private Optional<StoredLease> replace(Node writer, StoredLease seen, LeaseRecord next) {
    if (stored.isEmpty() || !stored.get().sameVersion(seen)) {
      return Optional.empty();
    }
    if (next.free() && !stored.get().record().holder().equals(writer.name)) {
      problems.add("I3: %s cleared %s".formatted(writer.name, stored.get()));
    }
    stored = Optional.of(new StoredLease(seen.uid(), nextVersion(), next));
    return stored;
  }

  final class Node implements TimeSource {
    final String name;
    private final double rate;
    private final long offset;
    private final ElectionCore core;
    private long pausedUntil;
    private Leadership seen;
    private int request;
    boolean stopped;
    boolean knowsLease;

    Node(String name, double rate, Duration offset) {
      this.name = name;
      this.rate = rate;
      this.offset = offset.toNanos();
      this.core = new ElectionCore("lease", name, rules, this, random);
    }

    @Override
    public long nanoTime() {
      return offset + (long) (truth.nanoTime() * rate);
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(nanoTime());
    }

    /** What a worker on this node would see, asked at this very moment. */
    boolean leads() {
      return seen != null && seen.valid();
    }

    void pause(Duration time) {
      pausedUntil = truth.nanoTime() + time.toNanos();
    }

    void resign() {
      stopped = true;
      core.resign("test").ifPresent(this::send);
    }

    @Override
    public String toString() {
      return name + " at rate " + rate;
    }

    private void act() {
      if (stopped) {
        return;
      }
      Move move = core.next();
      notice();
      if (move instanceof Move.Wait wait) {
        later(Duration.ofNanos((long) (wait.time().toNanos() / rate) + 1), this::act);
      } else {
        send(move);
      }
    }

    private void send(Move move) {
      long sentAt = nanoTime();
      int id = ++request;
      if (random.nextDouble() >= dropped) {
        truth.schedule(delay(), () -> commit(move, id, sentAt));
      }
      Duration timeout = Duration.ofNanos((long) (rules.callTimeout().toNanos() / rate));
      later(timeout, () -> answer(id, core::failed));
    }

    private void commit(Move move, int id, long sentAt) {
      Runnable answer;
      if (move instanceof Move.Create create) {
        Optional<StoredLease> written = create(create.next());
        answer = () -> written.ifPresentOrElse(w -> core.written(w, sentAt), core::refused);
      } else if (move instanceof Move.Replace replace) {
        Optional<StoredLease> written = replace(this, replace.seen(), replace.next());
        answer = () -> written.ifPresentOrElse(w -> core.written(w, sentAt), core::refused);
      } else {
        Optional<StoredLease> found = stored;
        answer = () -> core.fetched(found);
      }
      check();
      if (random.nextDouble() >= dropped) {
        later(delay(), () -> answer(id, answer));
      }
    }

    /** The first of answer and timeout counts. */
    private void answer(int id, Runnable effect) {
      if (id == request && !stopped) {
        request++;
        effect.run();
        notice();
        act();
      }
    }

    private void notice() {
      Leadership term = core.term();
      knowsLease |= core.holder().isPresent();
      if (term != null && term != seen) {
        seen = term;
        if (!terms.isEmpty() && terms.get(terms.size() - 1).compareTo(term.token()) >= 0) {
          problems.add("I2: %s after %s".formatted(term.token(), terms.get(terms.size() - 1)));
        }
        terms.add(term.token());
      }
      check();
    }

    /** On this node: not before its pause is over. */
    private void later(Duration in, Runnable task) {
      truth.schedule(
          in,
          () -> {
            long left = pausedUntil - truth.nanoTime();
            if (left > 0) {
              later(Duration.ofNanos(Math.min(left, HUGE.toNanos())), task);
            } else {
              task.run();
            }
          });
    }

    private Duration delay() {
      return Duration.ofNanos((long) (maxDelay.toNanos() * random.nextDouble()));
    }
  }
}
