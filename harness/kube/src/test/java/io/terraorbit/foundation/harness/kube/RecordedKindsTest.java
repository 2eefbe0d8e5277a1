package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares with what a kube-apiserver v1.36.1 answered to the same creations and updates of objects
 * of built-in kinds: defaults, complaints, warnings. Values that differ from run to run are only
 * compared for being there. The recorded server gave Pods no ServiceAccount, priority or
 * tolerations.
 */
class RecordedKindsTest {
  private static final Set<String> DIFFERENT =
      Set.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "lastTransitionTime",
          "clusterIP",
          "clusterIPs",
          "lastPhaseTransitionTime",
          "nodePort",
          "healthCheckNodePort");
  private static final List<String> ADMITTED =
      List.of(
          "serviceAccountName", "serviceAccount", "priority", "preemptionPolicy", "tolerations");

  private static final KubeApiServer SERVER = KubeApiServer.start();
  private static final Api API = new Api(SERVER, "admin");

  @BeforeAll
  static void prepare() {
    API.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"recorded\"}}");
  }

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void answersAsTheRecordedServer(String name, Map<String, Object> line) {
    String path = Values.string(line, "path").orElseThrow();
    String body = Json.text(line.get("body"));
    Api.Answer answer;
    if (line.containsKey("old")) {
      Api.Answer made = API.post(path, Json.text(line.get("old")));
      assertThat(made.code()).as(made.message()).isEqualTo(201);
      String one = path + "/" + Values.string(line, "old", "metadata", "name").orElseThrow();
      answer = API.put(one + "?dryRun=All", body);
      API.merge(one, "{\"metadata\":{\"finalizers\":null}}");
      API.delete(one, "{\"gracePeriodSeconds\":0}");
    } else {
      answer = API.post(path + "?dryRun=All", body);
    }

    Map<String, Object> met = new LinkedHashMap<>();
    met.put("code", (long) answer.code());
    if (answer.code() >= 300) {
      met.put("message", answer.message());
    } else {
      met.put("object", comparable(answer.body()));
    }
    List<String> warnings = answer.response().headers().allValues("Warning");
    if (!warnings.isEmpty()) {
      met.put("warnings", warnings.stream().sorted().toList());
    }
    assertThat(met).isEqualTo(line.get("answer"));
  }

  static Stream<Arguments> recorded() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RecordedKindsTest.class.getResourceAsStream("kinds-1.36.jsonl"))) {
      List<Arguments> lines = new ArrayList<>();
      for (String text : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        Map<String, Object> line = Json.readObject(text);
        lines.add(Arguments.of(line.get("name"), line));
      }
      return lines.stream();
    }
  }

  private static Object comparable(Map<String, Object> object) {
    Map<String, Object> known = object;
    if ("Pod".equals(object.get("kind"))) {
      for (String member : ADMITTED) {
        known = Values.without(known, "spec", member);
      }
    }
    return Objects.requireNonNull(withoutDifferences(known));
  }

  private static @Nullable Object withoutDifferences(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> kept = new LinkedHashMap<>();
      Values.object(members)
          .forEach(
              (name, member) ->
                  kept.put(name, DIFFERENT.contains(name) ? null : withoutDifferences(member)));
      return kept;
    }
    return value instanceof List<?> elements
        ? elements.stream().map(RecordedKindsTest::withoutDifferences).toList()
        : value;
  }
}
