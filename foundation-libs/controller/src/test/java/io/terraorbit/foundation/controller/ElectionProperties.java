package io.terraorbit.foundation.controller;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.controller.ElectionSimulator.Node;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The invariants I1 to I7 of leader election, in a simulator on virtual time. */
class ElectionProperties {
  private static final ElectionRules RULES = ElectionRules.of(ofSeconds(15), ofSeconds(2));

  @Property(tries = 500)
  void neverHasTwoLeadersAndAlwaysGetsOne(@ForAll long seed) {
    play(seed);
  }

  /** A creation that was given up, and arrives after a deletion, makes its sender holder. */
  @Example
  void aCreationThatArrivesAfterADeletionMakesNoSecondLeader() {
    play(-2348);
  }

  private static void play(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ElectionSimulator world = new ElectionSimulator(RULES, seed);
    for (int i = 0; i < 3; i++) {
      double rate = 1 + (random.nextDouble() * 2 - 1) * RULES.clockRateError();
      world.addNode(rate, ofSeconds(random.nextInt(-100_000, 100_000)));
    }
    for (int minute = 0; minute < 15; minute++) {
      disturb(world, random);
      world.run(ofMillis(random.nextInt(100, 40_000)));
    }
    world.dropped = 0;
    world.maxDelay = ofMillis(20);
    world.run(ofSeconds(60)); // The last pauses and the last slow messages end.
    world.run(bound(RULES));
    assertThat(world.problems).isEmpty();
    assertThat(world.leader()).as("I5: somebody leads when the faults are over").isPresent();
    assertThat(world.terms).doesNotHaveDuplicates();
  }

  private static void disturb(ElectionSimulator world, SplittableRandom random) {
    world.dropped = random.nextInt(3) == 0 ? random.nextDouble() : 0;
    world.maxDelay = ofMillis(random.nextInt(4) == 0 ? 20_000 : 50);
    Node node = world.nodes.get(random.nextInt(world.nodes.size()));
    switch (random.nextInt(5)) {
      case 0 -> node.pause(ofMillis(random.nextInt(60_000)));
      case 1 -> world.leader().ifPresent(l -> l.pause(ofMillis(random.nextInt(60_000))));
      case 2 -> world.touch();
      case 3 -> world.deleteOnce();
      default -> {}
    }
  }

  /** I5, with the pause after a call that times out and one for a conflict. */
  private static Duration bound(ElectionRules rules) {
    return rules
        .patience(rules.leaseDuration())
        .plus(rules.renewEvery().multipliedBy(5))
        .plus(rules.callTimeout().multipliedBy(2));
  }

  @Example
  void aFollowerTakesOverAfterTheLeaseAndNotBefore() {
    ElectionSimulator world = new ElectionSimulator(RULES, 1);
    Node leader = world.addNode(1, Duration.ZERO);
    world.run(ofSeconds(5));
    assertThat(world.leader()).contains(leader);
    Node follower = world.addNode(1, ofSeconds(7));
    world.run(ofSeconds(60));
    assertThat(world.leader()).contains(leader);
    leader.pause(Duration.ofHours(1));
    world.run(ofSeconds(14));
    assertThat(world.leader()).isEmpty();
    world.run(ofSeconds(6));
    assertThat(world.leader()).contains(follower);
    assertThat(world.problems).isEmpty();
  }

  @Example
  void aFollowerTakesOverAtOnceWhenTheLeaseIsGivenBack() {
    ElectionSimulator world = new ElectionSimulator(RULES, 1);
    Node leader = world.addNode(1, Duration.ZERO);
    world.run(ofSeconds(5));
    Node follower = world.addNode(1, ofSeconds(7));
    world.run(ofSeconds(5));
    leader.resign();
    assertThat(leader.leads()).isFalse();
    world.run(ofSeconds(3));
    assertThat(world.leader()).contains(follower);
    assertThat(world.problems).isEmpty();
  }

  @Example
  void aClockOfAnotherDayDoesNotMatter() {
    ElectionSimulator world = new ElectionSimulator(RULES, 1);
    Node leader = world.addNode(1, Duration.ZERO);
    world.run(ofSeconds(5));
    world.addNode(1, Duration.ofDays(-1));
    world.addNode(1, Duration.ofDays(1));
    world.run(Duration.ofMinutes(10));
    assertThat(world.leader()).contains(leader);
    assertThat(world.terms).hasSize(1);
  }

  @Example
  void aSlowAnswerDoesNotProlongTheTerm() {
    // client-go counts from the answer and has two leaders here for half a second and more.
    ElectionSimulator world = new ElectionSimulator(RULES, 3);
    Node leader = world.addNode(1, Duration.ZERO);
    world.run(ofSeconds(5));
    world.addNode(1, Duration.ZERO);
    world.maxDelay = RULES.callTimeout();
    world.run(ofSeconds(20));
    world.maxDelay = ofMillis(20);
    leader.pause(ofSeconds(120));
    world.run(ofSeconds(60));
    assertThat(world.leader()).isPresent().get().isNotEqualTo(leader);
    world.run(ofSeconds(120));
    assertThat(world.problems).isEmpty();
  }

  @Example
  void aForeignEditOfTheObjectDoesNotCostLeadership() {
    ElectionSimulator world = new ElectionSimulator(RULES, 1);
    Node leader = world.addNode(1, Duration.ZERO);
    world.run(ofSeconds(5));
    for (int i = 0; i < 50; i++) {
      world.touch();
      world.run(ofMillis(700));
      assertThat(world.leader()).contains(leader);
    }
    assertThat(world.terms).hasSize(1);
  }

  @Example
  void aResumedLeaderLeavesTheNewLeadersLeaseAlone() {
    ElectionSimulator world = new ElectionSimulator(RULES, 1);
    Node old = world.addNode(1, Duration.ZERO);
    world.run(ofSeconds(5));
    Node next = world.addNode(1, Duration.ZERO);
    old.pause(ofSeconds(40));
    world.run(ofSeconds(41));
    old.resign();
    world.run(ofSeconds(20));
    assertThat(world.leader()).contains(next);
    assertThat(world.problems).isEmpty();
  }

  @Example
  void aDeletedLeaseIsLeftAloneForAsLongAsItsHolderMayTrustIt() {
    ElectionSimulator world = new ElectionSimulator(RULES, 1);
    Node leader = world.addNode(1, Duration.ZERO);
    world.run(ofSeconds(5));
    Node follower = world.addNode(1, Duration.ZERO);
    world.run(ofSeconds(5));
    leader.pause(ofSeconds(14));
    world.delete();
    world.run(ofSeconds(10));
    assertThat(follower.leads()).isFalse();
    world.run(ofSeconds(20));
    assertThat(world.leader()).isPresent();
    assertThat(world.problems).isEmpty();
    assertThat(List.copyOf(world.terms)).hasSize(2);
  }
}
