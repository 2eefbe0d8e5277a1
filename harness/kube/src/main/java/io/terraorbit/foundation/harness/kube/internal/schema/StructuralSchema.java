package io.terraorbit.foundation.harness.kube.internal.schema;

import com.google.re2j.Pattern;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one value of a custom resource, as {@code apiextensions.k8s.io/v1} allows it.
 * Immutable.
 *
 * @param type {@code object}, {@code array}, {@code string}, {@code integer}, {@code number},
 *     {@code boolean}, or empty for any
 * @param properties sorted by name
 * @param additional about the members that are not properties; null when nothing is said
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
    @Nullable Additional additional,
    @Nullable StructuralSchema items,
    @Nullable Object defaultValue,
    Bounds bounds,
    Choices choices) {

  /**
   * An object that a client sent, in the form in which it is validated: with defaults, without what
   * the schema does not know.
   *
   * @param strict takes what is dropped
   * @throws MalformedException if the object, or one within it, has metadata that cannot be read
   */
  public Map<String, Object> decode(Map<String, Object> object, StrictErrors strict) {
    return Shaping.request(this, object, strict);
  }

  /** The object with the defaults of the schema filled in; the same object if there were none. */
  public Map<String, Object> withDefaults(Map<String, Object> object) {
    return Defaulter.fill(this, object);
  }

  /** The object without what the schema does not know; the same object if that is nothing. */
  public Map<String, Object> pruned(Map<String, Object> object) {
    return Shaping.stored(this, object);
  }

  /** The object with its numbers as they are stored: a float without a fraction is an integer. */
  public static Map<String, Object> withStoredNumbers(Map<String, Object> object) {
    return Shaping.withStoredNumbers(object);
  }

  /** Whether pruning would leave a value of this schema as it is. */
  public boolean keeps(Object value) {
    return value.equals(new Pruner().value(this, value, ""));
  }

  /**
   * What {@code additionalProperties} says.
   *
   * @param allowed false forbids them
   * @param schema null when it says no more than that they may be there
   */
  public record Additional(boolean allowed, @Nullable StructuralSchema schema) {}

  /** The schema of a member; empty when none is known. */
  public Optional<StructuralSchema> member(String name) {
    StructuralSchema property = properties.get(name);
    return property != null || additional == null
        ? Optional.ofNullable(property)
        : Optional.ofNullable(additional.schema());
  }

  /** Limits of values; null where there is no limit. */
  public record Bounds(
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
  public record Choices(
      List<String> required,
      List<Object> values,
      List<StructuralSchema> allOf,
      List<StructuralSchema> anyOf,
      List<StructuralSchema> oneOf,
      @Nullable StructuralSchema not,
      String listType,
      List<String> listMapKeys) {}
}
