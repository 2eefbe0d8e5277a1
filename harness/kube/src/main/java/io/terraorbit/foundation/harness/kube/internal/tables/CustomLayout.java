package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.harness.kube.internal.resources.PrinterColumn;
import io.terraorbit.foundation.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a custom resource, as its definition has them. */
final class CustomLayout {
  private static final PrinterColumn AGE =
      new PrinterColumn("Age", "date", "", "", 0, ".metadata.creationTimestamp");

  private CustomLayout() {}

  static Layout of(List<PrinterColumn> columns) {
    Layout.Builder layout = Layout.named();
    for (PrinterColumn column : columns.isEmpty() ? List.of(AGE) : columns) {
      JsonPath path = JsonPath.parse(column.jsonPath());
      layout.add(
          new Column(
              column.name(),
              column.type(),
              column.format(),
              column.description(),
              column.priority()),
          (object, now) -> cell(column.type(), path, object, now));
    }
    return layout.build();
  }

  private static @Nullable Object cell(
      String type, JsonPath path, Map<String, Object> object, Instant now) {
    List<@Nullable Object> found = path.find(object);
    Object value = found.isEmpty() ? null : found.get(0);
    if (value == null) {
      return null;
    }
    return switch (type) {
      case "string" -> value instanceof String text ? text : Json.text(value);
      case "integer" -> value instanceof Number number ? (Object) number.longValue() : null;
      case "number" -> value instanceof Number number ? number : null;
      case "boolean" -> value instanceof Boolean truth ? truth : null;
      case "date" -> value instanceof String time ? Ages.since(time, now) : null;
      default -> null;
    };
  }
}
