package io.terraorbit.foundation.harness.kube.internal.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one value of a custom resource, as {@code apiextensions.k8s.io/v1} allows it.
 * Immutable.
 *
 * @param type {@code object}, {@code array}, {@code string}, {@code integer}, {@code number},
 *     {@code boolean}, or empty for any
 * @param properties sorted by name
 * @param additional schema of the members that are not properties; null when there are none
 * @param preserves unknown members are kept
 * @param defaultValue null for none
 */
public record StructuralSchema(
    String type,
    boolean nullable,
    boolean preserves,
    boolean intOrString,
    boolean embedded,
    Map<String, StructuralSchema> properties,
    @Nullable StructuralSchema additional,
    @Nullable StructuralSchema items,
    @Nullable Object defaultValue,
    Bounds bounds,
    Choices choices) {

  /** Prunes, and tells what was pruned. */
  public Pruned prune(Map<String, Object> object) {
    return Pruner.prune(this, object);
  }

  /** The object with the defaults of the schema filled in. */
  public Map<String, Object> withDefaults(Map<String, Object> object) {
    return Defaulter.fill(this, object);
  }

  /** The resources embedded in an object, by their paths. */
  public Map<String, Map<String, Object>> embeddedIn(Map<String, Object> object) {
    return Embedded.find(this, object);
  }

  /**
   * An object after pruning.
   *
   * @param dropped paths of the members that are gone
   */
  public record Pruned(Map<String, Object> object, List<String> dropped) {}

  Optional<StructuralSchema> member(String name) {
    StructuralSchema property = properties.get(name);
    return Optional.ofNullable(property == null ? additional : property);
  }

  /** Limits of values; null where there is no limit. */
  record Bounds(
      @Nullable Double minimum,
      @Nullable Double maximum,
      boolean exclusiveMinimum,
      boolean exclusiveMaximum,
      @Nullable Double multipleOf,
      @Nullable Long minLength,
      @Nullable Long maxLength,
      @Nullable Pattern pattern,
      @Nullable Long minItems,
      @Nullable Long maxItems,
      @Nullable Long minProperties,
      @Nullable Long maxProperties,
      String format) {}

  /**
   * Which values may stand.
   *
   * @param values of {@code enum}; empty for any
   * @param listType {@code atomic}, {@code set} or {@code map}
   */
  record Choices(
      List<String> required,
      List<Object> values,
      List<StructuralSchema> allOf,
      List<StructuralSchema> anyOf,
      List<StructuralSchema> oneOf,
      @Nullable StructuralSchema not,
      String listType,
      List<String> listMapKeys) {}
}
