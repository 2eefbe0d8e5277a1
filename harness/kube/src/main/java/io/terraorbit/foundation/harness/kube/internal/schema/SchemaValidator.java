package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a value with a schema, and says what is wrong in the words and in the order of the real
 * server's OpenAPI validator ({@code k8s.io/kube-openapi/pkg/validation}). Members are looked at in
 * the order of their names, which in the real server is accidental.
 *
 * <p>A wrong type does not end the checks of a value; of several failed alternatives the one that
 * passed most checks is reported. Under update, what did not change is not reported.
 */
public final class SchemaValidator {
  private static final Set<String> TYPE_META = Set.of("apiVersion", "kind");

  private final String prefix;

  private SchemaValidator(String prefix) {
    this.prefix = prefix;
  }

  /** What is wrong with a new value; the paths of its members begin with a prefix. */
  public static List<FieldError> validate(
      StructuralSchema schema, @Nullable Object value, String prefix) {
    return new SchemaValidator(prefix).value(schema, value, "", null).errors();
  }

  /** What is wrong with a value that replaces another, and was not wrong with that. */
  public static List<FieldError> validateChange(
      StructuralSchema schema, @Nullable Object value, @Nullable Object before, String prefix) {
    return new SchemaValidator(prefix)
        .value(schema, value, "", new Correlated(schema, before, value))
        .errors();
  }

  private Findings value(
      StructuralSchema schema, @Nullable Object value, String path, @Nullable Correlated old) {
    Findings findings = checks(schema, value, path, old);
    return !findings.clean() && old != null && old.unchanged() ? findings.forgiven() : findings;
  }

  private Findings checks(
      StructuralSchema schema, @Nullable Object value, String path, @Nullable Correlated old) {
    Findings findings = new Findings();
    if (!types(schema).isEmpty() || !schema.bounds().format().isEmpty()) {
      step(findings, type(schema, value, path), value);
    }
    if (value != null) {
      step(findings, junctors(schema, value, path, old), value);
      contents(findings, schema, value, path, old);
    }
    step(findings, allowed(schema, value, path), value);
    if (value instanceof Map<?, ?> members) {
      step(findings, object(schema, Values.object(members), path, old), value);
    }
    return value == null ? findings : findings.pass();
  }

  private void contents(
      Findings findings,
      StructuralSchema schema,
      Object value,
      String path,
      @Nullable Correlated old) {
    if (value instanceof String text) {
      step(findings, string(schema, text, path), value);
      if (!schema.bounds().format().isEmpty()) {
        step(findings, format(schema, text, path), value);
      }
    } else if (value instanceof Number number) {
      Ranges ranges = new Ranges(schema, path, fieldOf(path), fieldOf(""));
      step(findings, ranges.check(Numbers.normal(number)), value);
    } else if (value instanceof List<?> elements) {
      step(findings, array(schema, elements, path, old), value);
    }
  }

  private static void step(Findings findings, Findings result, @Nullable Object value) {
    findings.merge(result);
    if (value != null) {
      findings.pass();
    }
  }

  private Findings type(StructuralSchema schema, @Nullable Object value, String path) {
    List<String> types = types(schema);
    String format = schema.bounds().format();
    if (value == null) {
      return types.isEmpty() || schema.nullable()
          ? Findings.passed()
          : wrongType(path, String.join(",", types), "null");
    }
    Object normal = value instanceof Number number ? Numbers.normal(number) : value;
    String met = Values.typeName(normal);
    boolean fits =
        types.contains(met)
            || (normal instanceof Double real && types.contains("integer") && Numbers.whole(real))
            || (met.equals("integer") && types.contains("number"));
    boolean textual = value instanceof String || value instanceof List<?>;
    if (!textual && !format.isEmpty() && !fits) {
      String metFormat =
          normal instanceof Long ? "int64" : normal instanceof Double ? "float64" : "";
      return metFormat.equals(format) ? Findings.passed() : wrongType(path, format, metFormat);
    }
    boolean numeric = types.contains("number") || types.contains("integer");
    if (textual && !format.isEmpty() && !numeric) {
      return Findings.passed();
    }
    return fits ? Findings.passed() : wrongType(path, String.join(",", types), met);
  }

