package io.terraorbit.foundation.harness.kube.internal.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecodingTest {
  /** Numbers in exponent form lose their spelling when they are read. */
  private static final String LOST_SPELLING = "\"replicas\":1e2";

  @Test
  void decodesEveryRecordedBodyAsARealServerDoes() throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (String[] row : recorded()) {
      if (!row[1].contains(LOST_SPELLING)) {
        compared++;
        Result result = decode(row[0], row[1]);
        if (!result.told().equals(row[2])) {
          differences.add(row[1] + "\n  real: " + row[2] + "\n  ours: " + result.told());
        } else if (!row[3].equals("-")
            && !Objects.equals(
                stored(Json.readRepeating(row[3].getBytes(StandardCharsets.UTF_8))),
                result.object())) {
          differences.add(
              row[1] + "\n  real: " + row[3] + "\n  ours: " + Json.text(result.object()));
        }
      }
    }

    assertThat(String.join("\n", differences)).isEmpty();
    assertThat(compared).isGreaterThan(90);
  }

  @Test
  void leavesADecodedObjectAlone() throws IOException {
    for (String[] row : recorded()) {
      Object once = decode(row[0], row[1]).object();
      if (once != null) {
        assertThat(decode(row[0], Json.text(once)).object()).as(row[1]).isEqualTo(once);
      }
    }
  }

  @Test
  void stopsCountingAtAHundred() {
    StringBuilder body = new StringBuilder("{\"apiVersion\":\"v1\"");
    for (int i = 0; i < 150; i++) {
      body.append(",\"f").append(i).append("\":1");
    }
    StrictErrors strict = new StrictErrors();

    Decoding.decode(type("v1 ConfigMap"), Json.readObject(body + "}"), strict);

    assertThat(strict.texts()).hasSize(100).contains("unknown field \"f99\"");
  }

  @Test
  void namesThePartOfAnObject() {
    StrictErrors strict = new StrictErrors();
    StructType meta = StructTypes.builtIn().find("meta/v1.ObjectMeta").orElseThrow();

    Decoding.decode(meta, Map.of("foo", 1L), "metadata", strict);

    assertThat(strict.texts()).containsExactly("unknown field \"metadata.foo\"");
    assertThatThrownBy(() -> Decoding.decode(meta, Map.of("name", 1L), "metadata", strict))
        .isInstanceOf(UndecodableException.class)
        .hasMessage(
            "json: cannot unmarshal number into Go struct field ObjectMeta.name of type string");
  }

  private record Result(String told, @Nullable Object object) {}

  private static Result decode(String kind, String body) {
    StrictErrors strict = new StrictErrors();
    try {
      Object read = Json.readRepeating(body.getBytes(StandardCharsets.UTF_8));
      Object object =
          Decoding.decode(type(kind), Values.object(Objects.requireNonNull(read)), strict);
      String told =
          strict.texts().isEmpty()
              ? "ok"
              : "S strict decoding error: " + String.join(", ", strict.texts());
      return new Result(told, object);
    } catch (UndecodableException e) {
      return new Result("E " + e.getMessage(), null);
    }
  }

  private static StructType type(String kind) {
    String[] parts = kind.split("[/ ]");
    String group = parts.length == 3 ? parts[0] : "";
    return StructTypes.builtIn()
        .find(group, parts[parts.length - 2], parts[parts.length - 1])
        .orElseThrow();
  }

  /** The answers are of JSON alone; on its way through the store an empty list becomes null. */
  private static @Nullable Object stored(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> kept = new LinkedHashMap<>();
      Values.object(members)
          .forEach(
              (name, member) ->
                  kept.put(name, name.equals("containers") ? nullIfEmpty(member) : stored(member)));
      return kept;
    }
    return value instanceof List<?> elements
        ? elements.stream().map(DecodingTest::stored).toList()
        : value;
  }

  private static @Nullable Object nullIfEmpty(@Nullable Object value) {
    return value instanceof List<?> elements && elements.isEmpty() ? null : stored(value);
  }

  private static List<String[]> recorded() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DecodingTest.class.getResourceAsStream("decoded-1.36.tsv")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    }
  }
}
