package io.terraorbit.foundation.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.environment.ApiFault.BreakWatch;
import io.terraorbit.foundation.harness.environment.ApiFault.CommitThenFail;
import io.terraorbit.foundation.harness.environment.ApiFault.Delay;
import io.terraorbit.foundation.harness.environment.ApiFault.DelayEvents;
import io.terraorbit.foundation.harness.environment.ApiFault.Expire;
import io.terraorbit.foundation.harness.environment.ApiFault.ForeignWrite;
import io.terraorbit.foundation.harness.environment.ApiFault.HoldEvents;
import io.terraorbit.foundation.harness.environment.ApiFault.Loss;
import io.terraorbit.foundation.harness.environment.ApiFault.Refusal;
import io.terraorbit.foundation.harness.environment.ApiFault.Reject;
import io.terraorbit.foundation.harness.environment.ApiFault.StaleView;
import io.terraorbit.foundation.harness.environment.ApiFault.StarveBookmarks;
import io.terraorbit.foundation.harness.environment.ApiFault.WatchEnd;
import io.terraorbit.foundation.harness.environment.ApiFault.WatchScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiFaultTest {
  private static final RequestMatch ANY = RequestMatch.any();
  private static final CallSelection ALL = CallSelection.all();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Map<String, Object> PATCH = Map.of("data", Map.of("k", "v"));

  @Nested
  class Mistakes {
    @Test
    void aCodeThatNoFaultSends() {
      refused(
          () -> new Reject("f", ANY, 404, 1),
          "FAULT_CODE_UNKNOWN: a request is to be refused with the code 404. A fault refuses with"
              + " 409, 429, 500, 503 or 504.\nChoose one of these.");
    }

    @Test
    void aFaultThatNeverActs() {
      refused(
          () -> new Reject("f", ANY, 409, 0),
          "FAULT_LIMIT_TOO_SMALL: a fault is to act 0 times. A fault acts once or more.\n"
              + "Give a count of 1 or more, or leave the fault out.");
      refused(
          () -> CallSelection.between(3, 2),
          "FAULT_SELECTION_EMPTY: a fault is to hit the calls 3 to 2, every 1. Calls are numbered"
              + " from 1, and at least one must be among those.\n"
              + "Choose 1 <= from <= to and every >= 1.");
      refused(() -> CallSelection.nth(0), "FAULT_SELECTION_EMPTY");
      refused(() -> new CallSelection(1, 9, 0, 1, 0, 1), "FAULT_SELECTION_EMPTY");
    }

    @ParameterizedTest
    @CsvSource({"0", "-0.1", "1.1", "NaN"})
    void aProbabilityThatIsNone(double probability) {
      refused(
          () -> ALL.withProbability(probability, 1),
          "FAULT_PROBABILITY_OUT_OF_RANGE: a fault is to hit with probability %s. It is above 0 and"
                  .formatted(probability)
              + " at most 1.\nChoose a probability in this range, or leave the fault out.");
    }

    @Test
    void aVerbThatNoRequestHas() {
      refused(
          () -> RequestMatch.of("put"),
          "FAULT_VERB_UNKNOWN: a match names the verb 'put'. Requests are get, list, watch, create,"
              + " update, patch, apply, delete or deletecollection, and write stands for create,"
              + " update, patch and apply.\nName one of these, or leave the verb empty for all.");
    }

    @Test
    void aVerbOnWhichTheFaultCannotAct() {
      refused(
          () -> new BreakWatch("f", RequestMatch.of("list"), ALL, WatchScope.ALL, 0, WatchEnd.CUT),
          "FAULT_VERB_MISMATCH: the fault 'f' acts on the verb 'list'. An end of watches happens to"
              + " watch only.\nName such a verb, or leave it empty for all of them.");
      refused(() -> new Reject("f", RequestMatch.of("get"), 409, 1), "FAULT_VERB_MISMATCH");
      refused(
          () -> new CommitThenFail("f", RequestMatch.of("get"), ALL, Loss.CLOSED),
          "FAULT_VERB_MISMATCH");
      refused(
          () -> new Expire("f", RequestMatch.of("get"), ALL, WatchScope.NEW),
          "FAULT_VERB_MISMATCH");
      refused(
          () -> new StarveBookmarks("f", RequestMatch.of("write"), ALL, false),
          "FAULT_VERB_MISMATCH");
      refused(
          () -> new HoldEvents("f", RequestMatch.of("get"), ALL, WatchScope.NEW, 0),
          "FAULT_VERB_MISMATCH");
      refused(
          () -> new DelayEvents("f", RequestMatch.of("get"), ALL, SECOND), "FAULT_VERB_MISMATCH");
      refused(
          () -> StaleView.pinned("f", RequestMatch.of("update"), ALL, 1), "FAULT_VERB_MISMATCH");
      refused(
          () -> new ForeignWrite("f", RequestMatch.of("create"), ALL, PATCH, "x"),
          "FAULT_VERB_MISMATCH");
    }

    @Test
    void anExpiryOfListsAmongOpenWatches() {
      refused(
          () -> new Expire("f", RequestMatch.of("list"), ALL, WatchScope.OPEN),
          "FAULT_SCOPE_EMPTY: the fault 'f' acts on lists, and only on open watches. No request is"
              + " both.\nUse the verb watch, or the scope NEW or ALL.");
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S", "PT10M0.001S"})
    void aDelayThatIsNoneOrHasNoEnd(Duration delay) {
      refused(
          () -> new Delay("f", ANY, ALL, delay),
          "FAULT_DELAY_OUT_OF_RANGE: the fault 'f' delays by %s. A delay is above zero and at most"
                  .formatted(delay)
              + " PT10M.\nChoose a delay in this range.");
      refused(() -> new DelayEvents("f", ANY, ALL, delay), "FAULT_DELAY_OUT_OF_RANGE");
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT1.5S", "PT601S"})
    void aTimeToWaitThatTheHeaderCannotTell(Duration wait) {
      refused(
          () -> new Reject("f", ANY, ALL, Refusal.TOO_MANY_REQUESTS, wait),
          "FAULT_RETRY_AFTER_INVALID: the fault 'f' tells clients to wait %s. The header"
                  .formatted(wait)
              + " Retry-After has whole seconds, here 1 to 600.\nChoose such a time.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "-1, 0", "0, -1"})
    void aViewThatIsNotClear(long revision, long lag) {
      refused(
          () -> new StaleView("f", ANY, ALL, revision, lag, false),
          "FAULT_VIEW_UNCLEAR: the fault 'f' shows revision %d, and %d behind the newest. One of the"
                  .formatted(revision, lag)
              + " two says what is shown, and the other is 0.\n"
              + "Give a revision of 1 or more, or a lag of 1 or more.");
    }

    @Test
    void aForeignWriteOfNothing() {
      refused(
          () -> new ForeignWrite("f", ANY, ALL, Map.of(), "x"),
          "FAULT_PATCH_EMPTY: the foreign write of the fault 'f' changes nothing. Only a change"
              + " makes a conflict.\nGive a merge patch, such as {metadata: {annotations: {touched:"
              + " 'yes'}}}.");
    }

    @Test
    void anEventCountBelowZero() {
      refused(
          () -> new HoldEvents("f", ANY, ALL, WatchScope.ALL, -1),
          "FAULT_EVENTS_NEGATIVE: the fault 'f' acts after -1 events. Events are counted from 0.\n"
              + "Give 0 to act at once, or the number of events that are let through.");
    }

    private static void refused(Runnable making, String message) {
      assertThatThrownBy(making::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(message.replace("\n", System.lineSeparator()));
    }
  }

  @Nested
  class Legal {
    @Test
    void isAConflictOfAnUpdateOnly() {
      assertThat(new Reject("f", RequestMatch.of("update"), 409, 1).legality())
          .isEqualTo(Legality.LEGAL);
      assertThat(new Reject("f", RequestMatch.of("patch"), 409, 1).legality())
          .isEqualTo(Legality.STRESS);
      assertThat(new Reject("f", RequestMatch.of("write"), 409, 1).legality())
          .isEqualTo(Legality.STRESS);
      assertThat(new Reject("f", ANY, 503, 1).legality()).isEqualTo(Legality.LEGAL);
    }

    @Test
    void isAnOldViewForThoseWhoAllowItAndNoOthers() {
      StaleView allowed = StaleView.lagging("f", ANY, ALL, 2);

      assertThat(allowed.legality()).isEqualTo(Legality.LEGAL);
      assertThat(allowed.toNewestToo().legality()).isEqualTo(Legality.STRESS);
      assertThat(allowed.toNewestToo().lag()).isEqualTo(2);
    }

    @Test
    void isTheLackOfBookmarksButOfTheOneThatClosesTheInitialEvents() {
      assertThat(new StarveBookmarks("f", ANY, ALL, false).legality()).isEqualTo(Legality.LEGAL);
      assertThat(new StarveBookmarks("f", ANY, ALL, true).legality()).isEqualTo(Legality.STRESS);
    }

    @Test
    void isAllElse() {
      assertThat(
              List.of(
                  new Delay("f", ANY, ALL, SECOND),
                  new CommitThenFail("f", ANY, ALL, Loss.TIMEOUT),
                  new BreakWatch("f", ANY, ALL, WatchScope.ALL, 0, WatchEnd.CUT),
                  new Expire("f", ANY, ALL, WatchScope.ALL),
                  new HoldEvents("f", ANY, ALL, WatchScope.ALL, 0),
                  new DelayEvents("f", ANY, ALL, SECOND),
                  new ForeignWrite("f", ANY, ALL, PATCH, "x")))
          .extracting(ApiFault::legality)
          .containsOnly(Legality.LEGAL);
    }
  }

  @Nested
  class Selection {
    @Test
    void picksByNumber() {
      assertThat(picked(CallSelection.nth(3))).containsExactly(3L);
      assertThat(picked(CallSelection.every(4))).containsExactly(4L, 8L, 12L);
      assertThat(picked(CallSelection.between(2, 4))).containsExactly(2L, 3L, 4L);
      assertThat(picked(new CallSelection(2, 9, 3, 1, 0, 1))).containsExactly(2L, 5L, 8L);
      assertThat(picked(CallSelection.first(2))).hasSize(12);
      assertThat(CallSelection.first(2).limit()).isEqualTo(2);
    }

    @Test
    void picksByChanceAlwaysTheSameForTheSameSeed() {
      CallSelection some = ALL.withProbability(0.25, 42);
      long count = LongStream.rangeClosed(1, 10_000).filter(some::picks).count();

      assertThat(count).isBetween(2_300L, 2_700L);
      assertThat(LongStream.rangeClosed(1, 500).filter(some::picks).boxed().toList())
          .isEqualTo(
              LongStream.rangeClosed(1, 500)
                  .filter(ALL.withProbability(0.25, 42)::picks)
                  .boxed()
                  .toList());
      assertThat(picked(ALL.withProbability(0.5, 1)))
          .isNotEqualTo(picked(ALL.withProbability(0.5, 2)));
    }

    private static List<Long> picked(CallSelection selection) {
      return LongStream.rangeClosed(1, 12).filter(selection::picks).boxed().toList();
    }
  }

  @Nested
  class Matching {
    private final ApiRequest scale =
        new ApiRequest(
            "update",
            "ann",
            "kubectl/v1.34 (linux)",
            "deployments.apps",
            "scale",
            new ObjectRef("apps/v1", "Deployment", "shop", "web"));

    @ParameterizedTest
    @CsvSource({
      "deployments, true",
      "deployments.apps, true",
      "deployments/scale, true",
      "deployments.apps/scale, true",
      "deployments/status, false",
      "deploy, false",
      "replicasets, false",
    })
    void goesByResource(String resource, boolean matches) {
      assertThat(ANY.withResource(resource).matches(scale)).isEqualTo(matches);
    }

    @Test
    void goesByUserAgentAndTheRest() {
      assertThat(ANY.withUserAgent("kubectl/").matches(scale)).isTrue();
      assertThat(ANY.withUserAgent("helm/").matches(scale)).isFalse();
      assertThat(
              RequestMatch.of("write")
                  .withKind("Deployment")
                  .withNamespace("shop")
                  .withName("web")
                  .withUser("ann")
                  .matches(scale))
          .isTrue();
      assertThat(ANY.withUser("bob").matches(scale)).isFalse();
      assertThat(scale).hasToString("update Deployment/shop/web/scale by ann");
    }

    @Test
    void countsADeletionOfManyAmongTheDeletions() {
      ApiRequest many =
          new ApiRequest(
              "deletecollection", "ann", "", "pods", "", new ObjectRef("v1", "Pod", "shop", ""));

      assertThat(RequestMatch.of("delete").matches(many)).isTrue();
      assertThat(RequestMatch.of("deletecollection").matches(many)).isTrue();
      assertThat(many).hasToString("deletecollection Pod/shop/ by ann");
    }

    @Test
    void leavesOutWhatTheFaultCannotActOn() {
      assertThat(new CommitThenFail("f", ANY, ALL, Loss.CLOSED).actsOn(scale)).isTrue();
      assertThat(StaleView.pinned("f", ANY, ALL, 3).actsOn(scale)).isFalse();
      assertThat(new DelayEvents("f", ANY, ALL, SECOND).actsOn(scale)).isFalse();
      assertThat(new ForeignWrite("f", ANY, ALL, PATCH, "x").actsOn(scale)).isTrue();
      assertThat(new ForeignWrite("f", ANY.withName("db"), ALL, PATCH, "x").actsOn(scale))
          .isFalse();
    }
  }

  @Test
  void aReportTellsWhetherTheFaultFired() {
    Reject fault = new Reject("f", ANY, 503, 2);

    assertThat(new ApiFaultReport(fault, Instant.EPOCH, false, 4, 0, List.of()).fired()).isFalse();
    assertThat(new ApiFaultReport(fault, Instant.EPOCH, false, 4, 1, List.of()).fired()).isTrue();
    assertThat(fault.count()).isEqualTo(2);
    assertThat(new Reject("f", ANY, ALL, Refusal.SERVER_TIMEOUT).count())
        .isEqualTo(Integer.MAX_VALUE);
  }
}