  private Findings wrongType(String path, String wanted, String met) {
    return Findings.of(
        FieldError.type(
            fieldOf(path),
            met,
            "%s in body must be of type %s: \"%s\"".formatted(path, wanted, met)));
  }

  private Findings junctors(
      StructuralSchema schema, Object value, String path, @Nullable Correlated old) {
    StructuralSchema.Choices choices = schema.choices();
    Findings findings = new Findings();
    if (!choices.anyOf().isEmpty()) {
      anyOf(findings, choices.anyOf(), value, path, old);
    }
    if (!choices.oneOf().isEmpty()) {
      oneOf(findings, choices.oneOf(), value, path, old);
    }
    if (!choices.allOf().isEmpty()) {
      allOf(findings, choices.allOf(), value, path, old);
    }
    if (choices.not() != null && checks(choices.not(), value, path, old).clean()) {
      findings.add(whole("\"%s\" must not validate the schema (not)", path));
    }
    return findings.pass();
  }

  private void anyOf(
      Findings findings,
      List<StructuralSchema> alternatives,
      Object value,
      String path,
      @Nullable Correlated old) {
    Findings best = null;
    for (StructuralSchema alternative : alternatives) {
      Findings result = checks(alternative, value, path, old);
      if (result.clean()) {
        findings.merge(result);
        return;
      }
      best = result.betterThan(best) ? result : best;
    }
    findings.add(whole("\"%s\" must validate at least one schema (anyOf)", path));
    if (best != null) {
      findings.merge(best);
    }
  }

  private void oneOf(
      Findings findings,
      List<StructuralSchema> alternatives,
      Object value,
      String path,
      @Nullable Correlated old) {
    Findings best = null;
    Findings first = null;
    int valid = 0;
    for (StructuralSchema alternative : alternatives) {
      Findings result = checks(alternative, value, path, old);
      if (result.clean()) {
        valid++;
        first = first == null ? result : first;
      } else if (valid == 0 && result.betterThan(best)) {
        best = result;
      }
    }
    if (valid == 1 && first != null) {
      findings.merge(first);
      return;
    }
    String met = valid == 0 ? "Found none valid" : "Found %d valid alternatives".formatted(valid);
    findings.add(whole("\"%s\" must validate one and only one schema (oneOf). " + met, path));
    if (valid == 0 && best != null) {
      findings.merge(best);
    }
  }

  private void allOf(
      Findings findings,
      List<StructuralSchema> parts,
      Object value,
      String path,
      @Nullable Correlated old) {
    int valid = 0;
    for (StructuralSchema part : parts) {
      Findings result = checks(part, value, path, old);
      valid += result.clean() ? 1 : 0;
      findings.merge(result);
    }
    if (valid != parts.size()) {
      String none = valid == 0 ? ". None validated" : "";
      findings.add(whole("\"%s\" must validate all the schemas (allOf)" + none, path));
    }
  }

  private Findings string(StructuralSchema schema, String text, String path) {
    StructuralSchema.Bounds bounds = schema.bounds();
    long length = text.codePointCount(0, text.length());
    if (bounds.maxLength() != null && length > bounds.maxLength()) {
      return Findings.of(FieldError.tooLong(fieldOf(path), bounds.maxLength()));
    }
    if (bounds.minLength() != null && length < bounds.minLength()) {
      return invalid(path, text, "should be at least %d chars long".formatted(bounds.minLength()));
    }
    if (bounds.pattern() != null && !bounds.pattern().matcher(text).find()) {
      return invalid(path, text, "should match '%s'".formatted(bounds.pattern().pattern()));
    }
    return new Findings();
  }

  private Findings format(StructuralSchema schema, String text, String path) {
    String format = schema.bounds().format();
    return Formats.fits(format, text)
        ? new Findings()
        : Findings.of(
            FieldError.type(
                fieldOf(path),
                text,
                "%s in body must be of type %s: %s".formatted(path, format, Json.text(text))));
  }

