package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.definitions.ObjectMetaRules;
import io.terraorbit.foundation.harness.kube.internal.resources.CustomVersion;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ScalePaths;
import io.terraorbit.foundation.harness.kube.internal.schema.EmbeddedRules;
import io.terraorbit.foundation.harness.kube.internal.schema.ListRules;
import io.terraorbit.foundation.harness.kube.internal.schema.SchemaValidator;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a custom resource besides its metadata: schema, scale, the objects within it,
 * lists, in this order. An update is not blamed for what was wrong before and did not change.
 */
final class CustomRules {
  private static final EmbeddedRules.Syntax SYNTAX = new ObjectMetaRules();

  private CustomRules() {}

  static List<FieldError> check(ResourceType type, Map<String, Object> object) {
    CustomVersion version = type.extension();
    if (version == null) {
      return List.of();
    }
    List<FieldError> errors =
        new ArrayList<>(SchemaValidator.validate(version.schema(), object, ""));
    scale(version.scale(), object, true, errors);
    errors.addAll(EmbeddedRules.check(version.schema(), object, SYNTAX));
    errors.addAll(ListRules.check(version.schema(), object));
    return errors;
  }

  /** What is wrong with an object that replaces another. */
  static List<FieldError> checkChange(
      Target target, Map<String, Object> object, Map<String, Object> before) {
    CustomVersion version = target.type().extension();
    if (version == null) {
      return List.of();
    }
    StructuralSchema schema = version.schema();
    boolean status = target.subresource().equals("status");
    List<FieldError> errors = new ArrayList<>();
    if (!status) {
      errors.addAll(SchemaValidator.validateChange(schema, object, before, ""));
    } else if (object.containsKey("status") && schema.member("status").isPresent()) {
      errors.addAll(
          SchemaValidator.validateChange(
              schema.member("status").get(), object.get("status"), before.get("status"), "status"));
    }
    scale(version.scale(), object, !status, errors);
    if (!status) {
      errors.addAll(EmbeddedRules.check(schema, object, SYNTAX));
    }
    if (ListRules.check(schema, before).isEmpty()) {
      errors.addAll(ListRules.check(schema, object));
    }
    return errors;
  }

  private static void scale(
      @Nullable ScalePaths scale,
      Map<String, Object> object,
      boolean specification,
      List<FieldError> errors) {
    if (scale == null) {
      return;
    }
    if (specification) {
      replicas(object, scale.specReplicas(), errors);
    }
    replicas(object, scale.statusReplicas(), errors);
    Object selector = at(object, scale.labelSelector());
    if (selector != null && !(selector instanceof String)) {
      errors.add(
          FieldError.invalid(
              scale.labelSelector(), "", other(scale.labelSelector(), selector, "string")));
    }
  }

  private static void replicas(Map<String, Object> object, String path, List<FieldError> errors) {
    Object value = at(object, path);
    if (value != null && !(value instanceof Long)) {
      errors.add(FieldError.invalid(path, 0L, other(path, value, "int64")));
    } else if (value instanceof Long replicas && replicas < 0) {
      errors.add(FieldError.invalid(path, replicas, "should be a non-negative integer"));
    } else if (value instanceof Long replicas && replicas > Integer.MAX_VALUE) {
      errors.add(
          FieldError.invalid(
              path, replicas, "should be less than or equal to " + Integer.MAX_VALUE));
    }
  }

  private static @Nullable Object at(Map<String, Object> object, String path) {
    return path.isEmpty()
        ? null
        : Values.at(object, path.substring(1).split("\\.", -1)).orElse(null);
  }

  private static String other(String path, Object value, String wanted) {
    return "%s accessor error: %s is of the type %s, expected %s"
        .formatted(path, goText(value), goType(value), wanted);
  }

  private static String goText(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> sorted = new TreeMap<>(Values.object(members));
      return sorted.entrySet().stream()
          .map(member -> member.getKey() + ":" + goText(member.getValue()))
          .collect(Collectors.joining(" ", "map[", "]"));
    }
    if (value instanceof List<?> elements) {
      return elements.stream().map(CustomRules::goText).collect(Collectors.joining(" ", "[", "]"));
    }
    return value == null ? "<nil>" : String.valueOf(value);
  }

  private static String goType(Object value) {
    return switch (Values.typeName(value)) {
      case "object" -> "map[string]interface {}";
      case "array" -> "[]interface {}";
      case "boolean" -> "bool";
      case "number" -> "float64";
      case "integer" -> "int64";
      default -> "string";
    };
  }
}
