package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFault.Loss;
import io.terraorbit.foundation.harness.environment.ApiFault.Refusal;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ApiFaultHit;
import io.terraorbit.foundation.harness.environment.ApiFaultReport;
import io.terraorbit.foundation.harness.environment.ApiObserver;
import io.terraorbit.foundation.harness.environment.CallSelection;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of faults of requests, and what the log says. */
@Timeout(60)
class FaultTest {
  private static final RequestMatch MAPS = RequestMatch.any().withKind("ConfigMap");
  private static final CallSelection ALL = CallSelection.all();

  private final VirtualTime time = new VirtualTime();
  private final KubeApiServer server =
      KubeApiServer.builder().time(time).scheduler(time).revisionsKept(100).start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Refusing {
    @Test
    void tellsAServerTimeoutFromAnInternalError() {
      inject(new ApiFault.Reject("f", MAPS, ALL, Refusal.SERVER_TIMEOUT, Duration.ofSeconds(7)));

      Api.Answer refused = api.post(CONFIG_MAPS, configMap("a", ""));

      assertThat(refused.code()).isEqualTo(500);
      assertThat(refused.text())
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"The create operation against configmaps could not be completed"
                  + " at this time, please try again.\",\"reason\":\"ServerTimeout\",\"details\":"
                  + "{\"name\":\"create\",\"kind\":\"configmaps\",\"retryAfterSeconds\":7},"
                  + "\"code\":500}");
      assertThat(refused.header("retry-after")).isEqualTo("7");
    }

    @Test
    void namesTheGroupOfTheResource() {
      inject(new ApiFault.Reject("f", RequestMatch.any(), ALL, Refusal.SERVER_TIMEOUT));

      assertThat(api.get("/apis/apps/v1/namespaces/default/deployments/a").message())
          .isEqualTo(
              "The get operation against deployments.apps could not be completed at this time,"
                  + " please try again.");
    }

    @ParameterizedTest
    @EnumSource(
        value = Refusal.class,
        names = {"TOO_MANY_REQUESTS", "UNAVAILABLE", "TIMEOUT"})
    void tellsHowLongToWait(Refusal refusal) {
      inject(new ApiFault.Reject("f", MAPS, ALL, refusal, Duration.ofSeconds(9)));

      Api.Answer refused = api.get(CONFIG_MAPS);

      assertThat(refused.code()).isEqualTo(refusal.code());
      assertThat(refused.header("retry-after")).isEqualTo("9");
      assertThat(refused.at("details", "retryAfterSeconds")).isEqualTo("9");
    }

    @Test
    void hitsTheCallsThatAreSelectedAndNoOthers() {
      inject(
          new ApiFault.Reject(
              "f", RequestMatch.of("list"), CallSelection.every(3).atMost(2), Refusal.UNAVAILABLE));

      assertThat(codes(12))
          .containsExactly(200, 200, 503, 200, 200, 503, 200, 200, 200, 200, 200, 200);
    }

    @Test
    void goesByChanceTheSameWayEveryTime() {
      List<Integer> first = underChance();

      assertThat(first).contains(200, 503);
      assertThat(underChance()).isEqualTo(first);
    }

    @Test
    void goesByResourceSubresourceAndUserAgent() throws IOException {
      inject(reject(RequestMatch.any().withResource("deployments.apps/status")));
      inject(reject(RequestMatch.any().withUserAgent("broken/")));
      String deployment = "/apis/apps/v1/namespaces/default/deployments/a";

      assertThat(api.get(deployment).code()).isEqualTo(404);
      assertThat(api.get(deployment + "/status").code()).isEqualTo(503);
      assertThat(api.exchange("GET", CONFIG_MAPS, "", "", "User-Agent", "broken/1").code())
          .isEqualTo(503);
      assertThat(api.exchange("GET", CONFIG_MAPS, "", "", "User-Agent", "sound/1").code())
          .isEqualTo(200);
    }

