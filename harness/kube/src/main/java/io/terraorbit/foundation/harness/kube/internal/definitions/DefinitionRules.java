package io.terraorbit.foundation.harness.kube.internal.definitions;

import io.terraorbit.foundation.harness.kube.internal.resources.Approval;
import io.terraorbit.foundation.harness.kube.internal.resources.Definition;
import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a {@code CustomResourceDefinition} of {@code apiextensions.k8s.io/v1}, besides
 * its metadata, in the order and the words of {@code
 * k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation}.
 */
public final class DefinitionRules {
  private static final List<Object> SCOPES = List.of("Cluster", "Namespaced");
  private static final List<Object> STRATEGIES = List.of("None", "Webhook");

  private final Map<String, Object> object;
  private final List<Object> versions;
  private final VersionRules parts;
  private final List<FieldError> errors = new ArrayList<>();

  private DefinitionRules(Map<String, Object> object) {
    this.object = object;
    this.versions = Values.listAt(object, "spec", "versions");
    this.parts = new VersionRules(versions);
  }

  /**
   * All that is wrong with a definition whose names have their defaults.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 501 if it asks for
   *     what this server does not do
   */
  public static List<FieldError> check(Map<String, Object> object) {
    return new DefinitionRules(object).all();
  }

  /** What must not change, and did. */
  public static List<FieldError> checkChange(
      Map<String, Object> object, Map<String, Object> before) {
    List<FieldError> errors = new ArrayList<>();
    if (Definition.established(before)) {
      immutable(errors, object, before, "spec", "scope");
      immutable(errors, object, before, "spec", "names", "kind");
    }
    immutable(errors, object, before, "spec", "group");
    immutable(errors, object, before, "spec", "names", "plural");
    return errors;
  }

  private List<FieldError> all() {
    refuseWhatIsNotDone();
    String group = text("spec", "group");
    String name = text("metadata", "name");
    boolean fresh = Values.listAt(object, "status", "conditions").isEmpty();
    if (fresh && !name.equals(text("spec", "names", "plural") + "." + group)) {
      errors.add(
          FieldError.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
    }
    group(group);
    scope(text("spec", "scope"));
    schemas();
    defaults();
    versions();
    names();
    errors.addAll(parts.common());
    conversion();
    storedVersions();
    Approval.of(object).flatMap(Approval::error).ifPresent(errors::add);
    preserving();
    return List.copyOf(new LinkedHashSet<>(errors));
  }

  private void refuseWhatIsNotDone() {
    if (text("spec", "conversion", "strategy").equals("Webhook")) {
      throw Refusals.notImplemented("conversion webhooks of custom resources");
    }
    for (Object version : versions) {
      refuseExpressions(new Node(Values.objectAt(version, "schema", "openAPIV3Schema"), ""));
    }
  }

  private static void refuseExpressions(Node node) {
    if (node.says("x-kubernetes-validations")) {
      throw Refusals.notImplemented("x-kubernetes-validations (CEL) in custom resources");
    }
    node.below().forEach(DefinitionRules::refuseExpressions);
  }

  private void group(String group) {
    List<String> problems = Names.subdomainProblems(group);
    if (group.isEmpty()) {
      errors.add(FieldError.required("spec.group", ""));
    } else if (!problems.isEmpty()) {
      errors.add(FieldError.invalid("spec.group", group, String.join(",", problems)));
    } else if (group.indexOf('.') < 0) {
      errors.add(
          FieldError.invalid("spec.group", group, "should be a domain with at least one dot"));
    }
  }

  private void scope(String scope) {
    if (scope.isEmpty()) {
      errors.add(FieldError.required("spec.scope", ""));
    } else if (!SCOPES.contains(scope)) {
      errors.add(FieldError.notSupported("spec.scope", scope, SCOPES));
    }
  }

  private void schemas() {
    for (int i = 0; i < versions.size(); i++) {
      if (Values.at(versions.get(i), "schema", "openAPIV3Schema").isEmpty()) {
        errors.add(
            FieldError.required("spec.versions[%d].schema.openAPIV3Schema".formatted(i), ""));
      }
    }
  }

  private void defaults() {
    if (preserves() && versions.stream().anyMatch(DefinitionRules::hasDefaults)) {
      errors.add(
          FieldError.invalid(
              "spec.preserveUnknownFields",
              true,
              "must be false in order to use defaults in the schema"));
    }
  }

  private static boolean hasDefaults(Object version) {
    return hasDefaults(new Node(Values.objectAt(version, "schema", "openAPIV3Schema"), ""));
  }

  private static boolean hasDefaults(Node node) {
    return node.has("default") || node.below().stream().anyMatch(DefinitionRules::hasDefaults);
  }

  private boolean preserves() {
    return Values.at(object, "spec", "preserveUnknownFields")
        .filter(Boolean.TRUE::equals)
        .isPresent();
  }

  private void versions() {
    Set<String> seen = new LinkedHashSet<>();
    long stored = 0;
    for (int i = 0; i < versions.size(); i++) {
      String name = Values.string(versions.get(i), "name").orElse("");
      seen.add(name);
      stored += VersionRules.flag(versions.get(i), "storage") ? 1 : 0;
      label("spec.versions[%d].name".formatted(i), name, name, "");
      errors.addAll(parts.own(i));
    }
    if (seen.size() != versions.size()) {
      errors.add(FieldError.invalid("spec.versions", shown(), "must contain unique version names"));
    }
    if (stored != 1) {
      errors.add(
          FieldError.invalid(
              "spec.versions", shown(), "must have exactly one version marked as storage version"));
    }
    if (!versions.isEmpty()) {
      String first = Values.string(versions.get(0), "name").orElse("");
      if (!first.isEmpty()) {
        label("spec.version", first, first, "");
      }
    }
  }

  /** The versions as the real server shows them: in the form that it checks. */
  private List<Object> shown() {
    List<Object> shown = new ArrayList<>();
    for (Object version : versions) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("Name", Values.string(version, "name").orElse(""));
      fields.put("Served", VersionRules.flag(version, "served"));
      fields.put("Storage", VersionRules.flag(version, "storage"));
      fields.put("Deprecated", VersionRules.flag(version, "deprecated"));
      fields.put("DeprecationWarning", Values.string(version, "deprecationWarning").orElse(null));
      for (String part :
          List.of("Schema", "Subresources", "AdditionalPrinterColumns", "SelectableFields")) {
        fields.put(part, null);
      }
      shown.add(fields);
    }
    return shown;
  }

