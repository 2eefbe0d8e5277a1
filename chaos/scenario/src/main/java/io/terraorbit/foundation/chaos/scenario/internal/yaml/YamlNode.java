package io.terraorbit.foundation.chaos.scenario.internal.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML value that knows its line. Immutable. */
public sealed interface YamlNode {
  /** The line it begins on, from 1. */
  int line();

  /** What it is, in words for a message. */
  String typeName();

  /** The plain JSON value; unmodifiable. */
  @Nullable Object value();

  /** Keys and values in document order; a key occurs once. */
  record Mapping(int line, List<Entry> entries) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String typeName() {
      return "a mapping";
    }

    @Override
    public Map<String, @Nullable Object> value() {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      entries.forEach(entry -> members.put(entry.key, entry.value.value()));
      return Collections.unmodifiableMap(members);
    }
  }

  /** One key with its value. */
  record Entry(String key, int line, YamlNode value) {}

  /** A list. */
  record Sequence(int line, List<YamlNode> elements) implements YamlNode {
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public String typeName() {
      return "a list";
    }

    @Override
    public List<@Nullable Object> value() {
      List<@Nullable Object> values = new ArrayList<>();
      elements.forEach(element -> values.add(element.value()));
      return Collections.unmodifiableList(values);
    }
  }

  /**
   * A single value.
   *
   * @param text as it was written
   */
  record Scalar(int line, @Nullable Object value, String text) implements YamlNode {
    @Override
    public String typeName() {
      if (value == null) {
        return "nothing";
      }
      if (value instanceof String) {
        return "the text '%s'".formatted(text);
      }
      return "%s %s".formatted(value instanceof Boolean ? "the value" : "the number", text);
    }
  }
}
