package io.terraorbit.foundation.chaos.scenario.internal.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A mapping that is read key by key. Confined to the thread that reads.
 *
 * <p>Whoever reads asks for every key that there may be, then calls {@link #done}: a key that no
 * one asked for is a mistake. A mistake never stops the reading; the reader gets a placeholder and
 * goes on, and what was built is thrown away in the end. A section in place of which something else
 * stood is <em>broken</em>: it answers with placeholders and adds no more mistakes.
 */
public final class Section {
  /** Stands for a required text that is missing. */
  public static final String PLACEHOLDER = "?";

  private final String name;
  private final int line;
  private final Map<String, YamlNode.Entry> entries;
  private final boolean broken;
  private final Mistakes mistakes;
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(
      String name,
      int line,
      Map<String, YamlNode.Entry> entries,
      boolean broken,
      Mistakes mistakes) {
    this.name = name;
    this.line = line;
    this.entries = entries;
    this.broken = broken;
    this.mistakes = mistakes;
  }

  /** Opens a node as a section; {@code name} is what messages call it, such as {@code fault}. */
  public static Section of(YamlNode node, String name, Mistakes mistakes) {
    if (node instanceof YamlNode.Mapping mapping) {
      Map<String, YamlNode.Entry> entries = new java.util.LinkedHashMap<>();
      mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
      return new Section(name, mapping.line(), entries, false, mistakes);
    }
    wrongType(mistakes, node, name, "a mapping");
    return new Section(name, node.line(), Map.of(), true, mistakes);
  }

  public int line() {
    return line;
  }

  public Mistakes mistakes() {
    return mistakes;
  }

  /** The keys that are there, in document order. */
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /** The line of a key; the section's own when it is absent. */
  public int line(String key) {
    YamlNode.Entry entry = entries.get(key);
    return entry == null ? line : entry.line();
  }

  public Optional<YamlNode> find(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key)).map(YamlNode.Entry::value);
  }

  /** The value of a key that must be there; empty, and a mistake, if it is not. */
  public Optional<YamlNode> get(String key) {
    Optional<YamlNode> node = find(key);
    if (node.isEmpty() && !broken) {
      mistakes.add(
          line,
          "SCENARIO_KEY_MISSING",
          "has no '%s' in '%s'".formatted(key, name),
          "It is required",
          "Add '%s: …'.".formatted(key));
    }
    return node;
  }

  public Optional<String> findText(String key) {
    return find(key).flatMap(node -> text(node, key));
  }

  /** A text that must be there and not be empty. */
  public String text(String key) {
    Optional<String> text = get(key).flatMap(node -> text(node, key));
    if (text.filter(String::isEmpty).isPresent()) {
      invalid(key, "nothing", "It is a text", "");
    }
    return text.orElse(PLACEHOLDER);
  }

  /** A text out of a closed set; the first of it stands in for a mistake. */
  public String choice(String key, List<String> known, boolean required) {
    Optional<String> given = required ? get(key).flatMap(node -> text(node, key)) : findText(key);
    given
        .filter(word -> !known.contains(word))
        .ifPresent(
            word ->
                invalid(
                    key,
                    "'%s'".formatted(word),
                    "It is one of %s".formatted(known),
                    Suggestion.of(word, known)));
    return given.filter(known::contains).orElse(known.get(0));
  }

  public boolean flag(String key, boolean absent) {
    Optional<YamlNode> node = find(key);
    if (node.isEmpty()) {
      return absent;
    }
    if (node.get().value() instanceof Boolean flag) {
      return flag;
    }
    wrongType(mistakes, node.get(), key, "true or false");
    return absent;
  }

  /** A whole number in a range; both ends belong to it. */
  public OptionalLong whole(String key, long least, long most) {
    Optional<YamlNode> node = find(key);
    if (node.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!(node.get().value() instanceof Long number)) {
      wrongType(mistakes, node.get(), key, "a whole number");
      return OptionalLong.empty();
    }
    if (number < least || number > most) {
      invalid(key, String.valueOf(number), "It is from %d to %d".formatted(least, most), "");
      return OptionalLong.empty();
    }
    return OptionalLong.of(number);
  }

  /** A number from 0 to 1. */
  public OptionalDouble fraction(String key) {
    Optional<YamlNode> node = find(key);
    if (node.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!(node.get().value() instanceof Number number)) {
      wrongType(mistakes, node.get(), key, "a number");
      return OptionalDouble.empty();
    }
    double value = number.doubleValue();
    if (!(value >= 0 && value <= 1)) {
      invalid(key, String.valueOf(value), "It is from 0 to 1", "");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value);
  }

  public Optional<Duration> findDuration(String key) {
    return find(key).flatMap(node -> duration(node, key));
  }

  public Duration duration(String key) {
    return get(key).flatMap(node -> duration(node, key)).orElse(Duration.ZERO);
  }

  public Optional<Section> findSection(String key) {
    return find(key).map(node -> of(node, key, mistakes));
  }

  /** A section that must be there; a broken one stands in for it. */
  public Section section(String key) {
    return get(key)
        .map(node -> of(node, key, mistakes))
        .orElseGet(() -> new Section(key, line, Map.of(), true, mistakes));
  }

  /** The elements of a list; none when the key is absent. */
  public List<YamlNode> list(String key) {
    Optional<YamlNode> node = find(key);
    if (node.isEmpty() || node.get() instanceof YamlNode.Sequence) {
      return node.map(YamlNode.Sequence.class::cast)
          .map(YamlNode.Sequence::elements)
          .orElse(List.of());
    }
    wrongType(mistakes, node.get(), key, "a list");
    return List.of();
  }

  /** The texts of a list. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    list(key).forEach(node -> text(node, key).ifPresent(texts::add));
    return texts;
  }

  /** Reports a value that is of the right type and still wrong. */
  public void invalid(String key, String value, String expected, String remedy) {
    if (broken) {
      return;
    }
    mistakes.add(
        line(key),
        "SCENARIO_VALUE_INVALID",
        "has %s as '%s'".formatted(value, key),
        expected,
        remedy.isEmpty() ? "Correct the value." : remedy);
  }

  /** Refuses, by name, keys that the format has and this version does not do. */
  public void notYet(String... keys) {
    for (String key : keys) {
      if (entries.containsKey(key)) {
        asked.add(key);
        mistakes.add(
            line(key),
            "SCENARIO_OPERATION_UNSUPPORTED",
            "has '%s' in '%s'".formatted(key, name),
            "The format knows it, this version does not do it",
            "Remove it, or wait for a version that does.");
      }
    }
  }

  /** Ends the reading: every key that no one asked for is a mistake. */
  public void done() {
    entries.values().stream()
        .filter(entry -> !asked.contains(entry.key()))
        .forEach(
            entry ->
                mistakes.add(
                    entry.line(),
                    "SCENARIO_KEY_UNKNOWN",
                    "has the key '%s', which '%s' does not know".formatted(entry.key(), name),
                    "",
                    Suggestion.of(entry.key(), asked)));
  }

  private Optional<Duration> duration(YamlNode node, String key) {
    String text = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    Optional<Duration> duration = GoDuration.parse(text);
    if (duration.isEmpty()) {
      mistakes.add(
          node.line(),
          "SCENARIO_DURATION_INVALID",
          "has %s as '%s'".formatted(node.typeName(), key),
          "A duration is written as in Go",
          "Write for example 300ms, 2s or 1m30s.");
    }
    return duration;
  }

  private Optional<String> text(YamlNode node, String key) {
    if (node instanceof YamlNode.Scalar scalar && scalar.value() instanceof String text) {
      return Optional.of(text);
    }
    wrongType(mistakes, node, key, "a text");
    return Optional.empty();
  }

  private static void wrongType(Mistakes mistakes, YamlNode node, String key, String expected) {
    mistakes.add(
        node.line(),
        "SCENARIO_TYPE_WRONG",
        "has %s as '%s'".formatted(node.typeName(), key),
        "It is %s".formatted(expected),
        "Correct the value.");
  }
}