  private void names() {
    for (String name : List.of("plural", "singular", "kind", "listKind")) {
      if (text("spec", "names", name).isEmpty()) {
        errors.add(FieldError.required("spec.names." + name, ""));
      }
    }
    String mixed = "may have mixed case, but should otherwise match: ";
    for (String name : List.of("plural", "singular")) {
      String text = text("spec", "names", name);
      if (!text.isEmpty()) {
        label("spec.names." + name, text, text, "");
      }
    }
    for (String name : List.of("kind", "listKind")) {
      String text = text("spec", "names", name);
      if (!text.isEmpty()) {
        label("spec.names." + name, text, text.toLowerCase(Locale.ROOT), mixed);
      }
    }
    labels("shortNames");
    String kind = text("spec", "names", "kind");
    if (!kind.isEmpty() && kind.equals(text("spec", "names", "listKind"))) {
      errors.add(
          FieldError.invalid("spec.names.listKind", kind, "kind and listKind may not be the same"));
    }
    labels("categories");
  }

  private void labels(String list) {
    List<Object> texts = Values.listAt(object, "spec", "names", list);
    for (int i = 0; i < texts.size(); i++) {
      String text = String.valueOf(texts.get(i));
      label("spec.names.%s[%d]".formatted(list, i), text, text, "");
    }
  }

  private void label(String field, String shown, String text, String before) {
    List<String> problems = Names.label1035Problems(text);
    if (!problems.isEmpty()) {
      errors.add(FieldError.invalid(field, shown, before + String.join(",", problems)));
    }
  }

  private void conversion() {
    String strategy = text("spec", "conversion", "strategy");
    if (strategy.isEmpty()) {
      errors.add(FieldError.required("spec.conversion.strategy", ""));
    } else if (!STRATEGIES.contains(strategy)) {
      errors.add(FieldError.notSupported("spec.conversion.strategy", strategy, STRATEGIES));
    }
    String why = "should not be set when strategy is not set to Webhook";
    if (Values.at(object, "spec", "conversion", "webhook", "clientConfig").isPresent()) {
      errors.add(FieldError.forbidden("spec.conversion.webhookClientConfig", why));
    }
    if (!Values.listAt(object, "spec", "conversion", "webhook", "conversionReviewVersions")
        .isEmpty()) {
      errors.add(FieldError.forbidden("spec.conversion.conversionReviewVersions", why));
    }
  }

  private void storedVersions() {
    List<Object> stored = Values.listAt(object, "status", "storedVersions");
    if (stored.isEmpty()) {
      errors.add(
          FieldError.invalid(
              "status.storedVersions", null, "must have at least one stored version"));
      return;
    }
    for (Object version : versions) {
      String name = Values.string(version, "name").orElse("");
      if (VersionRules.flag(version, "storage") && !stored.contains(name)) {
        errors.add(
            FieldError.invalid(
                "status.storedVersions", stored, "must have the storage version " + name));
      }
    }
    List<String> names =
        versions.stream().map(version -> Values.string(version, "name").orElse("")).toList();
    for (int i = 0; i < stored.size(); i++) {
      String name = String.valueOf(stored.get(i));
      if (!names.contains(name)) {
        errors.add(
            FieldError.invalid(
                "status.storedVersions[%d]".formatted(i),
                name,
                ("missing from spec.versions; %1$s was previously a storage version, and must remain"
                        + " in spec.versions until a storage migration ensures no data remains"
                        + " persisted in %1$s and removes %1$s from status.storedVersions")
                    .formatted(name)));
      }
    }
  }

  private void preserving() {
    if (preserves()) {
      errors.add(
          FieldError.invalid(
              "spec.preserveUnknownFields",
              true,
              "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                  + " spec.versions[*].schema instead"));
    }
  }

  private String text(String... path) {
    return Values.string(object, path).orElse("");
  }

  private static void immutable(
      List<FieldError> errors,
      Map<String, Object> object,
      Map<String, Object> before,
      String... path) {
    Object now = Values.at(object, path).orElse(null);
    if (!Values.at(before, path).equals(Values.at(object, path))) {
      errors.add(FieldError.immutable(String.join(".", path), now));
    }
  }
}
