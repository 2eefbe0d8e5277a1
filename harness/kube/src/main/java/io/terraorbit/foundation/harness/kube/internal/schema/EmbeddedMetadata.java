package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.typed.Decoding;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a custom resource and of the objects within it ({@code
 * x-kubernetes-embedded-resource}): only the fields of {@code ObjectMeta} stay, and they have the
 * types that it has.
 */
final class EmbeddedMetadata {
  private static final StructType METADATA =
      StructTypes.builtIn().find("meta/v1.ObjectMeta").orElseThrow();

  private final boolean lenient;
  private final StrictErrors unknown;

  /**
   * Begins.
   *
   * @param lenient drop what has the wrong type instead of refusing it
   * @param unknown takes the fields that metadata does not have
   */
  EmbeddedMetadata(boolean lenient, StrictErrors unknown) {
    this.lenient = lenient;
    this.unknown = unknown;
  }

  /** The object with its own metadata mended. */
  Map<String, Object> root(Map<String, Object> object) {
    Object metadata = object.get("metadata");
    if (metadata == null) {
      return object;
    }
    try {
      return Values.with(object, decoded(metadata, "metadata"), "metadata");
    } catch (UndecodableException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }

  /** The object with the metadata of all objects within it mended. */
  Map<String, Object> within(StructuralSchema schema, Map<String, Object> object, String path) {
    Map<String, Object> mended = schema.embedded() ? envelope(object, path) : object;
    return Rebuilt.members(
        mended,
        (name, member) -> {
          String memberPath = path.isEmpty() ? name : path + "." + name;
          return value(schema.member(name).orElse(null), member, memberPath);
        });
  }

  private @Nullable Object value(
      @Nullable StructuralSchema schema, @Nullable Object value, String path) {
    if (schema == null) {
      return value;
    }
    if (value instanceof Map<?, ?> members) {
      return within(schema, Values.object(members), path);
    }
    return value instanceof List<?> elements && schema.items() != null
        ? Rebuilt.elements(
            elements, (i, element) -> value(schema.items(), element, "%s[%d]".formatted(path, i)))
        : value;
  }

  private Map<String, Object> envelope(Map<String, Object> object, String path) {
    return Rebuilt.members(
        object,
        (name, member) ->
            switch (name) {
              case "apiVersion", "kind" -> text(member, path + "." + name);
              case "metadata" -> metadata(member, path + ".metadata");
              default -> member;
            });
  }

  private @Nullable Object text(@Nullable Object value, String path) {
    if (value instanceof String) {
      return value;
    }
    return malformed(path, value, "must be a string");
  }

  private Object metadata(@Nullable Object value, String path) {
    if (value == null) {
      return Map.of();
    }
    try {
      Map<String, Object> decoded = decoded(value, path);
      return decoded.equals(value) ? value : decoded;
    } catch (UndecodableException e) {
      return lenient && value instanceof Map<?, ?>
          ? fieldByField(Values.object(value), path)
          : malformed(path, value, String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> decoded(Object metadata, String path) {
    // The real server decodes metadata from a text of its own, whose members are sorted.
    if (Values.sorted(metadata) instanceof Map<?, ?> sorted) {
      return Decoding.decode(METADATA, Values.object(sorted), path, unknown);
    }
    throw new UndecodableException(
        "json: cannot unmarshal %s into Go value of type v1.ObjectMeta"
            .formatted(GoValues.typeName(metadata)));
  }

  private Map<String, Object> fieldByField(Map<String, Object> metadata, String path) {
    return Rebuilt.members(
        metadata,
        (name, field) -> {
          try {
            Map<String, Object> alone = decoded(Values.with(Map.of(), field, name), path);
            return alone.getOrDefault(name, Rebuilt.GONE);
          } catch (UndecodableException e) {
            return Rebuilt.GONE;
          }
        });
  }

  private Object malformed(String path, @Nullable Object value, String why) {
    if (lenient) {
      return Rebuilt.GONE;
    }
    throw new MalformedException(FieldError.invalid(path, value, why).text());
  }
}
