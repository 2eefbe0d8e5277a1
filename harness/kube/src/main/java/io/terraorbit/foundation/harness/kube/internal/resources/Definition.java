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

  /** Whether its kinds are served: its names were accepted once. */
  public static boolean established(Map<String, Object> object) {
    return Values.listAt(object, "status", "conditions").stream()
        .anyMatch(
            condition ->
                Values.string(condition, "type").orElse("").equals("Established")
                    && Values.string(condition, "status").orElse("").equals("True"));
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
      Map<String, Object> accepted = Values.objectAt(object, "status", "acceptedNames");
      this.names =
          Values.string(accepted, "kind").orElse("").isEmpty()
              ? Values.objectAt(object, "spec", "names")
              : accepted;
    }

    Definition read() {
      if (Values.string(object, "spec", "conversion", "strategy").orElse("").equals("Webhook")) {
        throw Refusals.notImplemented("conversion webhooks of custom resources");
      }
      errors.addAll(DefinitionChecks.check(object));
      String group = Values.string(object, "spec", "group").orElse("");
      String plural = Values.string(object, "spec", "names", "plural").orElse("");
      String scope = Values.string(object, "spec", "scope").orElse("");
      List<ResourceType> types = versions(group, plural, scope);
      return new Definition(group, plural, types, errors);
    }

    private List<ResourceType> versions(String group, String plural, String scope) {
      List<Object> versions = Values.listAt(object, "spec", "versions");
      String stored =
          versions.stream()
              .filter(version -> flag(version, "storage"))
              .flatMap(version -> Values.string(version, "name").stream())
              .findFirst()
              .orElse("");
      List<ResourceType> types = new ArrayList<>();
      for (int i = 0; i < versions.size(); i++) {
        ResourceType type = version(versions, i, group, plural, scope, stored);
        if (flag(versions.get(i), "served")) {
          types.add(type);
        }
      }
      return types;
    }

    private ResourceType version(
        List<Object> versions,
        int index,
        String group,
        String plural,
        String scope,
        String stored) {
      Object version = versions.get(index);
      String path = "spec.versions[%d].schema.openAPIV3Schema".formatted(index);
      Map<String, Object> json = Values.objectAt(version, "schema", "openAPIV3Schema");
      String name = Values.string(version, "name").orElse("");
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
          new CustomVersion(
              schema,
              columns(version),
              fields(version),
              scale(subresources),
              Deprecation.warning(version, versions, group, kind)));
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

    private List<String> texts(String name) {
      return Values.listAt(names, name).stream().map(String::valueOf).toList();
    }

    private static boolean flag(Object version, String name) {
      return Values.at(version, name).filter(Boolean.TRUE::equals).isPresent();
    }
  }
}
