package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFault.Loss;
import io.terraorbit.foundation.harness.environment.ApiFault.Refusal;
import io.terraorbit.foundation.harness.environment.ApiFault.WatchEnd;
import io.terraorbit.foundation.harness.environment.ApiFault.WatchScope;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ApiFaultHit;
import io.terraorbit.foundation.harness.environment.ApiObserver;
import io.terraorbit.foundation.harness.environment.CallSelection;
import io.terraorbit.foundation.harness.environment.Legality;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Any plan of faults over any requests. */
class FaultProperties {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final Map<String, Object> TOUCH =
      Map.of("metadata", Map.of("annotations", Map.of("touched", "yes")));

  /** What came back, and what the log says of it. */
  private record Transcript(List<String> answers, List<String> log) {}

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void aPlanOverTheSameRequestsActsTheSameWayEveryTime(@ForAll long seed) {
    Transcript first = disturbed(seed);

    assertThat(disturbed(seed)).isEqualTo(first);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void legalFaultsLoseDuplicateOrReorderNoEventOfAWatch(@ForAll long seed) throws Exception {
    RandomGenerator random = Randomness.seeded(seed);
    VirtualTime time = new VirtualTime();
    List<String> commits = Collections.synchronizedList(new ArrayList<>());
    try (KubeApiServer server = KubeApiServer.builder().time(time).scheduler(time).start()) {
      server.control().observe(new Recorder(commits));
      Api api = new Api(server, "writer");
      long base = server.revision();
      Reader reader = new Reader(new Api(server, "reader"));
      CompletableFuture<Void> reading = new CompletableFuture<>();
      new Thread(() -> complete(reading, reader)).start();
      List<ApiFaultHandle> armed = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        if (random.nextInt(3) == 0) {
          ApiFault fault = ofWatches(random, base + random.nextLong(1 + server.revision() - base));
          assertThat(fault.legality()).isEqualTo(Legality.LEGAL);
          armed.add(server.control().inject(fault));
        }
        write(api, random);
        time.advance(Duration.ofSeconds(random.nextInt(3)));
      }
      armed.forEach(ApiFaultHandle::heal);
      assertThat(api.post(CONFIG_MAPS, configMap("end", "")).code()).isEqualTo(201);
      reading.get(30, TimeUnit.SECONDS);

      reader.check(commits);
      assertThat(reader.cache).isEqualTo(reader.listed());
    }
  }

  private static void complete(CompletableFuture<Void> reading, Reader reader) {
    try {
      reader.untilTheEnd();
      reading.complete(null);
    } catch (RuntimeException | Error e) {
      reading.completeExceptionally(e);
    }
  }