    @Test
    void leavesTheOldestFaultToDecide() {
      ApiFaultHandle older = inject(new ApiFault.Reject("older", MAPS, 503, 1));
      ApiFaultHandle newer = inject(new ApiFault.Reject("newer", MAPS, 429, 1));

      assertThat(api.get(CONFIG_MAPS).code()).isEqualTo(503);
      assertThat(newer.report().calls()).isZero();
      assertThat(api.get(CONFIG_MAPS).code()).isEqualTo(429);
      assertThat(older.hits()).isEqualTo(1);
      assertThat(newer.hits()).isEqualTo(1);
    }

    private List<Integer> underChance() {
      ApiFaultHandle fault =
          inject(new ApiFault.Reject("f", MAPS, ALL.withProbability(0.5, 11), Refusal.UNAVAILABLE));
      List<Integer> codes = codes(20);
      fault.heal();
      return codes;
    }

    private List<Integer> codes(int count) {
      return IntStream.range(0, count).mapToObj(i -> api.get(CONFIG_MAPS).code()).toList();
    }
  }

  @Nested
  class Delaying {
    @Test
    void answersOnlyAfterTheTimeWithoutHoldingAWorker() throws Exception {
      inject(new ApiFault.Delay("f", RequestMatch.of("create"), ALL, Duration.ofSeconds(30)));

      List<CompletableFuture<Integer>> late =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> api.post(CONFIG_MAPS, configMap("a" + i, "")).code(),
                          task -> new Thread(task).start()))
              .toList();
      awaitPending(20);

      assertThat(api.get(CONFIG_MAPS).names()).containsExactly("kube-root-ca.crt");
      time.advance(Duration.ofSeconds(29));
      assertThat(api.get(CONFIG_MAPS).names()).containsExactly("kube-root-ca.crt");
      time.advance(Duration.ofSeconds(1));
      for (CompletableFuture<Integer> answer : late) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(201);
      }
      assertThat(log("f")).hasSize(20).containsOnly("delayed by PT30S");
    }

    @Test
    void refusesAfterTheDelayWhatIsRefused() throws Exception {
      inject(new ApiFault.Delay("late", MAPS, ALL, Duration.ofSeconds(5)));
      inject(reject(MAPS));

      CompletableFuture<Integer> answer =
          CompletableFuture.supplyAsync(() -> api.get(CONFIG_MAPS).code());
      awaitPending(1);
      time.advance(Duration.ofSeconds(5));

      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(503);
    }

    private void awaitPending(int count) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (time.pending() < count) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  @Nested
  class LosingCommits {
    @ParameterizedTest
    @CsvSource({"INTERNAL_ERROR, 500, InternalError", "TIMEOUT, 504, Timeout"})
    void commitsAndSaysOtherwise(Loss loss, int code, String reason) {
      ApiFaultHandle fault = inject(new ApiFault.CommitThenFail("f", MAPS, ALL, loss));

      Api.Answer lost = api.post(CONFIG_MAPS, configMap("a", ""));

      assertThat(lost.code()).isEqualTo(code);
      assertThat(lost.reason()).isEqualTo(reason);
      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
      assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void commitsAndClosesTheConnection() {
      inject(new ApiFault.CommitThenFail("f", MAPS, ALL, Loss.CLOSED));

      assertThatThrownBy(
              () -> api.exchange("POST", CONFIG_MAPS, "application/json", configMap("a", "")))
          .isInstanceOf(IOException.class);
      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
      assertThatThrownBy(() -> api.exchange("DELETE", CONFIG_MAPS + "/a", "", ""))
          .isInstanceOf(IOException.class);
      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void passesOnARefusalAndWaitsForAWriteThatIsCommitted() {
      ApiFaultHandle fault =
          inject(new ApiFault.CommitThenFail("f", MAPS, CallSelection.first(1), Loss.TIMEOUT));

      assertThat(api.merge(CONFIG_MAPS + "/a", "{\"data\":{}}").code()).isEqualTo(404);
      assertThat(fault.hits()).isZero();
      assertThat(api.post(CONFIG_MAPS, configMap("a", "")).code()).isEqualTo(504);
      assertThat(api.post(CONFIG_MAPS, configMap("b", "")).code()).isEqualTo(201);
      assertThat(log("f")).containsExactly("committed, then TIMEOUT");
    }
  }

  @Nested
  class Expiring {
    @Test
    void answersAListThatGoesOnWithATokenForTheRest() {
      for (String name : List.of("a", "b", "c")) {
        api.post(CONFIG_MAPS, configMap(name, ""));
      }
      inject(
          new ApiFault.Expire(
              "f", RequestMatch.of("list"), CallSelection.first(1), ApiFault.WatchScope.NEW));

      Api.Answer page = api.get(CONFIG_MAPS + "?limit=2");
      Api.Answer expired =
          api.get(CONFIG_MAPS + "?limit=2&continue=" + page.at("metadata", "continue"));
      Api.Answer rest =
          api.get(CONFIG_MAPS + "?limit=2&continue=" + expired.at("metadata", "continue"));

      assertThat(page.names()).containsExactly("a", "b");
      assertThat(expired.code()).isEqualTo(410);
      assertThat(expired.reason()).isEqualTo("Expired");
      assertThat(expired.message()).startsWith("The provided continue parameter is too old");
      assertThat(rest.names()).containsExactly("c", "kube-root-ca.crt");
    }

    @Test
    void leavesAListAloneThatAsksForNoPast() {
      ApiFaultHandle fault =
          inject(new ApiFault.Expire("f", RequestMatch.any(), ALL, ApiFault.WatchScope.ALL));
      String past = CONFIG_MAPS + "?resourceVersion=" + server.revision();

      assertThat(api.get(CONFIG_MAPS).code()).isEqualTo(200);
      assertThat(api.get(CONFIG_MAPS + "?resourceVersion=0").code()).isEqualTo(200);
      assertThat(api.get(past).code()).isEqualTo(200);
      assertThat(fault.report().calls()).isZero();
      assertThat(api.get(past + "&resourceVersionMatch=Exact").code()).isEqualTo(410);
      assertThat(api.get(past + "&limit=5").code()).isEqualTo(410);
      assertThat(fault.hits()).isEqualTo(2);
    }
  }

  @Nested
  class ShowingTheOld {
    @Test
    void showsAnOlderStateToReadsThatAllowIt() {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      long then = server.revision();
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      api.post(CONFIG_MAPS, configMap("b", "1"));
      inject(ApiFault.StaleView.pinned("f", MAPS, ALL, then));

      Api.Answer list = api.get(CONFIG_MAPS + "?resourceVersion=0");
      assertThat(list.names()).containsExactly("a", "kube-root-ca.crt");
      assertThat(list.at("metadata", "resourceVersion")).isEqualTo("" + then);
      assertThat(api.get(CONFIG_MAPS + "/a?resourceVersion=0").at("data", "k")).isEqualTo("1");
      assertThat(api.get(CONFIG_MAPS + "/b?resourceVersion=0").code()).isEqualTo(404);
      assertThat(api.get(CONFIG_MAPS + "/a").at("data", "k")).isEqualTo("2");
      assertThat(api.get(CONFIG_MAPS).names()).contains("b");
      assertThat(
              api.get(CONFIG_MAPS + "?resourceVersion=" + (then + 1))
                  .at("metadata", "resourceVersion"))
          .isEqualTo("" + (then + 1));
      assertThat(log("f")).contains("saw revision %d, 2 behind".formatted(then));
    }

    @Test
    void beginsAWatchWithTheOldStateAndGoesOnWithoutAGap() {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      long then = server.revision();
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      inject(ApiFault.StaleView.pinned("f", MAPS, ALL, then));

      try (Api.Watch watch = api.watch(CONFIG_MAPS + "?resourceVersion=0")) {
        api.delete(CONFIG_MAPS + "/a");

        Map<String, Object> first = watch.next();
        assertThat(Values.string(first, "object", "data", "k")).contains("1");
        assertThat(watch.brief()).isEqualTo("ADDED kube-root-ca.crt");
        assertThat(watch.brief()).isEqualTo("MODIFIED a");
        assertThat(watch.brief()).isEqualTo("DELETED a");
      }
    }

    @Test
    void marksTheEndOfTheOldStateWithItsOwnRevision() {
      long then = server.revision();
      api.post(CONFIG_MAPS, configMap("a", "1"));
      inject(ApiFault.StaleView.pinned("f", MAPS, ALL, then));

      try (Api.Watch watch =
          api.watch(
              CONFIG_MAPS
                  + "?sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=0"
                  + "&allowWatchBookmarks=true")) {
        assertThat(watch.brief()).isEqualTo("ADDED kube-root-ca.crt");
        Map<String, Object> mark = watch.next();
        assertThat(mark).containsEntry("type", "BOOKMARK");
        assertThat(Values.string(mark, "object", "metadata", "resourceVersion"))
            .contains("" + then);
        assertThat(watch.brief()).isEqualTo("ADDED a");
      }
    }

    @Test
    void showsItToReadsOfTheNewestOnlyUnderStress() {
      long then = server.revision();
      api.post(CONFIG_MAPS, configMap("a", "1"));
      inject(ApiFault.StaleView.pinned("f", MAPS, ALL, then).toNewestToo());

      assertThat(api.get(CONFIG_MAPS).names()).containsExactly("kube-root-ca.crt");
    }

    @Test
    void lagsBehindAndNeverGoesBack() {
      ApiFaultHandle fault = inject(ApiFault.StaleView.lagging("f", MAPS, ALL, 2));
      long before = 0;
      for (int i = 0; i < 6; i++) {
        api.post(CONFIG_MAPS, configMap("a" + i, ""));
        long shown =
            Long.parseLong(
                api.get(CONFIG_MAPS + "?resourceVersion=0").at("metadata", "resourceVersion"));
        assertThat(shown).isEqualTo(server.revision() - 2).isGreaterThan(before);
        before = shown;
      }
      assertThat(fault.hits()).isEqualTo(6);
    }

    @Test
    void isNoHitWhenNothingOlderIsThere() {
      ApiFaultHandle fault =
          inject(ApiFault.StaleView.pinned("f", MAPS, ALL, server.revision() + 50));

      assertThat(api.get(CONFIG_MAPS + "?resourceVersion=0").code()).isEqualTo(200);
      assertThat(fault.report().calls()).isEqualTo(1);
      assertThat(fault.hits()).isZero();
    }
  }

  @Nested
  class WritingFirst {
    private final Map<String, Object> touch =
        Map.of("metadata", Map.of("annotations", Map.of("touched", "yes")));

    @Test
    void makesARealConflictForWhoHasReadBefore() {
      Api.Answer read = api.post(CONFIG_MAPS, configMap("a", "1"));
      ApiFaultHandle fault =
          inject(
              new ApiFault.ForeignWrite(
                  "f", RequestMatch.of("update"), CallSelection.first(1), touch, "rival"));

      Api.Answer refused = api.put(CONFIG_MAPS + "/a", read.text());
      Api.Answer now = api.get(CONFIG_MAPS + "/a");

      assertThat(refused.code()).isEqualTo(409);
      assertThat(refused.reason()).isEqualTo("Conflict");
      assertThat(now.at("metadata", "annotations", "touched")).isEqualTo("yes");
      assertThat(api.put(CONFIG_MAPS + "/a", now.text()).code()).isEqualTo(200);
      assertThat(fault.hits()).isEqualTo(1);
      assertThat(log("f")).singleElement().asString().startsWith("before it rival wrote revision ");
    }

    @Test
    void isNoHitWithoutAnObjectAndTellsOfARefusal() {
      ApiFaultHandle fault =
          inject(new ApiFault.ForeignWrite("f", MAPS, CallSelection.first(1), touch, "rival"));
      assertThat(api.get(CONFIG_MAPS + "/none").code()).isEqualTo(404);
      assertThat(fault.hits()).isZero();
      fault.heal();

      api.post(CONFIG_MAPS, configMap("a", "1"));
      inject(
          new ApiFault.ForeignWrite(
              "bad", MAPS, ALL, Map.of("metadata", Map.of("labels", Map.of("a b", "c"))), "rival"));
      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
      assertThat(log("bad")).singleElement().asString().startsWith("before it rival was refused: ");
    }
  }

  @Nested
  class Log {
    @Test
    void tellsWhatWasArmedWhatHappenedAndWhatNeverFired() throws Exception {
      List<ApiFaultHit> seen = Collections.synchronizedList(new ArrayList<>());
      ApiFault.Reject fires = new ApiFault.Reject("fires", MAPS, 503, 5);
      ApiFault.Reject never = new ApiFault.Reject("never", MAPS.withName("none"), 503, 5);
      try (AutoCloseable observing =
          server
              .control()
              .observe(
                  new ApiObserver() {
                    @Override
                    public void struck(ApiFaultHit hit) {
                      seen.add(hit);
                    }
                  })) {
        assertThat(observing).isNotNull();
        inject(fires).heal();
        time.advance(Duration.ofSeconds(3));
        ApiFaultHandle again = inject(fires);
        inject(never);
        api.get(CONFIG_MAPS + "/a");
        api.get(CONFIG_MAPS + "/b");
        again.heal();
        api.get(CONFIG_MAPS + "/a");
      }

      List<ApiFaultReport> reports = server.control().faults();
      assertThat(reports)
          .extracting(report -> report.fault().id())
          .containsExactly("fires", "fires", "never");
      assertThat(reports).extracting(ApiFaultReport::fired).containsExactly(false, true, false);
      assertThat(reports).extracting(ApiFaultReport::healed).containsExactly(true, true, false);
      ApiFaultReport fired = reports.get(1);
      assertThat(fired.armed()).isEqualTo(time.instant());
      assertThat(fired.calls()).isEqualTo(2);
      assertThat(fired.hits()).isEqualTo(2);
      assertThat(fired.log()).isEqualTo(seen);
      ApiFaultHit second = seen.get(1);
      assertThat(second.call()).isEqualTo(2);
      assertThat(second.when()).isEqualTo(time.instant());
      assertThat(second.revision()).isEqualTo(server.revision());
      assertThat(second.what()).isEqualTo("refused with 503 UNAVAILABLE");
      assertThat(second.request()).hasToString("get ConfigMap/default/b by tester");
    }

    @Test
    void keepsTheFirstHitsAndCountsTheRest() {
      ApiFaultHandle fault = inject(reject(MAPS));

      for (int i = 0; i < ApiFaultReport.LOGGED + 5; i++) {
        api.get(CONFIG_MAPS);
      }

      assertThat(fault.report().log()).hasSize(ApiFaultReport.LOGGED);
      assertThat(fault.hits()).isEqualTo(ApiFaultReport.LOGGED + 5);
    }
  }

  private ApiFaultHandle inject(ApiFault fault) {
    return server.control().inject(fault);
  }

  private static ApiFault reject(RequestMatch match) {
    return new ApiFault.Reject("f", match, ALL, Refusal.UNAVAILABLE);
  }

  private Stream<String> hits(String id) {
    return server.control().faults().stream()
        .filter(report -> report.fault().id().equals(id))
        .flatMap(report -> report.log().stream())
        .map(ApiFaultHit::what);
  }

  private List<String> log(String id) {
    return hits(id).toList();
  }
}
