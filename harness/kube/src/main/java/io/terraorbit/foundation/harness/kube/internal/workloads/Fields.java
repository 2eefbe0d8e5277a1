package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and makes the parts of objects that all controllers need. */
final class Fields {
  private Fields() {}

  static String text(Map<String, Object> object, String... path) {
    return Values.string(object, path).orElse("");
  }

  static String name(Map<String, Object> object) {
    return text(object, "metadata", "name");
  }

  static String namespace(Map<String, Object> object) {
    return text(object, "metadata", "namespace");
  }

  static String uid(Map<String, Object> object) {
    return text(object, "metadata", "uid");
  }

  static Map<String, Object> labels(Map<String, Object> object) {
    return Values.objectAt(object, "metadata", "labels");
  }

  static String annotation(Map<String, Object> object, String name) {
    return text(object, "metadata", "annotations", name);
  }

  static boolean deleting(Map<String, Object> object) {
    return !text(object, "metadata", "deletionTimestamp").isEmpty();
  }

  /** A whole number; 0 when there is none. */
  static long number(Map<String, Object> object, String... path) {
    return Values.at(object, path).orElse(null) instanceof Long number ? number : 0;
  }

  /** The owner that controls an object; empty when none does. */
  static Optional<Object> controller(Map<String, Object> object) {
    return Values.listAt(object, "metadata", "ownerReferences").stream()
        .filter(owner -> Values.at(owner, "controller").orElse(false).equals(true))
        .findFirst();
  }

  static boolean controlledBy(Map<String, Object> object, Map<String, Object> owner) {
    return controller(object)
        .flatMap(reference -> Values.string(reference, "uid"))
        .filter(uid(owner)::equals)
        .isPresent();
  }

  /** A reference by which an owner controls what it makes. */
  static List<Object> controlling(Kind kind, Map<String, Object> owner) {
    return List.of(
        members(
            "apiVersion",
            kind.apiVersion(),
            "kind",
            kind.kind(),
            "name",
            name(owner),
            "uid",
            uid(owner),
            "controller",
            true,
            "blockOwnerDeletion",
            true));
  }

  /** An object of JSON whose members keep their order; numbers that are zero are left out. */
  static Map<String, Object> members(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (!value.equals(0L)) {
        members.put((String) namesAndValues[i], value);
      }
    }
    return members;
  }

  static boolean holds(Map<String, Object> object, String condition) {
    return Values.listAt(object, "status", "conditions").stream()
        .anyMatch(
            each ->
                Values.string(each, "type").orElse("").equals(condition)
                    && Values.string(each, "status").orElse("").equals("True"));
  }

  /** A condition of an object; empty when it has none of that type. */
  static Map<String, Object> condition(Map<String, Object> object, String type) {
    for (Object each : Values.listAt(object, "status", "conditions")) {
      if (Values.string(each, "type").orElse("").equals(type)) {
        return Values.object(each);
      }
    }
    return Map.of();
  }

  /** Since when a condition says what it is to say now. */
  static String since(Map<String, Object> object, String type, String status, Instant now) {
    Map<String, Object> last = condition(object, type);
    return text(last, "status").equals(status) ? text(last, "lastTransitionTime") : now.toString();
  }

  /** A list of conditions with one of them set, in its place or at the end. */
  static List<Object> withCondition(List<Object> conditions, Map<String, Object> wanted) {
    List<Object> all = new ArrayList<>(conditions);
    for (int i = 0; i < all.size(); i++) {
      if (Values.at(all.get(i), "type").equals(Values.at(wanted, "type"))) {
        all.set(i, wanted);
        return all;
      }
    }
    all.add(wanted);
    return all;
  }
}
