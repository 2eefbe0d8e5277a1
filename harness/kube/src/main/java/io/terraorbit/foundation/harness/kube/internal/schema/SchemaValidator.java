package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
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
    SchemaValidator validator = new SchemaValidator();
    validator.object(schema, object, "", true);
    validator.choices(schema, object, "");
    return List.copyOf(validator.errors);
  }

  private void value(StructuralSchema schema, @Nullable Object value, String path) {
    if (value == null && (schema.nullable() || untyped(schema))) {
      return;
    }
    if (!typeFits(schema, value)) {
      String wanted = schema.intOrString() ? "integer,string" : schema.type();
      errors.add(FieldError.type(path, met(value), typeText(path, wanted, value)));
      return;
    }
    if (value instanceof Map<?, ?> members) {
      object(schema, Values.object(members), path, schema.embedded());
    } else if (value instanceof List<?> elements) {
      array(schema, elements, path);
    } else if (value instanceof String text) {
      string(schema, text, path);
    } else if (value instanceof Number number) {
      number(schema, number, path);
    }
    choices(schema, value, path);
  }

  private void object(
      StructuralSchema schema, Map<String, Object> object, String path, boolean envelope) {
    for (String name : schema.choices().required()) {
      if (!object.containsKey(name)) {
        errors.add(FieldError.required(join(path, name), ""));
      }
    }
    object.forEach(
        (name, member) -> {
          if (!(envelope && ENVELOPE.contains(name))) {
            schema.member(name).ifPresent(known -> value(known, member, join(path, name)));
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

  private void array(StructuralSchema schema, List<?> elements, String path) {
    if (schema.items() != null) {
      for (int i = 0; i < elements.size(); i++) {
        value(schema.items(), elements.get(i), "%s[%d]".formatted(path, i));
      }
    }
    StructuralSchema.Bounds bounds = schema.bounds();
    if (bounds.minItems() != null && elements.size() < bounds.minItems()) {
      invalid(path, elements.size(), "should have at least %d items", bounds.minItems());
    }
    if (bounds.maxItems() != null && elements.size() > bounds.maxItems()) {
      errors.add(FieldError.tooMany(path, elements.size(), bounds.maxItems()));
    }
    unique(schema, elements, path);
  }

  private void unique(StructuralSchema schema, List<?> elements, String path) {
    StructuralSchema.Choices choices = schema.choices();
    if (choices.listType().equals("atomic")) {
      return;
    }
    Set<@Nullable Object> seen = new HashSet<>();
    for (int i = 0; i < elements.size(); i++) {
      Object element = elements.get(i);
      Object key = element;
      if (choices.listType().equals("map") && element instanceof Map<?, ?> members) {
        Map<String, @Nullable Object> keys = new java.util.TreeMap<>();
        choices.listMapKeys().forEach(name -> keys.put(name, members.get(name)));
        key = keys;
      }
      if (!seen.add(key)) {
        errors.add(FieldError.duplicate("%s[%d]".formatted(path, i), key));
      }
    }
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
    choices.allOf().forEach(part -> errors.addAll(problems(part, value, path)));
    if (!choices.anyOf().isEmpty() && matching(choices.anyOf(), value, path) == 0) {
      invalid(path, value, "must validate at least one schema (anyOf)", "");
    }
    if (!choices.oneOf().isEmpty() && matching(choices.oneOf(), value, path) != 1) {
      invalid(path, value, "must validate one and only one schema (oneOf)", "");
    }
    if (choices.not() != null && problems(choices.not(), value, path).isEmpty()) {
      invalid(path, value, "must not validate the schema (not)", "");
    }
  }

  private static long matching(
      List<StructuralSchema> schemas, @Nullable Object value, String path) {
    return schemas.stream().filter(schema -> problems(schema, value, path).isEmpty()).count();
  }

  private static List<FieldError> problems(
      StructuralSchema schema, @Nullable Object value, String path) {
    SchemaValidator nested = new SchemaValidator();
    nested.value(schema, value, path);
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
