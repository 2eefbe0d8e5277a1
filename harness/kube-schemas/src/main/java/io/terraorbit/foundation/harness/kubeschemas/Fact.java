package io.terraorbit.foundation.harness.kubeschemas;

import java.util.List;

/**
 * What no jar says of one field of one type, or of a type as a whole. Immutable; an empty text
 * stands for none.
 *
 * @param type such as {@code apps/v1.DeploymentSpec}
 * @param field its JSON name; {@code (type)} for the type as a whole
 * @param goType the name of its type in Go, where it is not the usual one of its JSON type
 * @param marks {@code p} for a pointer, {@code a} for a field that is always written, {@code z} for
 *     a structure that is left out when it is empty
 * @param listType {@code atomic}, {@code set} or {@code map}; of a type or a map, whether it is
 *     atomic
 * @param keys of a list of type {@code map}, joined by commas
 * @param patchStrategy as in a strategic merge patch
 * @param mergeKey as in a strategic merge patch
 * @param defaultValue as JSON
 * @param values all that a string may be, joined by bars
 */
record Fact(
    String type,
    String field,
    String goType,
    String marks,
    String listType,
    String keys,
    String patchStrategy,
    String mergeKey,
    String defaultValue,
    String values) {
  static final String WHOLE = "(type)";

  static final int COLUMNS = 10;

  static Fact none(String type, String field) {
    return new Fact(type, field, "", "", "", "", "", "", "", "");
  }

  static Fact parse(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException(
          "a fact has %d columns, got %d: %s".formatted(COLUMNS, cells.length, line));
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].equals("-") ? "" : cells[i];
    }
    return new Fact(
        cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8],
        cells[9]);
  }

  boolean says() {
    return cells().stream().skip(2).anyMatch(cell -> !cell.isEmpty());
  }

  String line() {
    return String.join("\t", cells().stream().map(cell -> cell.isEmpty() ? "-" : cell).toList());
  }

  private List<String> cells() {
    return List.of(
        type, field, goType, marks, listType, keys, patchStrategy, mergeKey, defaultValue, values);
  }
}