  private static Transcript disturbed(long seed) {
    RandomGenerator random = Randomness.seeded(seed);
    VirtualTime time = new VirtualTime();
    try (KubeApiServer server =
        KubeApiServer.builder()
            .time(time)
            .scheduler(time)
            .random(Randomness.seeded(seed))
            .start()) {
      Api api = new Api(server, "tester");
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        server.control().inject(ofRequests(random, i));
      }
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        Api.Answer answer = write(api, random);
        answers.add(answer.code() + answer.repeatable());
        answers.add(read(api, random).repeatable());
      }
      return new Transcript(
          answers,
          server.control().faults().stream()
              .flatMap(
                  report ->
                      Stream.concat(
                          Stream.of(report.calls() + "/" + report.hits()),
                          report.log().stream().map(ApiFaultHit::toString)))
              .toList());
    }
  }

  private static ApiFault ofRequests(RandomGenerator random, int i) {
    String id = "f" + i;
    RequestMatch any = RequestMatch.any().withName(random.nextBoolean() ? "" : "a");
    CallSelection selection = selection(random);
    return switch (random.nextInt(5)) {
      case 0 -> new ApiFault.Reject(id, any, selection, refusal(random));
      case 1 -> new ApiFault.CommitThenFail(id, any, selection, Loss.TIMEOUT);
      case 2 -> ApiFault.StaleView.lagging(id, any, selection, 1 + random.nextInt(5));
      case 3 -> new ApiFault.ForeignWrite(id, any, selection, TOUCH, "rival");
      default -> new ApiFault.Expire(id, any, selection, WatchScope.ALL);
    };
  }

  private static ApiFault ofWatches(RandomGenerator random, long past) {
    String id = "f";
    RequestMatch reader = RequestMatch.any().withUser("reader");
    CallSelection few = selection(random).atMost(1 + random.nextInt(3));
    WatchScope scope = WatchScope.values()[random.nextInt(3)];
    return switch (random.nextInt(7)) {
      case 0 ->
          new ApiFault.BreakWatch(
              id, reader, few, scope, random.nextInt(4), WatchEnd.values()[random.nextInt(2)]);
      case 1 -> new ApiFault.Expire(id, reader, few, scope);
      case 2 -> new ApiFault.StarveBookmarks(id, reader, few, false);
      case 3 -> new ApiFault.HoldEvents(id, reader, few, scope, random.nextInt(4));
      case 4 ->
          new ApiFault.DelayEvents(id, reader, few, Duration.ofMillis(1 + random.nextInt(5_000)));
      case 5 -> ApiFault.StaleView.pinned(id, reader, few, past);
      default -> new ApiFault.Reject(id, reader, few, Refusal.UNAVAILABLE);
    };
  }

  private static CallSelection selection(RandomGenerator random) {
    CallSelection some = CallSelection.every(1 + random.nextInt(3));
    return random.nextBoolean() ? some : some.withProbability(0.5, random.nextLong());
  }

  private static Refusal refusal(RandomGenerator random) {
    return Refusal.values()[1 + random.nextInt(Refusal.values().length - 1)];
  }

  private static Api.Answer write(Api api, RandomGenerator random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return switch (random.nextInt(4)) {
      case 0 -> api.delete(CONFIG_MAPS + "/" + name);
      case 1 ->
          api.merge(CONFIG_MAPS + "/" + name, "{\"data\":{\"k\":\"" + random.nextInt() + "\"}}");
      default -> api.post(CONFIG_MAPS, configMap(name, "" + random.nextInt()));
    };
  }

  private static Api.Answer read(Api api, RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> api.get(CONFIG_MAPS);
      case 1 -> api.get(CONFIG_MAPS + "?resourceVersion=0");
      case 2 -> api.get(CONFIG_MAPS + "/a?resourceVersion=0");
      default -> api.get(CONFIG_MAPS + "?limit=2");
    };
  }

  /** Every write to a ConfigMap of the namespace, in order. */
  private record Recorder(List<String> commits) implements ApiObserver {
    @Override
    public void committed(ApiCommit commit) {
      if (commit.object().kind().equals("ConfigMap")) {
        commits.add(
            "%d %s %s".formatted(commit.revision(), commit.change(), commit.object().name()));
      }
    }
  }

  /** A client that keeps a copy: lists, watches, goes on after an end, lists again on 410. */
  private static final class Reader {
    private final Api api;
    private final Map<String, String> cache = new TreeMap<>();
    private final List<Long> starts = new ArrayList<>();
    private final List<List<String>> seen = new ArrayList<>();
    private long version;

    Reader(Api api) {
      this.api = api;
    }

    void untilTheEnd() {
      while (!cache.containsKey("end")) {
        if (version == 0) {
          list();
        } else {
          watch();
        }
      }
    }

    Map<String, String> listed() {
      Map<String, String> listed = new TreeMap<>();
      api.get(CONFIG_MAPS).items().forEach(item -> put(listed, item));
      return listed;
    }

    /** Each run of events is exactly what was committed from its start to its last event. */
    void check(List<String> commits) {
      assertThat(starts).isNotEmpty();
      for (int i = 0; i < starts.size(); i++) {
        long from = starts.get(i);
        List<String> run = seen.get(i);
        long to = run.isEmpty() ? from : revision(run.get(run.size() - 1));
        assertThat(run)
            .isEqualTo(
                commits.stream()
                    .filter(commit -> revision(commit) > from && revision(commit) <= to)
                    .toList());
      }
    }

    private void list() {
      Api.Answer list = api.get(CONFIG_MAPS + "?resourceVersion=0");
      if (list.code() == 200) {
        cache.clear();
        list.items().forEach(item -> put(cache, item));
        version = Long.parseLong(list.at("metadata", "resourceVersion"));
        starts.add(version);
        seen.add(new ArrayList<>());
      }
    }

    private void watch() {
      try (Api.Watch watch =
          api.watch(CONFIG_MAPS + "?allowWatchBookmarks=true&resourceVersion=" + version)) {
        while (watch.code() == 200 && !cache.containsKey("end") && !watch.ended()) {
          see(watch.next());
        }
      } catch (UncheckedIOException e) {
        assertThat(version).isPositive(); // the line was cut: go on from here
      }
    }

    private void see(Map<String, Object> event) {
      String type = Values.string(event, "type").orElse("");
      if (type.equals("ERROR")) {
        assertThat(Values.at(event, "object", "code")).contains(410L);
        version = 0;
        return;
      }
      version =
          Long.parseLong(
              Values.string(event, "object", "metadata", "resourceVersion").orElseThrow());
      if (type.equals("BOOKMARK")) {
        return;
      }
      Object object = Values.object(event).get("object");
      String name = Values.string(object, "metadata", "name").orElseThrow();
      seen.get(seen.size() - 1).add("%d %s %s".formatted(version, type, name));
      if (type.equals("DELETED")) {
        cache.remove(name);
      } else {
        put(cache, object);
      }
    }

    private static void put(Map<String, String> into, Object object) {
      into.put(
          Values.string(object, "metadata", "name").orElse(""),
          Values.string(object, "metadata", "resourceVersion").orElse(""));
    }

    private static long revision(String line) {
      return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }
  }
}
