package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.schema.SchemaReader;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A good {@code CustomResourceDefinition} of {@code apiextensions.k8s.io/v1}, understood.
 * Immutable.
 *
 * @param types the kind in each served version
 * @param stored the kind in the version in which objects are kept, served or not
 */
public record Definition(
    String group, String plural, List<ResourceType> types, Optional<ResourceType> stored) {
  public Definition {
    types = List.copyOf(types);
  }

  /** Reads a definition whose names already have their defaults. */
  public static Definition read(Map<String, Object> object) {
    return new Reader(object).read();
  }

  /** Fills in {@code singular} and {@code listKind}, as the real server does. */
  public static Map<String, Object> withDefaultNames(Map<String, Object> object) {
    String kind = Values.string(object, "spec", "names", "kind").orElse("");
    Map<String, Object> named = object;
    if (!kind.isEmpty()) {
      if (Values.string(object, "spec", "names", "singular").orElse("").isEmpty()) {
        named = Values.with(named, kind.toLowerCase(Locale.ROOT), "spec", "names", "singular");
      }
      if (Values.string(object, "spec", "names", "listKind").orElse("").isEmpty()) {
        named = Values.with(named, kind + "List", "spec", "names", "listKind");
      }
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
        .limit(1)
        .forEach(stored::add);
    return List.copyOf(stored);
  }

  /** The schema of a version as the definition has it; empty when it has none. */
  public static Map<String, Object> schema(Map<String, Object> object, String version) {
    return Values.listAt(object, "spec", "versions").stream()
        .filter(each -> Values.string(each, "name").orElse("").equals(version))
        .map(each -> Values.objectAt(each, "schema", "openAPIV3Schema"))
        .findFirst()
        .orElse(Map.of());
  }

  private static final class Reader {
    private final Map<String, Object> spec;
    private final Map<String, Object> names;
    private final String group;
    private final List<Object> versions;
    private final @Nullable Object storage;

    Reader(Map<String, Object> object) {
      Map<String, Object> accepted = Values.objectAt(object, "status", "acceptedNames");
      this.spec = Values.objectAt(object, "spec");
      this.names =
          Values.string(accepted, "plural").orElse("").isEmpty()
              ? Values.objectAt(spec, "names")
              : accepted;
      this.group = Values.string(spec, "group").orElse("");
      this.versions = Values.listAt(spec, "versions");
      this.storage =
          versions.stream().filter(version -> flag(version, "storage")).findFirst().orElse(null);
    }

    Definition read() {
      String plural = Values.string(spec, "names", "plural").orElse("");
      StructuralSchema kept = schema(storage);
      List<ResourceType> types = new ArrayList<>();
      for (Object version : versions) {
        if (flag(version, "served")) {
          types.add(type(version, plural, version.equals(storage) ? kept : schema(version), kept));
        }
      }
      return new Definition(
          group,
          plural,
          types,
          Optional.ofNullable(storage).map(version -> type(version, plural, kept, kept)));
    }

    private ResourceType type(
        Object version, String plural, StructuralSchema schema, StructuralSchema kept) {
      String name = Values.string(version, "name").orElse("");
      String kind = Values.string(names, "kind").orElse("");
      return new ResourceType(
          group,
          name,
          plural,
          Values.string(names, "singular").orElse(""),
          kind,
          Values.string(names, "listKind").orElse(""),
          texts("shortNames"),
          Values.string(spec, "scope").orElse("").equals("Namespaced"),
          texts("categories"),
          ResourceType.ALL_VERBS,
          subresources(version, name, kind),
          Set.of(Flag.GENERATION, Flag.LOCKED),
          group + "/" + Values.string(storage, "name").orElse(""),
          new CustomVersion(
              schema,
              kept,
              columns(version),
              selectable(version),
              scale(version),
              warning(version)));
    }

    private List<Subresource> subresources(Object version, String name, String kind) {
      List<Subresource> subresources = new ArrayList<>();
      if (Values.at(version, "subresources", "scale").isPresent()) {
        subresources.add(Subresource.ofSelf("scale", "autoscaling", "v1", "Scale"));
      }
      if (Values.at(version, "subresources", "status").isPresent()) {
        subresources.add(Subresource.ofSelf("status", group, name, kind));
      }
      return subresources;
    }

    private static @Nullable ScalePaths scale(Object version) {
      Object scale = Values.at(version, "subresources", "scale").orElse(null);
      return scale == null
          ? null
          : new ScalePaths(
              Values.string(scale, "specReplicasPath").orElse(""),
              Values.string(scale, "statusReplicasPath").orElse(""),
              Values.string(scale, "labelSelectorPath").orElse(""));
    }

    private static List<String> selectable(Object version) {
      return Values.listAt(version, "selectableFields").stream()
          .map(field -> Values.string(field, "jsonPath").orElse(""))
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

    /** What clients of a version are warned of; names the best later version, if there is one. */
    private String warning(Object version) {
      if (!flag(version, "deprecated")) {
        return "";
      }
      String name = Values.string(version, "name").orElse("");
      String kind = Values.string(spec, "names", "kind").orElse("");
      String better =
          versions.stream()
              .filter(other -> flag(other, "served") && !flag(other, "deprecated"))
              .flatMap(other -> Values.string(other, "name").stream())
              .filter(other -> Versions.BEST_FIRST.compare(other, name) < 0)
              .min(Comparator.comparing(other -> other, Versions.BEST_FIRST))
              .map(other -> "; use %s/%s %s".formatted(group, other, kind))
              .orElse("");
      return Values.string(version, "deprecationWarning")
          .orElse("%s/%s %s is deprecated%s".formatted(group, name, kind, better));
    }

    private static StructuralSchema schema(@Nullable Object version) {
      return SchemaReader.read(Values.objectAt(version, "schema", "openAPIV3Schema"));
    }

    private List<String> texts(String name) {
      return Values.listAt(names, name).stream().map(String::valueOf).toList();
    }

    private static boolean flag(Object version, String name) {
      return Values.at(version, name).filter(Boolean.TRUE::equals).isPresent();
    }
  }
}
