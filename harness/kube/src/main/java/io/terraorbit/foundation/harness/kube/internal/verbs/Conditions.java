package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions in an object's status. */
final class Conditions {
  private Conditions() {}

  /** What a condition says; when it began to say so is kept with the object. */
  record Condition(String type, String status, String reason, String message) {
    private Map<String, Object> json(String since) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("type", type);
      json.put("status", status);
      json.put("lastTransitionTime", since);
      if (!reason.isEmpty()) {
        json.put("reason", reason);
        json.put("message", message);
      }
      return json;
    }
  }

  /** That a Pod has a node; the real server gives no reason. */
  static Condition scheduled() {
    return new Condition("PodScheduled", "True", "", "");
  }

  /** The object with conditions set; those that hold already keep their time. */
  static Map<String, Object> set(Map<String, Object> object, String now, Condition... wanted) {
    List<Object> conditions = new ArrayList<>(Values.listAt(object, "status", "conditions"));
    for (Condition condition : wanted) {
      put(conditions, condition, now);
    }
    return Values.with(object, List.copyOf(conditions), "status", "conditions");
  }

  static boolean holds(Map<String, Object> object, String type) {
    return Values.listAt(object, "status", "conditions").stream()
        .anyMatch(
            condition ->
                Values.string(condition, "type").orElse("").equals(type)
                    && Values.string(condition, "status").orElse("").equals("True"));
  }

  private static void put(List<Object> conditions, Condition wanted, String now) {
    for (int i = 0; i < conditions.size(); i++) {
      Object met = conditions.get(i);
      if (Values.string(met, "type").orElse("").equals(wanted.type())) {
        boolean same = Values.string(met, "status").orElse("").equals(wanted.status());
        String since = Values.string(met, "lastTransitionTime").orElse(now);
        conditions.set(i, wanted.json(same ? since : now));
        return;
      }
    }
    conditions.add(wanted.json(now));
  }
}
