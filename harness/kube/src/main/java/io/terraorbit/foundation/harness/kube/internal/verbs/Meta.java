package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and rewrites the metadata of objects, which are JSON values and never change. */
final class Meta {
  private Meta() {}

  static String text(Map<String, Object> object, String field) {
    return Values.string(object, "metadata", field).orElse("");
  }

  static String name(Map<String, Object> object) {
    return text(object, "name");
  }

  static String namespace(Map<String, Object> object) {
    return text(object, "namespace");
  }

  static String uid(Map<String, Object> object) {
    return text(object, "uid");
  }

  static Map<String, Object> labels(Map<String, Object> object) {
    return Values.objectAt(object, "metadata", "labels");
  }

  static List<Object> finalizers(Map<String, Object> object) {
    return Values.listAt(object, "metadata", "finalizers").stream()
        .map(finalizer -> finalizer == null ? "" : finalizer) // as Go reads a null in []string
        .toList();
  }

  static List<Object> owners(Map<String, Object> object) {
    return Values.listAt(object, "metadata", "ownerReferences");
  }

  static boolean deleting(Map<String, Object> object) {
    return !text(object, "deletionTimestamp").isEmpty();
  }

  static long generation(Map<String, Object> object) {
    return Values.at(object, "metadata", "generation").orElse(null) instanceof Long number
        ? number
        : 0;
  }

  static Map<String, Object> with(Map<String, Object> object, String field, Object value) {
    return Values.with(object, value, "metadata", field);
  }

  static Map<String, Object> without(Map<String, Object> object, String field) {
    return Values.without(object, "metadata", field);
  }

  /** The object with a list in its metadata; an empty list is left out. */
  static Map<String, Object> withList(
      Map<String, Object> object, String field, List<Object> values) {
    return values.isEmpty() ? without(object, field) : with(object, field, List.copyOf(values));
  }

  static Map<String, Object> withRevision(Map<String, Object> object, long revision) {
    return with(object, "resourceVersion", String.valueOf(revision));
  }

  /** Takes a field of the metadata over from another object, its absence too. */
  static Map<String, Object> keep(
      Map<String, Object> object, Map<String, Object> from, String field) {
    Object value = Values.at(from, "metadata", field).orElse(null);
    return value == null ? without(object, field) : with(object, field, value);
  }

  /** Takes a member of the object over from another object, its absence too. */
  static Map<String, Object> keepMember(
      Map<String, Object> object, Map<String, Object> from, String member) {
    Object value = from.get(member);
    return value == null ? Values.without(object, member) : Values.with(object, value, member);
  }

  /** The object with apiVersion, kind and metadata first. */
  static Map<String, Object> ordered(Map<String, Object> object, String apiVersion, String kind) {
    Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
    ordered.put("apiVersion", apiVersion);
    ordered.put("kind", kind);
    ordered.put("metadata", withoutEmpty(Values.objectAt(object, "metadata")));
    object.forEach(ordered::putIfAbsent);
    return Collections.unmodifiableMap(ordered);
  }

  /** Metadata without what says nothing, so that saying nothing twice is no change. */
  private static Map<String, Object> withoutEmpty(Map<String, Object> metadata) {
    Map<String, Object> kept = new LinkedHashMap<>();
    metadata.forEach(
        (name, value) -> {
          boolean empty =
              value == null
                  || value.equals("")
                  || (value instanceof Map<?, ?> members && members.isEmpty())
                  || (value instanceof List<?> elements && elements.isEmpty());
          if (!empty) {
            kept.put(name, value);
          }
        });
    return Collections.unmodifiableMap(kept);
  }

  /** The value without any member that is null, as a typed decoder reads it. */
  static @Nullable Object withoutNulls(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> kept = new LinkedHashMap<>();
      members.forEach(
          (name, member) -> {
            if (member != null) {
              kept.put((String) name, withoutNulls(member));
            }
          });
      return Collections.unmodifiableMap(kept);
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> kept = new ArrayList<>(elements.size());
      elements.forEach(element -> kept.add(withoutNulls(element)));
      return Collections.unmodifiableList(kept);
    }
    return value;
  }
}
