package io.terraorbit.foundation.apply;

import io.terraorbit.foundation.json.Json;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values as the real server writes them into paths and messages. Stateless. */
final class ValueText {
  private ValueText() {}

  static String of(@Nullable Object value) {
    if (value instanceof List<?> elements) {
      StringJoiner text = new StringJoiner(",", "[", "]");
      elements.forEach(element -> text.add(of(element)));
      return text.toString();
    }
    if (value instanceof Map<?, ?> members) {
      StringBuilder text = new StringBuilder();
      members.forEach((name, member) -> text.append(name).append('=').append(of(member)));
      return text.toString();
    }
    return Json.text(value);
  }

  /** As JSON that may stand within HTML, which is how the real server writes it. */
  static String escaped(@Nullable Object value) {
    String json = Json.text(value);
    return json.chars().noneMatch(c -> c == '<' || c == '>' || c == '&')
        ? json
        : json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  /** The type as Go prints it. */
  static String goType(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return "map[string]interface {}";
    }
    if (value instanceof List<?>) {
      return "[]interface {}";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    return value instanceof Double ? "float64" : "int64";
  }
}
