package io.terraorbit.foundation.apply;

import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/** How objects of a type are owned. Its methods may be lazy, for types may contain themselves. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface MapShape {
  /** Whether such an object is owned as a whole. */
  boolean atomic();

  /** The type of the member of a name that the type knows; empty when it does not. */
  Optional<FieldType> field(String name);

  /** The type of all other members; empty when there may be none. */
  Optional<FieldType> others();

  /** What the member of a name is where it is absent; counts only for the keys of lists. */
  default Optional<Object> defaultOf(String name) {
    return Optional.empty();
  }

  /** Whether nothing is known of it, so that a change of the schema says nothing either. */
  default boolean deduced() {
    return false;
  }

  /** Whether the type knows a member of this name. */
  default boolean names(String name) {
    return field(name).isPresent();
  }

  /** The type of a member, whatever it is called. */
  default FieldType member(String name) {
    return field(name).or(this::others).orElse(FieldType.ANY);
  }

  /** An object with these members and no others, each of which has an owner of its own. */
  static MapShape struct(Map<String, FieldType> fields) {
    return struct(fields, Map.of());
  }

  /**
   * As {@link #struct(Map)}.
   *
   * @param defaults of members that are keys of lists
   */
  static MapShape struct(Map<String, FieldType> fields, Map<String, Object> defaults) {
    return new Struct(Map.copyOf(fields), Map.copyOf(defaults));
  }

  /** An object with members of any name, each of which has an owner of its own. */
  static MapShape of(FieldType element) {
    return new Elements(element, false);
  }

  /** An object with members of any name, owned as a whole. */
  static MapShape atomic(FieldType element) {
    return new Elements(element, true);
  }

  /** Members by name. */
  record Struct(Map<String, FieldType> fields, Map<String, Object> defaults) implements MapShape {
    @Override
    public boolean atomic() {
      return false;
    }

    @Override
    public Optional<FieldType> field(String name) {
      return Optional.ofNullable(fields.get(name));
    }

    @Override
    public Optional<FieldType> others() {
      return Optional.empty();
    }

    @Override
    public Optional<Object> defaultOf(String name) {
      return Optional.ofNullable(defaults.get(name));
    }
  }

  /** Members of one type. */
  record Elements(FieldType element, boolean atomic) implements MapShape {
    @Override
    public Optional<FieldType> field(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<FieldType> others() {
      return Optional.of(element);
    }
  }
}
