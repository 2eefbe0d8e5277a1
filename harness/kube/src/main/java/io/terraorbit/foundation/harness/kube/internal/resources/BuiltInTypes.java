package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the table of built-in kinds; its format is told in its head. */
final class BuiltInTypes {
  private static final String TABLE = "built-in.tsv";
  private static final int COLUMNS = 11;

  private BuiltInTypes() {}

  static List<ResourceType> read() {
    try (InputStream in = BuiltInTypes.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the table " + TABLE);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(BuiltInTypes::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ResourceType parse(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalStateException(
          "a kind has %d columns, got %d: %s".formatted(COLUMNS, cells.length, line));
    }
    String group = cells[0].equals("core") ? "" : cells[0];
    String version = cells[1];
    String kind = cells[3];
    String apiVersion = group.isEmpty() ? version : group + "/" + version;
    return new ResourceType(
        group,
        version,
        cells[2],
        kind.toLowerCase(Locale.ROOT),
        kind,
        kind + "List",
        words(cells[4]),
        cells[5].equals("N"),
        words(cells[6]),
        cells[7].equals("*") ? ResourceType.ALL_VERBS : words(cells[7]),
        subresources(cells[8], group, version, kind),
        flags(cells[10]),
        cells[9].equals("-") ? apiVersion : cells[9],
        null);
  }

  private static List<Subresource> subresources(
      String cell, String group, String version, String kind) {
    return cell.equals("-")
        ? List.of()
        : Arrays.stream(cell.split(";"))
            .map(text -> Subresource.parse(text, group, version, kind))
            .toList();
  }

  private static List<String> words(String cell) {
    return cell.equals("-") ? List.of() : List.of(cell.split(","));
  }

  private static Set<Flag> flags(String cell) {
    return words(cell).stream()
        .map(word -> word.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
        .map(word -> Enum.valueOf(Flag.class, word))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Flag.class)));
  }
}
