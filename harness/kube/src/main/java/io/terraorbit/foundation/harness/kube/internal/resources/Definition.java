package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.schema.SchemaReader;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code CustomResourceDefinition} of {@code apiextensions.k8s.io/v1}, understood. Immutable.
 *
 * @param types the kind in each served version
 * @param errors what is wrong with it; then it must not be stored
 */
public record Definition(
    String group, String plural, List<ResourceType> types, List<FieldError> errors) {
  public Definition {
    types = List.copyOf(types);
    errors = List.copyOf(errors);
  }

  /** Reads a definition whose names already have their defaults. */
  public static Definition read(Map<String, Object> object) {
    return new Reader(object).read();
  }

  /** Fills in {@code singular} and {@code listKind}, as the real server does. */
  public static Map<String, Object> withDefaultNames(Map<String, Object> object) {
    String kind = Values.string(object, "spec", "names", "kind").orElse("");
    Map<String, Object> named = object;
    if (Values.string(object, "spec", "names", "singular").orElse("").isEmpty()) {
      named = Values.with(named, kind.toLowerCase(Locale.ROOT), "spec", "names", "singular");
    }
    if (Values.string(object, "spec", "names", "listKind").orElse("").isEmpty()) {
      named = Values.with(named, kind + "List", "spec", "names", "listKind");
    }
    return Values.at(object, "spec", "conversion").isPresent()
        ? named
        : Values.with(named, Map.of("strategy", "None"), "spec", "conversion");
  }

  /** Versions that objects may have been stored in: with the storage version added. */
  public static List<Object> storedVersions(Map<String, Object> object) {
    Set<Object> stored = new LinkedHashSet<>(Values.listAt(object, "status", "storedVersions"));
    Values.listAt(object, "spec", "versions").stream()
        .filter(version -> Values.at(version, "storage").filter(Boolean.TRUE::equals).isPresent())
        .flatMap(version -> Values.string(version, "name").stream())
        .forEach(stored::add);
    return List.copyOf(stored);
  }

  private static final class Reader {
    private final Map<String, Object> object;
    private final Map<String, Object> names;
    private final List<FieldError> errors = new ArrayList<>();

    Reader(Map<String, Object> object) {
      this.object = object;
      this.names = Values.objectAt(object, "spec", "names");
    }

    Definition read() {
      String group = text("spec", "group");
      String plural = text("spec", "names", "plural");
      text("spec", "names", "kind");
      String name = Values.string(object, "metadata", "name").orElse("");
      if (!name.equals(plural + "." + group)) {
        errors.add(
            FieldError.invalid(
                "metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
      }
      checkGroup(group);
      String scope = text("spec", "scope");
      if (!scope.isEmpty() && !scope.equals("Namespaced") && !scope.equals("Cluster")) {
        errors.add(FieldError.notSupported("spec.scope", scope, List.of("Cluster", "Namespaced")));
      }
      if (Values.string(object, "spec", "conversion", "strategy").orElse("").equals("Webhook")) {
        throw Refusals.notImplemented("conversion webhooks of custom resources");
      }
      return new Definition(group, plural, versions(group, plural, scope), errors);
    }

    private void checkGroup(String group) {
      if (!group.isEmpty() && group.indexOf('.') < 0) {
        errors.add(
            FieldError.invalid("spec.group", group, "should be a domain with at least one dot"));
      }
      boolean guarded = group.endsWith(".k8s.io") || group.endsWith(".kubernetes.io");
      if (guarded
          && Values.string(object, "metadata", "annotations", "api-approved.kubernetes.io")
              .isEmpty()) {
        errors.add(
            FieldError.required(
                "metadata.annotations[api-approved.kubernetes.io]",
                "protected groups must have approval annotation \"api-approved.kubernetes.io\","
                    + " see https://github.com/kubernetes/enhancements/pull/1111"));
      }
    }

    private List<ResourceType> versions(String group, String plural, String scope) {
      List<Object> versions = Values.listAt(object, "spec", "versions");
      long storages = versions.stream().filter(version -> flag(version, "storage")).count();
      if (storages != 1) {
        errors.add(
            FieldError.invalid(
                "spec.versions",
                versions,
                "must have exactly one version marked as storage version"));
      }
      String stored =
          versions.stream()
              .filter(version -> flag(version, "storage"))
              .flatMap(version -> Values.string(version, "name").stream())
              .findFirst()
              .orElse("");
      List<ResourceType> types = new ArrayList<>();
      for (int i = 0; i < versions.size(); i++) {
        ResourceType type = version(versions.get(i), i, group, plural, scope, stored);
        if (flag(versions.get(i), "served")) {
          types.add(type);
        }
      }
      return types;
    }

    private ResourceType version(
        Object version, int index, String group, String plural, String scope, String stored) {
      String path = "spec.versions[%d].schema.openAPIV3Schema".formatted(index);
      Map<String, Object> json = Values.objectAt(version, "schema", "openAPIV3Schema");
      String name = Values.string(version, "name").orElse("");
      Names.label1035Problems(name)
          .forEach(
              problem ->
                  errors.add(
                      FieldError.invalid(
                          "spec.versions[%d].name".formatted(index), name, problem)));
      SchemaReader reader = new SchemaReader();
      if (json.isEmpty()) {
        errors.add(FieldError.required(path, "schemas are required"));
      }
      StructuralSchema schema = reader.readRoot(json, path);
      if (!json.isEmpty()) {
        errors.addAll(reader.errors());
      }
      Map<String, Object> subresources = Values.objectAt(version, "subresources");
      String kind = Values.string(names, "kind").orElse("");
      return new ResourceType(
          group,
          name,
          plural,
          Values.string(names, "singular").orElse(""),
          kind,
          Values.string(names, "listKind").orElse(""),
          texts("shortNames"),
          scope.equals("Namespaced"),
          texts("categories"),
          ResourceType.ALL_VERBS,
          parts(subresources, group, name, kind),
          Set.of(Flag.GENERATION, Flag.LOCKED),
          group + "/" + stored,
          new CustomVersion(schema, columns(version), fields(version), scale(subresources), ""));
    }

    private static List<Subresource> parts(
        Map<String, Object> subresources, String group, String name, String kind) {
      List<Subresource> parts = new ArrayList<>();
      if (subresources.containsKey("scale")) {
        parts.add(Subresource.ofSelf("scale", "autoscaling", "v1", "Scale"));
      }
      if (subresources.containsKey("status")) {
        parts.add(Subresource.ofSelf("status", group, name, kind));
      }
      return parts;
    }

    private static @Nullable ScalePaths scale(Map<String, Object> subresources) {
      return subresources.containsKey("scale")
          ? new ScalePaths(
              Values.string(subresources, "scale", "specReplicasPath").orElse(""),
              Values.string(subresources, "scale", "statusReplicasPath").orElse(""),
              Values.string(subresources, "scale", "labelSelectorPath").orElse(""))
          : null;
    }

    private static List<String> fields(Object version) {
      return Values.listAt(version, "selectableFields").stream()
          .flatMap(field -> Values.string(field, "jsonPath").stream())
          .map(path -> path.startsWith(".") ? path.substring(1) : path)
          .toList();
    }

    private static List<PrinterColumn> columns(Object version) {
      return Values.listAt(version, "additionalPrinterColumns").stream()
          .map(
              column ->
                  new PrinterColumn(
                      Values.string(column, "name").orElse(""),
                      Values.string(column, "type").orElse(""),
                      Values.string(column, "format").orElse(""),
                      Values.string(column, "description").orElse(""),
                      Values.at(column, "priority").orElse(null) instanceof Long priority
                          ? priority
                          : 0,
                      Values.string(column, "jsonPath").orElse("")))
          .toList();
    }

    private String text(String... path) {
      String value = Values.string(object, path).orElse("");
      if (value.isEmpty()) {
        errors.add(FieldError.required(String.join(".", path), ""));
      }
      return value;
    }

    private List<String> texts(String name) {
      return Values.listAt(names, name).stream().map(String::valueOf).toList();
    }

    private static boolean flag(Object version, String name) {
      return Values.at(version, name).filter(Boolean.TRUE::equals).isPresent();
    }
  }
}
