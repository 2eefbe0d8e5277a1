package io.terraorbit.foundation.harness.kube.internal.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of {@code layouts.txt}: a kind's columns, and the row of an object. */
class LayoutsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Layouts layouts = new Layouts();

  @ParameterizedTest
  @MethodSource("cases")
  void rowsAreThoseOfKubectl(Case expected) {
    Layout layout = layouts.of(expected.type());

    assertThat(
            layout.definitions().stream()
                .map(column -> (column.get("priority").equals(0L) ? "" : "~") + column.get("name"))
                .toList())
        .isEqualTo(expected.columns());
    assertThat(
            layout
                .row(Json.readObject(expected.object().getBytes(StandardCharsets.UTF_8)), NOW)
                .stream()
                .map(String::valueOf)
                .toList())
        .isEqualTo(expected.cells());
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = LayoutsTest.class.getResourceAsStream("layouts.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      List<String> head = List.of();
      List<String> lines =
          text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).startsWith("{")) {
          head = words(lines.get(i));
          continue;
        }
        cases.add(
            new Case(
                head.get(0),
                head.get(1),
                head.subList(2, head.size()),
                lines.get(i),
                words(lines.get(++i))));
      }
      return cases.stream();
    }
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::trim).toList();
  }

  record Case(
      String apiVersion, String kind, List<String> columns, String object, List<String> cells) {
    ResourceType type() {
      return Catalog.builtIn().findKind(apiVersion, kind).orElseThrow();
    }

    @Override
    public String toString() {
      return kind
          + " "
          + Values.string(
                  Json.readObject(object.getBytes(StandardCharsets.UTF_8)), "metadata", "name")
              .orElse("");
    }
  }
}
