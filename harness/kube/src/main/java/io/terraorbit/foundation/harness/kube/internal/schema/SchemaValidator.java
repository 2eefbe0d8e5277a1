package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a value with a schema, and says what is wrong in the words of the real server's OpenAPI
 * validator ({@code k8s.io/kube-openapi/pkg/validation}).
 */
public final class SchemaValidator {
  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private final List<FieldError> errors = new ArrayList<>();

  private SchemaValidator() {}

  /** What is wrong with a custom resource; its metadata is none of the schema's business. */
  public static List<FieldError> validate(StructuralSchema schema, Map<String, Object> object) {
    return validate(schema, object, null);
  }

  /**
   * What is wrong with a custom resource that was changed. A value that is as it was before is not
   * looked at, however wrong it has become, since the schema may be newer than the object.
   *
   * @param before null for a new object
   */
  public static List<FieldError> validate(
      StructuralSchema schema, Map<String, Object> object, @Nullable Map<String, Object> before) {
    SchemaValidator validator = new SchemaValidator();
    validator.object(schema, object, before, "", true);
    validator.choices(schema, object, "");
    List<FieldError> all = new ArrayList<>(validator.errors);
    all.addAll(ListTypes.check(schema, object));
    return List.copyOf(all);
  }

  private void value(
      StructuralSchema schema, @Nullable Object value, @Nullable Object before, String path) {
    if (value == null && (schema.nullable() || untyped(schema))) {
      return;
    }
    if (value != null && value.equals(before)) {
      return;
    }
    if (!typeFits(schema, value)) {
      String wanted = schema.intOrString() ? "integer,string" : schema.type();
      errors.add(FieldError.type(path, met(value), typeText(path, wanted, value)));
      return;
    }
    if (value instanceof Map<?, ?> members) {
      object(schema, Values.object(members), before, path, schema.embedded());
    } else if (value instanceof List<?> elements) {
      array(schema, elements, before, path);
    } else if (value instanceof String text) {
      string(schema, text, path);
    } else if (value instanceof Number number) {
      number(schema, number, path);
    }
    choices(schema, value, path);
  }

  private void object(
      StructuralSchema schema,
      Map<String, Object> object,
      @Nullable Object before,
      String path,
      boolean envelope) {
    for (String name : schema.choices().required()) {
      if (!object.containsKey(name)) {
        errors.add(FieldError.required(join(path, name), ""));
      }
    }
    object.forEach(
        (name, member) -> {
          if (!(envelope && ENVELOPE.contains(name))) {
            Object old = before instanceof Map<?, ?> members ? members.get(name) : null;
            schema.member(name).ifPresent(known -> value(known, member, old, join(path, name)));
          }
        });
    StructuralSchema.Bounds bounds = schema.bounds();
    if (bounds.minProperties() != null && object.size() < bounds.minProperties()) {
      invalid(path, object.size(), "should have at least %d properties", bounds.minProperties());
    }
    if (bounds.maxProperties() != null && object.size() > bounds.maxProperties()) {
      errors.add(FieldError.tooMany(path, object.size(), bounds.maxProperties()));
    }
  }

  private void array(
      StructuralSchema schema, List<?> elements, @Nullable Object before, String path) {
    StructuralSchema items = schema.items();
    for (int i = 0; items != null && i < elements.size(); i++) {
      Object element = elements.get(i);
      value(items, element, counterpart(schema, element, before), "%s[%d]".formatted(path, i));
    }
    StructuralSchema.Bounds bounds = schema.bounds();
    if (bounds.minItems() != null && elements.size() < bounds.minItems()) {
      invalid(path, elements.size(), "should have at least %d items", bounds.minItems());
    }
    if (bounds.maxItems() != null && elements.size() > bounds.maxItems()) {
      errors.add(FieldError.tooMany(path, elements.size(), bounds.maxItems()));
    }
  }

  /** What an element was before, which only a list with keys can tell; null if it was not there. */
  private static @Nullable Object counterpart(
      StructuralSchema list, @Nullable Object element, @Nullable Object before) {
    Map<String, @Nullable Object> key = ListTypes.key(list, element);
    if (!list.choices().listType().equals("map")
        || key == null
        || !(before instanceof List<?> old)) {
      return null;
    }
    for (Object candidate : old) {
      if (key.equals(ListTypes.key(list, candidate))) {
        return candidate;
      }
    }
    return null;
  }

  private void string(StructuralSchema schema, String text, String path) {
    StructuralSchema.Bounds bounds = schema.bounds();
    int length = text.codePointCount(0, text.length());
    if (bounds.minLength() != null && length < bounds.minLength()) {
      invalid(path, text, "should be at least %d chars long", bounds.minLength());
    }
    if (bounds.maxLength() != null && length > bounds.maxLength()) {
      errors.add(FieldError.tooLong(path, bounds.maxLength()));
    }
    if (bounds.pattern() != null && !bounds.pattern().matcher(text).find()) {
      invalid(path, text, "should match '%s'", bounds.pattern().pattern());
    }
    if (!Formats.fits(bounds.format(), text)) {
      errors.add(
          FieldError.invalid(
              path,
              text,
              "%s in body must be of type %s: \"%s\"".formatted(path, bounds.format(), text)));
    }
  }

