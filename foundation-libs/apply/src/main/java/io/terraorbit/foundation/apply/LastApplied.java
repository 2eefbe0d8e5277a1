package io.terraorbit.foundation.apply;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The annotation in which kubectl's client-side apply keeps what it applied last. The server reads
 * it for a manager called {@code kubectl}, whose users move to server-side apply, and keeps it up
 * to date for those who move back. Stateless.
 */
final class LastApplied {
  /** Only a manager of exactly this name has used the annotation. */
  static final String MANAGER = "kubectl";

  static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  /** Of the names and values of all annotations of an object. */
  private static final int MAX_BYTES = 256 * 1024;

  private LastApplied() {}

  private static Optional<String> of(TypedValue object) {
    return Values.string(object.value(), "metadata", "annotations", ANNOTATION)
        .filter(text -> !text.isEmpty());
  }

  /** The fields that client-side apply set and nobody changed since: no conflict is about those. */
  static FieldSet unchanged(TypedValue live, String apiVersion) {
    Map<String, Object> applied;
    try {
      applied = of(live).map(Json::readObject).orElse(Map.of());
    } catch (JsonSyntaxException e) {
      return FieldSet.EMPTY;
    }
    if (!Values.string(applied, "apiVersion").orElse("").equals(apiVersion)) {
      return FieldSet.EMPTY;
    }
    TypedValue before = new TypedValue(live.type(), applied);
    try {
      before.checked(TypedValue.Duplicates.REFUSED);
    } catch (MismatchException e) {
      return FieldSet.EMPTY;
    }
    Comparison since = before.compare(live);
    return before
        .fields()
        .difference(since.modified())
        .difference(since.added())
        .difference(since.removed());
  }

  /** The object with its annotation, if it has one, saying what is applied now. */
  static TypedValue renewed(TypedValue object, TypedValue config) {
    if (of(object).isEmpty()) {
      return object;
    }
    Map<String, Object> said =
        Values.without(config.value(), "metadata", "annotations", ANNOTATION);
    String text = ValueText.escaped(Values.sorted(said)) + "\n";
    Map<String, Object> annotations =
        new LinkedHashMap<>(Values.objectAt(object.value(), "metadata", "annotations"));
    annotations.put(ANNOTATION, text);
    if (bytes(annotations) > MAX_BYTES) {
      annotations.remove(ANNOTATION);
    }
    return new TypedValue(
        object.type(), Values.with(object.value(), annotations, "metadata", "annotations"));
  }

  private static long bytes(Map<String, Object> annotations) {
    long bytes = 0;
    for (Map.Entry<String, Object> annotation : annotations.entrySet()) {
      bytes += annotation.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += String.valueOf(annotation.getValue()).getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }
}
