package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The elector's threads; the rules themselves are tested by {@link ElectionProperties}. */
@Timeout(60)
class LeaderElectorTest {
  private static final ElectionRules RULES =
      ElectionRules.of(Duration.ofMillis(900), Duration.ofMillis(100));

  private final MemoryLeases leases = new MemoryLeases();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<LeaderElector> electors = new ArrayList<>();

  @AfterEach
  void end() {
    electors.forEach(LeaderElector::kill);
  }

  /** A term that reports its leadership and leads until interrupted. */
  private static final class Leading implements LeaderElector.Term {
    final LinkedBlockingQueue<Leadership> begun = new LinkedBlockingQueue<>();
    final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void lead(Leadership leadership) throws InterruptedException {
      begun.add(leadership);
      try {
        new CountDownLatch(1).await();
      } finally {
        ended.countDown();
      }
    }

    Leadership await() throws InterruptedException {
      Leadership term = begun.poll(30, TimeUnit.SECONDS);
      assertThat(term).isNotNull();
      return term;
    }
  }

  private LeaderElector elector(String identity, LeaseStore store) {
    LeaderElector elector =
        LeaderElector.builder(store, "test", identity)
            .rules(RULES)
            .observer(
                new ControllerObserver() {
                  @Override
                  public void leadershipGained(String lease, String who, String epoch) {
                    told.add("gained " + lease + " " + who + " " + epoch);
                  }

                  @Override
                  public void leadershipLost(String lease, String who, String reason) {
                    told.add("lost " + lease + " " + who + " " + reason);
                  }
                })
            .build();
    electors.add(elector);
    return elector;
  }

  @Test
  void leadsAndGivesTheLeaseBackAtTheEnd() throws Exception {
    LeaderElector elector = elector("a", leases.store());
    Leading term = new Leading();
    elector.start(term);
    Leadership leadership = term.await();
    assertThat(leadership.valid()).isTrue();
    assertThat(leadership.remaining()).isPositive();
    leadership.check();
    assertThat(leadership.token()).hasToString("1@uid");
    await(() -> elector.holder().equals(java.util.Optional.of("a")));
    assertThat(elector.current()).contains(leadership);
    elector.close();
    assertThat(term.ended.getCount()).isZero();
    assertThat(leadership.valid()).isFalse();
    assertThat(leadership.remaining()).isZero();
    assertThat(elector.current()).isEmpty();
    assertThat(leases.holder()).isEmpty();
    assertThat(told).containsExactly("gained test a 1@uid", "lost test a closed");
    assertThatThrownBy(leadership::check)
        .isInstanceOf(AppException.class)
        .hasMessage(
            "LEADERSHIP_LOST: 'a' leads no more by lease 'test', token 1@uid: closed."
                + " Only the leader writes.%nNothing to do: another replica goes on.".formatted());
  }

  @Test
  void renewsForAsLongAsItLives() throws Exception {
    LeaderElector elector = elector("a", leases.store());
    Leading term = new Leading();
    elector.start(term);
    Leadership leadership = term.await();
    Leading waiting = new Leading();
    elector("b", leases.store()).start(waiting);
    assertThat(waiting.begun.poll(3, TimeUnit.SECONDS)).isNull();
    assertThat(leadership.valid()).isTrue();
    leases.touch();
    assertThat(waiting.begun.poll(1, TimeUnit.SECONDS)).isNull();
    assertThat(leadership.valid()).isTrue();
  }

