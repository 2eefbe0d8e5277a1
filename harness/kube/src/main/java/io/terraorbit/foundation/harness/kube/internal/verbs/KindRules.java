package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Definition;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of single built-in kinds. */
final class KindRules {
  static final String NAMESPACE = "namespaces";
  static final String DEFINITION = "customresourcedefinitions.apiextensions.k8s.io";
  static final String POD = "pods";

  private static final Pattern MICRO_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|[+-]\\d\\d:\\d\\d)");
  private static final Set<String> PENDING_AT_FIRST =
      Set.of(POD, "persistentvolumeclaims", "persistentvolumes");

  private KindRules() {}

  /** What the kind fills in or resets when an object is created. */
  static Map<String, Object> onCreate(ResourceType type, Map<String, Object> object) {
    String resource = type.subject("").qualified();
    if (resource.equals(NAMESPACE)) {
      Map<String, Object> labelled =
          Values.with(
              object, Meta.name(object), "metadata", "labels", "kubernetes.io/metadata.name");
      Map<String, Object> guarded =
          Values.with(labelled, List.of("kubernetes"), "spec", "finalizers");
      return Values.with(guarded, Map.of("phase", "Active"), "status");
    }
    if (resource.equals(DEFINITION)) {
      Map<String, Object> named = Definition.withDefaultNames(object);
      return Values.with(
          Values.without(named, "status"),
          Definition.storedVersions(named),
          "status",
          "storedVersions");
    }
    if (PENDING_AT_FIRST.contains(resource)) {
      return Values.with(object, Map.of("phase", "Pending"), "status");
    }
    return Values.with(
        object,
        resource.equals("services") ? Map.of("loadBalancer", Map.of()) : Map.of(),
        "status");
  }

  /** The form in which an object of the kind is kept, whatever form it came in. */
  static Map<String, Object> kept(ResourceType type, Map<String, Object> object) {
    if (!type.subject("").qualified().equals("secrets")) {
      return object;
    }
    Map<String, Object> kept = object;
    for (Map.Entry<String, Object> plain : Values.objectAt(object, "stringData").entrySet()) {
      byte[] bytes = String.valueOf(plain.getValue()).getBytes(StandardCharsets.UTF_8);
      kept = Values.with(kept, Base64.getEncoder().encodeToString(bytes), "data", plain.getKey());
    }
    kept = Values.without(kept, "stringData");
    return kept.containsKey("type") ? kept : Values.with(kept, "Opaque", "type");
  }

  /** What the kind does to an update; {@code before} is what is stored. */
  static Map<String, Object> onUpdate(
      ResourceType type, Map<String, Object> object, Map<String, Object> before) {
    String resource = type.subject("").qualified();
    if (resource.equals(NAMESPACE)) {
      Map<String, Object> kept = Meta.keepMember(object, before, "spec");
      return Values.with(
          kept, Meta.name(before), "metadata", "labels", "kubernetes.io/metadata.name");
    }
    if (resource.equals(DEFINITION)) {
      Map<String, Object> named = Definition.withDefaultNames(object);
      return Values.with(named, Definition.storedVersions(named), "status", "storedVersions");
    }
    return object;
  }

  /** What is wrong with an object of the kind. */
  static List<FieldError> check(ResourceType type, Map<String, Object> object) {
    String resource = type.subject("").qualified();
    return resource.equals(DEFINITION) ? Definition.read(object).errors() : List.of();
  }

  /** What must not change, and did. */
  static List<FieldError> checkChange(
      ResourceType type, Map<String, Object> object, Map<String, Object> before) {
    List<FieldError> errors = new ArrayList<>();
    switch (type.subject("").qualified()) {
      case "deployments.apps", "replicasets.apps", "daemonsets.apps", "statefulsets.apps" ->
          immutable(errors, object, before, "spec", "selector");
      case "secrets" -> {
        immutable(errors, object, before, "type");
        frozen(errors, object, before, "data");
      }
      case "configmaps" -> frozen(errors, object, before, "data", "binaryData");
      case DEFINITION -> {
        immutable(errors, object, before, "spec", "group");
        immutable(errors, object, before, "spec", "scope");
        immutable(errors, object, before, "spec", "names", "plural");
        immutable(errors, object, before, "spec", "names", "kind");
      }
      default -> {}
    }
    return errors;
  }

  /**
   * Checks the JSON types of fields on which clients depend.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400
   */
  static void checkTypes(ResourceType type, Map<String, Object> object) {
    if (!type.subject("").qualified().equals("leases.coordination.k8s.io")) {
      return;
    }
    for (String field : List.of("acquireTime", "renewTime")) {
      Values.at(object, "spec", field)
          .map(String::valueOf)
          .filter(time -> !MICRO_TIME.matcher(time).matches())
          .ifPresent(
              time -> {
                throw Refusals.badRequest(
                    ("Lease in version \"v1\" cannot be handled as a Lease: parsing time \"%s\" as"
                            + " \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"%s\" as"
                            + " \".000000\"")
                        .formatted(time, time.length() > 19 ? time.substring(19) : time));
              });
    }
  }

  private static void frozen(
      List<FieldError> errors,
      Map<String, Object> object,
      Map<String, Object> before,
      String... members) {
    if (!Boolean.TRUE.equals(before.get("immutable"))) {
      return;
    }
    if (!Boolean.TRUE.equals(object.get("immutable"))) {
      errors.add(FieldError.forbidden("immutable", "field is immutable when `immutable` is set"));
    }
    for (String member : members) {
      if (!Values.objectAt(object, member).equals(Values.objectAt(before, member))) {
        errors.add(FieldError.forbidden(member, "field is immutable when `immutable` is set"));
      }
    }
  }

  private static void immutable(
      List<FieldError> errors,
      Map<String, Object> object,
      Map<String, Object> before,
      String... path) {
    Object now = Values.at(object, path).orElse(null);
    if (!Values.at(before, path).equals(Values.at(object, path))) {
      errors.add(FieldError.invalid(String.join(".", path), now, "field is immutable"));
    }
  }
}
