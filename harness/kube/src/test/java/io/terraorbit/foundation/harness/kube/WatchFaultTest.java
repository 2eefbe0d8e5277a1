package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFault.WatchEnd;
import io.terraorbit.foundation.harness.environment.ApiFault.WatchScope;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ApiFaultHit;
import io.terraorbit.foundation.harness.environment.CallSelection;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the readers of watches see of faults. */
@Timeout(60)
class WatchFaultTest {
  private static final RequestMatch WATCHES = RequestMatch.of("watch");
  private static final CallSelection ALL = CallSelection.all();
  private static final String BOOKMARKS = "&allowWatchBookmarks=true";

  private final VirtualTime time = new VirtualTime();
  private final KubeApiServer server =
      KubeApiServer.builder().time(time).scheduler(time).maxWaitingEvents(20).start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void endsAnOpenWatchAtOnceAndLeavesLaterOnesAlone() {
    try (Api.Watch watch = watch()) {
      ApiFaultHandle fault = breaks(WatchScope.OPEN, 0, WatchEnd.CLEAN);

      assertThat(watch.ended()).isTrue();
      assertThat(fault.hits()).isEqualTo(1);
    }
    try (Api.Watch later = watch()) {
      write("a");
      assertThat(later.brief()).isEqualTo("ADDED a");
    }
  }

  @Test
  void endsNewWatchesAfterSomeEventsAndLeavesOpenOnesAlone() {
    try (Api.Watch open = watch()) {
      breaks(WatchScope.NEW, 2, WatchEnd.CLEAN);
      try (Api.Watch watch = watch()) {
        write("a", "b", "c");

        assertThat(watch.brief()).isEqualTo("ADDED a");
        assertThat(watch.brief()).isEqualTo("ADDED b");
        assertThat(watch.ended()).isTrue();
      }
      assertThat(open.brief()).isEqualTo("ADDED a");
      assertThat(open.brief()).isEqualTo("ADDED b");
      assertThat(open.brief()).isEqualTo("ADDED c");
    }
    assertThat(log("f")).containsExactly("watch ended (CLEAN) after 2 events");
  }