  private Findings array(
      StructuralSchema schema, List<?> elements, String path, @Nullable Correlated old) {
    Findings findings = new Findings();
    if (schema.items() != null) {
      for (int i = 0; i < elements.size(); i++) {
        Correlated before = old == null ? null : old.element(i).orElse(null);
        findings.merge(value(schema.items(), elements.get(i), "%s[%d]".formatted(path, i), before));
      }
    }
    StructuralSchema.Bounds bounds = schema.bounds();
    long size = elements.size();
    if (bounds.minItems() != null && size < bounds.minItems()) {
      findings.merge(
          invalid(path, size, "should have at least %d items".formatted(bounds.minItems())));
    }
    if (bounds.maxItems() != null && size > bounds.maxItems()) {
      findings.add(FieldError.tooMany(fieldOf(path), size, bounds.maxItems()));
    }
    return findings.pass();
  }

  private Findings allowed(StructuralSchema schema, @Nullable Object value, String path) {
    List<Object> allowed = schema.choices().values();
    if (allowed.isEmpty() || Enumerated.contains(allowed, value)) {
      return new Findings();
    }
    List<Object> shown = new ArrayList<>();
    allowed.forEach(one -> shown.add(one instanceof String ? one : Json.text(one)));
    return Findings.of(FieldError.notSupported(fieldOf(path), value, shown));
  }

  private Findings object(
      StructuralSchema schema, Map<String, Object> object, String path, @Nullable Correlated old) {
    Findings findings = new Findings();
    StructuralSchema.Bounds bounds = schema.bounds();
    long size = object.size();
    if (bounds.minProperties() != null && size < bounds.minProperties()) {
      findings.merge(
          invalid(
              path, size, "should have at least %d properties".formatted(bounds.minProperties())));
    }
    if (bounds.maxProperties() != null && size > bounds.maxProperties()) {
      findings.add(FieldError.tooMany(fieldOf(path), size, bounds.maxProperties()));
    }
    additional(findings, schema, object, path, old);
    schema
        .properties()
        .forEach(
            (name, property) -> {
              if (object.containsKey(name)) {
                String memberPath = path.isEmpty() ? name : path + "." + name;
                findings.merge(
                    value(property, object.get(name), memberPath, member(old, name, path)));
              }
            });
    for (String name : schema.choices().required()) {
      if (!object.containsKey(name)) {
        findings.add(FieldError.required(fieldOf(path + "." + name), ""));
      }
    }
    return findings;
  }

  private void additional(
      Findings findings,
      StructuralSchema schema,
      Map<String, Object> object,
      String path,
      @Nullable Correlated old) {
    StructuralSchema.Additional additional = schema.additional();
    if (additional == null || (additional.allowed() && additional.schema() == null)) {
      return;
    }
    object.forEach(
        (name, member) -> {
          if (schema.properties().containsKey(name)) {
            return;
          }
          String memberPath = path + "." + name;
          if (additional.schema() == null) {
            findings.merge(
                Findings.of(
                    FieldError.invalid(
                        fieldOf(path), name, memberPath + " in body is a forbidden property")));
          } else {
            findings.merge(value(additional.schema(), member, memberPath, member(old, name, path)));
          }
        });
  }

  /** What a member replaces; the version and kind of the whole are never forgiven. */
  private static @Nullable Correlated member(@Nullable Correlated old, String name, String path) {
    return old == null || (path.isEmpty() && TYPE_META.contains(name))
        ? null
        : old.member(name).orElse(null);
  }

  private Findings invalid(String path, Object value, String detail) {
    return Findings.of(FieldError.invalid(fieldOf(path), value, path + " in body " + detail));
  }

  /** An error of the junctors, which the real server does not place. */
  private FieldError whole(String message, String path) {
    return FieldError.invalid(fieldOf(""), "", message.formatted(path));
  }

  private String fieldOf(String path) {
    String field = path.startsWith(".") ? path.substring(1) : path;
    if (field.isEmpty()) {
      return prefix.isEmpty() ? "<nil>" : prefix;
    }
    return prefix.isEmpty() ? field : prefix + "." + field;
  }

  private static List<String> types(StructuralSchema schema) {
    if (schema.intOrString()) {
      return List.of("integer", "string");
    }
    return schema.type().isEmpty() ? List.of() : List.of(schema.type());
  }
}