  @Test
  void aHangingCallDoesNotKeepALostLeaderLeading() throws Exception {
    MemoryLeases.Store store = leases.store();
    Leading term = new Leading();
    elector("a", store).start(term);
    Leadership leadership = term.await();
    store.hanging = true;
    assertThat(term.ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(leadership.valid()).isFalse();
    Leading next = new Leading();
    elector("b", leases.store()).start(next);
    Leadership second = next.await();
    assertThat(second.token()).isGreaterThan(leadership.token());
    store.hanging = false;
    assertThat(term.begun.poll(2, TimeUnit.SECONDS)).isNull();
    assertThat(second.valid()).isTrue();
    assertThat(leases.holder()).isEqualTo("b");
  }

  @Test
  void campaignsAnewInTheSameProcess() throws Exception {
    MemoryLeases.Store store = leases.store();
    Leading term = new Leading();
    elector("a", store).start(term);
    Leadership first = term.await();
    store.failing = true;
    CompletableFuture<String> reason = first.lost().toCompletableFuture();
    assertThat(reason.get(30, TimeUnit.SECONDS)).isEqualTo("the lease was not renewed in time");
    store.failing = false;
    assertThat(term.await().token()).isGreaterThan(first.token());
  }

  @Test
  void theNextTermWaitsForTheWorkOfTheLast() throws Exception {
    MemoryLeases.Store store = leases.store();
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<Leadership> begun = new LinkedBlockingQueue<>();
    elector("a", store)
        .start(
            leadership -> {
              begun.add(leadership);
              boolean done = false;
              while (!done) {
                try {
                  done = release.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                  told.add("interrupted");
                }
              }
            });
    Leadership first = begun.poll(30, TimeUnit.SECONDS);
    store.failing = true;
    await(() -> told.contains("interrupted"));
    store.failing = false;
    assertThat(begun.poll(1500, TimeUnit.MILLISECONDS)).isNull();
    release.countDown();
    assertThat(begun.poll(30, TimeUnit.SECONDS)).isNotNull().isNotSameAs(first);
  }

  @Test
  void workThatEndsByItselfGivesTheLeaseBack() throws Exception {
    LinkedBlockingQueue<String> order = new LinkedBlockingQueue<>();
    elector("a", leases.store())
        .start(
            leadership -> {
              order.add("a");
              throw new IllegalStateException("broken");
            });
    assertThat(order.poll(30, TimeUnit.SECONDS)).isEqualTo("a");
    assertThat(order.poll(30, TimeUnit.SECONDS)).isEqualTo("a");
    assertThat(told).contains("lost test a the term's work ended");
  }

  @Test
  void aKilledElectorLeavesTheLeaseAsItIs() throws Exception {
    LeaderElector elector = elector("a", leases.store());
    Leading term = new Leading();
    elector.start(term);
    Leadership leadership = term.await();
    elector.kill();
    assertThat(leadership.valid()).isFalse();
    assertThat(term.ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(leases.holder()).isEqualTo("a");
    assertThat(told).containsExactly("gained test a 1@uid");
    await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().matches("(lease|leader|lease-watchdog)-test")));
  }

  @Test
  void canBeClosedBeforeItStartsAndWhileItWaits() throws Exception {
    elector("x", leases.store()).close();
    Leading term = new Leading();
    elector("a", leases.store()).start(term);
    term.await();
    LeaderElector waiting = elector("b", leases.store());
    Leading never = new Leading();
    waiting.start(never);
    await(() -> waiting.holder().isPresent());
    waiting.close();
    assertThat(never.begun).isEmpty();
    assertThat(leases.holder()).isEqualTo("a");
    assertThatThrownBy(() -> waiting.start(never))
        .hasMessage("the elector of lease 'test' was started");
  }

  @Test
  void aStoreThatFailsAtTheEndIsLetGo() throws Exception {
    MemoryLeases.Store store = leases.store();
    LeaderElector elector = elector("a", store);
    Leading term = new Leading();
    elector.start(term);
    term.await();
    store.failing = true;
    elector.close();
    assertThat(leases.holder()).isEqualTo("a");
  }

  @Test
  void refusesABlankIdentityAndTimesThatDoNotFit() {
    assertThatThrownBy(() -> LeaderElector.builder(leases.store(), "test", " "))
        .hasMessage("an identity is not blank, got ' '");
    assertThatThrownBy(() -> ElectionRules.of(Duration.ofSeconds(2), Duration.ofSeconds(2)))
        .hasMessage(
            "an election needs renewEvery above zero and callTimeout of zero or more, got PT2S"
                + " and PT-0.11S");
    assertThatThrownBy(
            () ->
                new ElectionRules(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    0,
                    Duration.ZERO))
        .hasMessage(
            "a renewal must fit into the time that a leader trusts its lease: renewEvery=PT2S +"
                + " callTimeout=PT1S is not below PT3S");
    assertThatThrownBy(
            () ->
                new ElectionRules(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    0.5,
                    Duration.ZERO))
        .hasMessage("clockRateError is from 0 to 0.5, got 0.5");
    assertThat(ElectionRules.standard().leaseDuration()).isEqualTo(Duration.ofSeconds(15));
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(condition::getAsBoolean);
  }
}