  @Test
  void cutsTheLineInTheMiddleOfTheAnswer() {
    breaks(WatchScope.ALL, 1, WatchEnd.CUT);
    try (Api.Watch watch = watch()) {
      write("a", "b");

      assertThat(watch.brief()).isEqualTo("ADDED a");
      assertThatThrownBy(watch::ended).hasRootCauseInstanceOf(java.io.IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(WatchScope.class)
  void tellsThatTheRevisionIsTooOldInAnErrorEvent(WatchScope scope) {
    Api.Watch open = watch();
    server.control().inject(new ApiFault.Expire("f", WATCHES, ALL, scope));
    try (open;
        Api.Watch fresh = scope == WatchScope.OPEN ? open : watch()) {
      Api.Watch hit = scope == WatchScope.NEW ? fresh : open;

      assertThat(hit.code()).isEqualTo(200);
      assertThat(Json.text(hit.next()))
          .isEqualTo(
              "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
                  + "\"metadata\":{},\"status\":\"Failure\",\"message\":\"The resourceVersion for"
                  + " the provided watch is too old.\",\"reason\":\"Expired\",\"code\":410}}");
      assertThat(hit.ended()).isTrue();
    }
  }

  @Test
  void tellsItToNoWatchThatBeginsWithTheState() {
    ApiFaultHandle fault =
        server.control().inject(new ApiFault.Expire("f", WATCHES, ALL, WatchScope.NEW));
    try (Api.Watch watch = api.watch(CONFIG_MAPS)) {
      assertThat(watch.brief()).isEqualTo("ADDED kube-root-ca.crt");
    }
    assertThat(fault.report().calls()).isZero();
  }

  @Test
  void withholdsBookmarksUntilHealed() {
    ApiFaultHandle fault =
        server.control().inject(new ApiFault.StarveBookmarks("f", WATCHES, ALL, false));
    String from = CONFIG_MAPS + "?resourceVersion=" + server.revision() + BOOKMARKS;
    try (Api.Watch watch = api.watch(from)) {
      awaitTimersOfTheWatch();
      time.advance(Duration.ofMinutes(3));
      write("a");
      assertThat(watch.brief()).isEqualTo("ADDED a");
      fault.heal();
      awaitTimersOfTheWatch();
      time.advance(Duration.ofMinutes(3));

      assertThat(watch.brief()).isEqualTo("BOOKMARK ");
    }
    assertThat(log("f")).containsExactly("bookmarks withheld");
  }

  /** Its end, its bookmarks and the last one; they are set by another thread. */
  private void awaitTimersOfTheWatch() {
    while (time.pending() < 3) {
      Thread.onSpinWait();
    }
  }

  @Test
  void withholdsTheBookmarkThatClosesTheInitialEventsOnlyUnderStress() {
    String initial =
        CONFIG_MAPS + "?sendInitialEvents=true&resourceVersionMatch=NotOlderThan" + BOOKMARKS;
    server.control().inject(new ApiFault.StarveBookmarks("legal", WATCHES, ALL, false));
    try (Api.Watch watch = api.watch(initial)) {
      assertThat(watch.brief()).isEqualTo("ADDED kube-root-ca.crt");
      assertThat(watch.next()).containsEntry("type", "BOOKMARK");
    }
    server.control().inject(new ApiFault.StarveBookmarks("stress", WATCHES, ALL, true));
    try (Api.Watch watch = api.watch(initial)) {
      write("a");
      assertThat(watch.brief()).isEqualTo("ADDED kube-root-ca.crt");
      assertThat(watch.brief()).isEqualTo("ADDED a");
    }
  }

  @Test
  void holdsEventsBackUntilHealedAndKeepsTheirOrder() throws Exception {
    ApiFaultHandle fault = holds(1);
    try (Api.Watch held = watch();
        Api.Watch free =
            api.watch("/api/v1/namespaces/default/secrets?resourceVersion=" + server.revision())) {
      write("a", "b", "c");
      api.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}");

      assertThat(held.brief()).isEqualTo("ADDED a");
      assertThat(free.brief()).isEqualTo("ADDED s");
      // What was held is read by another thread, so that it would show if it came too soon.
      var next = new java.util.concurrent.CompletableFuture<String>();
      Thread reader = new Thread(() -> next.complete(held.brief()));
      reader.start();
      api.get(CONFIG_MAPS);
      assertThat(next).isNotDone();
      fault.heal();

      assertThat(next.get(30, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("ADDED b");
      assertThat(held.brief()).isEqualTo("ADDED c");
    }
    assertThat(log("f")).containsExactly("events held back after 1");
  }

  @Test
  void losesNothingInTheMiddleWhenAHeldWatchEnds() {
    holds(1);
    try (Api.Watch watch =
        api.watch(CONFIG_MAPS + "?timeoutSeconds=5&resourceVersion=" + server.revision())) {
      write("a", "b");
      assertThat(watch.brief()).isEqualTo("ADDED a");
      time.advance(Duration.ofSeconds(6));

      assertThat(watch.ended()).isTrue();
    }
  }

  @Test
  void endsAHeldWatchOnWhichTooMuchWaits() {
    holds(0);
    try (Api.Watch watch = watch()) {
      for (int i = 0; i < 25; i++) {
        write("x" + i);
      }

      assertThat(watch.ended()).isTrue();
    }
  }

  @Test
  void deliversEventsLaterByTheSameTime() {
    ApiFaultHandle fault =
        server
            .control()
            .inject(new ApiFault.DelayEvents("f", WATCHES, ALL, Duration.ofSeconds(10)));
    try (Api.Watch watch = watch()) {
      write("a");
      time.advance(Duration.ofSeconds(6));
      write("b");
      time.advance(Duration.ofSeconds(4));
      assertThat(watch.brief()).isEqualTo("ADDED a");
      time.advance(Duration.ofSeconds(6));
      assertThat(watch.brief()).isEqualTo("ADDED b");
      write("c");
      fault.heal();
      assertThat(watch.brief()).isEqualTo("ADDED c");
    }
    assertThat(log("f")).containsExactly("events delayed by PT10S");
  }

  @Test
  void countsOnlyWatchesOnWhichItActed() {
    ApiFaultHandle fault =
        server.control().inject(new ApiFault.HoldEvents("f", WATCHES, ALL, WatchScope.NEW, 5));
    try (Api.Watch watch =
        api.watch(CONFIG_MAPS + "?timeoutSeconds=5&resourceVersion=" + server.revision())) {
      write("a");
      assertThat(watch.brief()).isEqualTo("ADDED a");
      time.advance(Duration.ofSeconds(6));
      assertThat(watch.ended()).isTrue();
    }
    assertThat(fault.report().calls()).isEqualTo(1);
    assertThat(fault.hits()).isZero();
  }

  @Test
  void picksOpenWatchesInTheOrderInWhichTheyWereOpened() {
    try (Api.Watch first = watch();
        Api.Watch second = watch()) {
      server
          .control()
          .inject(
              new ApiFault.BreakWatch(
                  "f", WATCHES, CallSelection.nth(2), WatchScope.OPEN, 0, WatchEnd.CLEAN));

      assertThat(second.ended()).isTrue();
      write("a");
      assertThat(first.brief()).isEqualTo("ADDED a");
    }
  }

  @Test
  void delaysTheBeginningOfAWatch() throws Exception {
    server
        .control()
        .inject(new ApiFault.Delay("f", WATCHES, CallSelection.first(1), Duration.ofSeconds(2)));
    var watching = java.util.concurrent.CompletableFuture.supplyAsync(this::watch);
    while (time.pending() == 0) {
      Thread.onSpinWait();
    }
    write("a");
    time.advance(Duration.ofSeconds(2));

    try (Api.Watch watch = watching.get(30, java.util.concurrent.TimeUnit.SECONDS)) {
      assertThat(watch.brief()).isEqualTo("ADDED a");
    }
  }

  private ApiFaultHandle holds(int afterEvents) {
    return server
        .control()
        .inject(
            new ApiFault.HoldEvents(
                "f", WATCHES.withKind("ConfigMap"), ALL, WatchScope.ALL, afterEvents));
  }

  private ApiFaultHandle breaks(WatchScope scope, int afterEvents, WatchEnd end) {
    return server
        .control()
        .inject(new ApiFault.BreakWatch("f", WATCHES, ALL, scope, afterEvents, end));
  }

  private Api.Watch watch() {
    return api.watch(CONFIG_MAPS + "?resourceVersion=" + server.revision());
  }

  private void write(String... names) {
    for (String name : names) {
      api.post(CONFIG_MAPS, configMap(name, ""));
    }
  }

  private List<String> log(String id) {
    return server.control().faults().stream()
        .filter(report -> report.fault().id().equals(id))
        .flatMap(report -> report.log().stream())
        .map(ApiFaultHit::what)
        .toList();
  }
}
