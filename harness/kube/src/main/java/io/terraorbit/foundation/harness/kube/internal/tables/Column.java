package io.terraorbit.foundation.harness.kube.internal.tables;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A column of a table, as {@code meta.k8s.io} describes it. Immutable.
 *
 * @param type of its cells, a type of OpenAPI
 * @param format such as {@code name} for the column that names the object; empty for none
 * @param priority 0 for what is always shown, above for what is shown only when there is room
 */
record Column(String name, String type, String format, String description, long priority) {
  static Column of(String name, String type, long priority) {
    return new Column(name, type, "", "", priority);
  }

  Map<String, Object> definition() {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("name", name);
    definition.put("type", type);
    definition.put("format", format);
    definition.put("description", description);
    definition.put("priority", priority);
    return definition;
  }
}