  private void number(StructuralSchema schema, Number number, String path) {
    StructuralSchema.Bounds bounds = schema.bounds();
    double value = number.doubleValue();
    if (bounds.minimum() != null
        && (bounds.exclusiveMinimum() ? value <= bounds.minimum() : value < bounds.minimum())) {
      String relation = bounds.exclusiveMinimum() ? "greater than" : "greater than or equal to";
      invalid(path, number, "should be " + relation + " %s", plain(bounds.minimum()));
    }
    if (bounds.maximum() != null
        && (bounds.exclusiveMaximum() ? value >= bounds.maximum() : value > bounds.maximum())) {
      String relation = bounds.exclusiveMaximum() ? "less than" : "less than or equal to";
      invalid(path, number, "should be " + relation + " %s", plain(bounds.maximum()));
    }
    if (bounds.multipleOf() != null && value % bounds.multipleOf() != 0) {
      invalid(path, number, "should be a multiple of %s", plain(bounds.multipleOf()));
    }
  }

  private void choices(StructuralSchema schema, @Nullable Object value, String path) {
    StructuralSchema.Choices choices = schema.choices();
    if (!choices.values().isEmpty() && !choices.values().contains(value)) {
      errors.add(FieldError.notSupported(path, value, choices.values()));
    }
    allOf(choices.allOf(), value, path);
    anyOf(choices.anyOf(), value, path);
    oneOf(choices.oneOf(), value, path);
    if (choices.not() != null && problems(choices.not(), value, path).isEmpty()) {
      composed(path, "must not validate the schema (not)");
    }
  }

  private void allOf(List<StructuralSchema> parts, @Nullable Object value, String path) {
    int failed = 0;
    for (StructuralSchema part : parts) {
      List<FieldError> problems = problems(part, value, path);
      errors.addAll(problems);
      failed += problems.isEmpty() ? 0 : 1;
    }
    if (failed > 0) {
      String none = failed == parts.size() ? ". None validated" : "";
      composed(path, "must validate all the schemas (allOf)" + none);
    }
  }

  private void anyOf(List<StructuralSchema> parts, @Nullable Object value, String path) {
    if (parts.isEmpty()) {
      return;
    }
    List<List<FieldError>> tries = tries(parts, value, path);
    if (tries.stream().noneMatch(List::isEmpty)) {
      composed(path, "must validate at least one schema (anyOf)");
      errors.addAll(nearest(tries));
    }
  }

  private void oneOf(List<StructuralSchema> parts, @Nullable Object value, String path) {
    if (parts.isEmpty()) {
      return;
    }
    List<List<FieldError>> tries = tries(parts, value, path);
    long valid = tries.stream().filter(List::isEmpty).count();
    if (valid == 0) {
      composed(path, "must validate one and only one schema (oneOf). Found none valid");
      errors.addAll(nearest(tries));
    } else if (valid > 1) {
      composed(
          path,
          "must validate one and only one schema (oneOf). Found %d valid alternatives"
              .formatted(valid));
    }
  }

  private static List<List<FieldError>> tries(
      List<StructuralSchema> parts, @Nullable Object value, String path) {
    return parts.stream().map(part -> problems(part, value, path)).toList();
  }

  /** The alternative with the fewest problems. */
  private static List<FieldError> nearest(List<List<FieldError>> tries) {
    return tries.stream().min(Comparator.comparingInt(List::size)).orElse(List.of());
  }

  /** Of several schemas together; the real server loses the field here, and only quotes it. */
  private void composed(String path, String what) {
    errors.add(
        new FieldError(
            "FieldValueInvalid", "<nil>", "Invalid value: \"\": \"%s\" %s".formatted(path, what)));
  }

  private static List<FieldError> problems(
      StructuralSchema schema, @Nullable Object value, String path) {
    SchemaValidator nested = new SchemaValidator();
    nested.value(schema, value, null, path);
    return nested.errors;
  }

  private void invalid(String path, @Nullable Object value, String format, Object bound) {
    Object shown = value instanceof Integer size ? (Object) size.longValue() : value;
    errors.add(FieldError.invalid(path, shown, path + " in body " + format.formatted(bound)));
  }

  private static boolean untyped(StructuralSchema schema) {
    return schema.type().isEmpty() && !schema.intOrString();
  }

  private static boolean typeFits(StructuralSchema schema, @Nullable Object value) {
    if (schema.intOrString()) {
      return value instanceof Long || value instanceof BigInteger || value instanceof String;
    }
    return switch (schema.type()) {
      case "" -> true;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Number number && integral(number);
      default -> schema.type().equals(Values.typeName(value));
    };
  }

  private static boolean integral(Number number) {
    return !(number instanceof Double real) || real == Math.rint(real);
  }

  private static String met(@Nullable Object value) {
    return Values.typeName(value);
  }

  private static String typeText(String path, String wanted, @Nullable Object value) {
    return "%s in body must be of type %s: \"%s\"".formatted(path, wanted, met(value));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static Object plain(double bound) {
    return bound == Math.rint(bound) ? (Object) (long) bound : (Object) bound;
  }
}
