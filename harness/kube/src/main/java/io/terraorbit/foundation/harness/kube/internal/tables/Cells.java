package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.harness.kube.internal.selectors.SelectorText;
import io.terraorbit.foundation.json.Values;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cells that many kinds have. */
final class Cells {
  static final String NONE = "<none>";
  static final String UNSET = "<unset>";

  private Cells() {}

  /** The text at a path; empty when there is none. */
  static Function<Map<String, Object>, Object> at(String path) {
    return at(path, "");
  }

  /** The text at a path, or something else when there is none. */
  static Function<Map<String, Object>, Object> at(String path, String otherwise) {
    return object -> string(object, path, otherwise);
  }

  /** The number at a path; 0 when there is none. */
  static Function<Map<String, Object>, Object> count(String path) {
    return object -> number(object, path, 0);
  }

  /** How many elements a list has. */
  static Function<Map<String, Object>, Object> size(String path) {
    return object -> (long) Values.listAt(object, split(path)).size();
  }

  /** Whether something is set. */
  static Function<Map<String, Object>, Object> flag(String path) {
    return object -> Values.at(object, split(path)).filter(Boolean.TRUE::equals).isPresent();
  }

  /** {@code True}, {@code False}, or {@code <unset>}. */
  static Function<Map<String, Object>, Object> optionalFlag(String path) {
    return object ->
        Values.at(object, split(path))
            .map(value -> Boolean.TRUE.equals(value) ? "True" : "False")
            .orElse(UNSET);
  }

  /** Whatever is at a path, as text. */
  static Function<Map<String, Object>, Object> shown(String path, String otherwise) {
    return object -> Values.at(object, split(path)).map(String::valueOf).orElse(otherwise);
  }

  /** Texts of a list, joined by commas. */
  static Function<Map<String, Object>, Object> joined(String path, String otherwise) {
    return object -> orElse(join(Values.listAt(object, split(path)).stream(), ","), otherwise);
  }

  static String string(Map<String, Object> object, String path, String otherwise) {
    return Values.string(object, split(path)).filter(text -> !text.isEmpty()).orElse(otherwise);
  }

  static long number(Object object, String path, long otherwise) {
    return Values.at(object, split(path)).orElse(null) instanceof Number number
        ? number.longValue()
        : otherwise;
  }

  static String orElse(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  static String join(Stream<?> parts, String comma) {
    return parts.map(String::valueOf).collect(Collectors.joining(comma));
  }

  /** {@code a=b,c=d}, sorted; {@code <none>} for no labels. */
  static String labels(Map<String, Object> labels) {
    return orElse(SelectorText.ofLabels(labels), NONE);
  }

  /** A label selector as text; {@code <none>} when it selects everything. */
  static String selector(Map<String, Object> selector) {
    return orElse(SelectorText.ofSelector(selector), NONE);
  }

  /** The names or the images of the containers of a Pod's specification. */
  static Function<Map<String, Object>, Object> containers(String path, String member) {
    return object ->
        join(
            Values.listAt(object, split(path + ".containers")).stream()
                .map(container -> Values.string(container, member).orElse("")),
            ",");
  }

  /** The selector at {@code spec.selector}. */
  static Function<Map<String, Object>, Object> selector() {
    return object -> selector(Values.objectAt(object, "spec", "selector"));
  }

  static String[] split(String path) {
    return path.split("\\.", -1);
  }
}
