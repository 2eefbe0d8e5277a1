package io.terraorbit.foundation.harness.kube.internal.status;

import io.terraorbit.foundation.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with one field, in the words of {@code k8s.io/apimachinery} {@code field.Error}.
 * Immutable.
 *
 * @param reason the cause's reason, such as {@code FieldValueInvalid}
 * @param field path such as {@code spec.ports[0].name}
 * @param message all after the field
 */
public record FieldError(String reason, String field, String message) {
  public static FieldError required(String field, String detail) {
    return new FieldError(
        "FieldValueRequired", field, "Required value" + (detail.isEmpty() ? "" : ": " + detail));
  }

  public static FieldError invalid(String field, @Nullable Object value, String detail) {
    return new FieldError(
        "FieldValueInvalid", field, "Invalid value: %s: %s".formatted(show(value), detail));
  }

  /** It may not change. */
  public static FieldError immutable(String field, @Nullable Object value) {
    return invalid(field, value, "field is immutable");
  }

  /** Wrong JSON type; the real server puts the name of the met type where the value would be. */
  public static FieldError type(String field, String met, String detail) {
    return new FieldError(
        "FieldValueTypeInvalid", field, "Invalid value: %s: %s".formatted(show(met), detail));
  }

  public static FieldError notSupported(
      String field, @Nullable Object value, List<Object> supported) {
    return new FieldError(
        "FieldValueNotSupported",
        field,
        "Unsupported value: %s: supported values: %s"
            .formatted(
                show(value),
                supported.stream().map(FieldError::show).collect(Collectors.joining(", "))));
  }

  public static FieldError forbidden(String field, String detail) {
    return new FieldError("FieldValueForbidden", field, "Forbidden: " + detail);
  }

  public static FieldError tooLong(String field, long bytes) {
    return new FieldError(
        "FieldValueTooLong",
        field,
        "Too long: may not be more than %d %s".formatted(bytes, bytes == 1 ? "byte" : "bytes"));
  }

  public static FieldError tooMany(String field, long met, long most) {
    return new FieldError(
        "FieldValueTooMany",
        field,
        "Too many: %d: must have at most %d %s".formatted(met, most, most == 1 ? "item" : "items"));
  }

  public static FieldError duplicate(String field, @Nullable Object value) {
    return new FieldError("FieldValueDuplicate", field, "Duplicate value: " + show(value));
  }

  public static FieldError notFound(String field, @Nullable Object value) {
    return new FieldError("FieldValueNotFound", field, "Not found: " + show(value));
  }

  /** The whole text: field, then what is wrong. */
  public String text() {
    return field + ": " + message;
  }

  /** Several as one text: in brackets unless there is just one. */
  public static String text(List<FieldError> errors) {
    List<String> texts = errors.stream().map(FieldError::text).distinct().toList();
    return texts.size() == 1 ? texts.get(0) : texts.toString();
  }

  Map<String, Object> cause() {
    return Causes.cause(reason, message, field);
  }

  private static String show(@Nullable Object value) {
    return value instanceof Double number ? GoNumbers.text(number) : Json.text(value);
  }
}
