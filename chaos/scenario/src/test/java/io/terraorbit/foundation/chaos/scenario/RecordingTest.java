package io.terraorbit.foundation.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final ObjectRef SECRET = new ObjectRef("v1", "Secret", "ns", "x");

  @TempDir private Path folder;

  @Test
  void hidesTheValuesOfSecretsAndKeepsTheirEquality() throws IOException {
    Map<String, Object> before =
        Map.of(
            "kind", "Secret", "data", Map.of("password", "aHVudGVyMg==", "same", "aHVudGVyMg=="));
    Map<String, Object> after =
        Map.of(
            "kind",
            "Secret",
            "metadata",
            Map.of(
                "annotations",
                Map.of("kubectl.kubernetes.io/last-applied-configuration", "aHVudGVyMg==")),
            "stringData",
            Map.of("password", "hunter2"));
    Path recording =
        write(
            new Histories().commit("a", SECRET, ApiCommit.Change.MODIFIED, before, after).events());
    List<String> bodies = bodies(recording);
    assertThat(bodies)
        .hasSize(2)
        .noneSatisfy(body -> assertThat(body).containsAnyOf("aHVudGVyMg==", "hunter2"));
    Map<String, Object> line = lines(recording).get(0);
    Map<String, Object> data =
        Values.objectAt(
            Json.read(
                Files.readAllBytes(recording.resolve("objects/" + line.get("prev") + ".json"))),
            "data");
    assertThat(data.get("password")).isEqualTo(data.get("same"));
  }

  @Test
  void storesAStateOnceHoweverOftenItIsSeen() throws IOException {
    Path recording =
        write(new Histories().write("a", "Pod").write("a", "Pod").write("b", "Pod").events());
    assertThat(bodies(recording)).hasSize(2);
    assertThat(lines(recording)).hasSize(3);
  }

  @Test
  void writesRejectionsWithTheirFault() throws IOException {
    Path recording =
        write(
            new Histories()
                .add(new Fact.Rejected(new ApiRejection("f", "a", "create", SECRET, 409)))
                .events());
    assertThat(lines(recording).get(0))
        .containsEntry("kind", "api")
        .containsEntry("fault", "f")
        .containsEntry("code", 409L)
        .containsEntry("verb", "create")
        .containsEntry(
            "object", Map.of("apiVersion", "v1", "kind", "Secret", "namespace", "ns", "name", "x"));
  }

  @Test
  void saysWhenTheDiskDoesNotLetIt() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(() -> Recording.write(result(List.of()), file))
        .isInstanceOf(AppException.class)
        .hasMessageMatching(
            "(?s)RECORDING_NOT_WRITTEN: the recording could not be written to .*file: .*\\. The"
                + " directory must be writable\\.\\R.*");
  }

  private Path write(List<RunEvent> events) {
    Recording.write(result(events), folder);
    return folder;
  }

  private RunResult result(List<RunEvent> events) {
    return new RunResult(
        ScenarioText.read(folder, ScenarioText.spec("steps: []")),
        1,
        new Verdict.Passed("all"),
        List.of(),
        List.of(),
        Map.of("steps", Duration.ofSeconds(1)),
        events);
  }

  private static List<Map<String, Object>> lines(Path recording) throws IOException {
    return Files.readAllLines(recording.resolve("events.jsonl")).stream()
        .map(Json::readObject)
        .toList();
  }

  private static List<String> bodies(Path recording) throws IOException {
    try (Stream<Path> files = Files.list(recording.resolve("objects"))) {
      return files
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
