package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what a kube-apiserver 1.36 answered to the same patches of the same objects. */
@Timeout(120)
class StrategicPatchTest {
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final KubeApiServer SERVER = KubeApiServer.start();
  private static final Api API = new Api(SERVER, "tester");

  @BeforeAll
  static void createWhatIsPatched() throws IOException {
    for (Map<String, Object> line : lines()) {
      if (line.containsKey("create")) {
        String object = Json.text(line.get("object"));
        assertThat(API.post(path(line, "create"), object).code()).isEqualTo(201);
      }
    }
  }

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("patches")
  void aPatchIsAnsweredAsByTheRealServer(String name, Map<String, Object> line) {
    String validation = Values.string(line, "validation").orElse("");

    Api.Answer answer =
        API.send(
            "PATCH",
            path(line, "path")
                + "?dryRun=All"
                + (validation.isEmpty() ? "" : "&fieldValidation=" + validation),
            STRATEGIC,
            Values.string(line, "patch").orElse(""));

    assertThat(answer.message()).isEqualTo(Values.string(line, "message").orElse(""));
    assertThat(answer.reason()).isEqualTo(Values.string(line, "reason").orElse(""));
    assertThat((long) answer.code()).isEqualTo(line.get("code"));
    assertThat(answer.response().headers().allValues("Warning"))
        .isEqualTo(Values.listAt(line, "warnings"));
    for (String part : List.of("spec", "data", "binaryData", "status")) {
      if (line.containsKey(part) && answer.code() == 200) {
        Map<String, Object> met = Values.objectAt(answer.body(), part);
        assertThat(Values.without(Values.without(met, "clusterIP"), "clusterIPs"))
            .isEqualTo(line.get(part));
      }
    }
    Values.objectAt(line, "metadata")
        .forEach(
            (field, value) ->
                assertThat(Values.at(answer.body(), "metadata", field)).contains(value));
  }

  @Test
  void aPatchIsStoredAndIsNoChangeTheSecondTime() {
    String path = Api.CONFIG_MAPS + "/kept";
    API.post(Api.CONFIG_MAPS, Api.configMap("kept", "v"));
    String patch = "{\"metadata\":{\"finalizers\":[\"a.io/b\"]},\"data\":{\"k\":null,\"l\":\"m\"}}";

    Api.Answer first = API.send("PATCH", path, STRATEGIC, patch);
    Api.Answer second = API.send("PATCH", path, STRATEGIC, patch);

    assertThat(first.at("data")).isEqualTo("{l=m}");
    assertThat(first.at("metadata", "finalizers")).isEqualTo("[a.io/b]");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(API.get(path).text()).isEqualTo(first.text());
  }

  @Test
  void listsOfManyElementsMergeInTime() {
    String path = Api.CONFIG_MAPS + "/many";
    API.post(Api.CONFIG_MAPS, Api.configMap("many", "v"));
    StringBuilder owners = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      owners.append(i == 0 ? "" : ",").append("\"a.io/f%d\"".formatted(i));
    }
    String finalizers = "{\"metadata\":{\"finalizers\":[" + owners + "]}}";

    assertThat(API.send("PATCH", path, STRATEGIC, finalizers).code()).isEqualTo(200);
    Api.Answer again =
        API.send(
            "PATCH",
            path,
            STRATEGIC,
            "{\"metadata\":{\"$setElementOrder/finalizers\":[],\"finalizers\":[\"b.io/a\",\"b.io/b\"]}}");

    List<Object> merged = Values.listAt(again.body(), "metadata", "finalizers");
    assertThat(merged).hasSize(20_002).startsWith("a.io/f0").endsWith("b.io/b", "b.io/a");
  }

  static Stream<Arguments> patches() throws IOException {
    return lines().stream()
        .filter(line -> line.containsKey("patch"))
        .map(line -> Arguments.of(line.get("path") + " " + line.get("patch"), line));
  }

  private static String path(Map<String, Object> line, String member) {
    return Values.string(line, member).orElseThrow().replace("/NS/", "/default/");
  }

  private static List<Map<String, Object>> lines() throws IOException {
    try (InputStream in = StrategicPatchTest.class.getResourceAsStream("strategic-patches.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Json::readObject)
          .toList();
    }
  }
}
