package io.terraorbit.foundation.apply;

import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a value may be, as far as ownership is concerned: a scalar, a list, an object, or one of
 * several of these. Immutable, as long as its shapes are.
 *
 * @param scalar null if it is no scalar
 * @param list null if it is no list
 * @param map null if it is no object
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FieldType(@Nullable Scalar scalar, @Nullable ListShape list, @Nullable MapShape map) {

  /** Anything, of which objects are owned member by member, and lists as a whole. */
  public static final FieldType ANY =
      new FieldType(Scalar.ANY, ListShape.atomic(() -> FieldType.any()), new AnyMap(false));

  /** Anything, owned as a whole. */
  public static final FieldType ATOMIC =
      new FieldType(Scalar.ANY, ListShape.atomic(() -> FieldType.atomic()), new AnyMap(true));

  /** Kinds of scalars. */
  public enum Scalar {
    NUMERIC,
    STRING,
    BOOLEAN,
    ANY
  }

  /** The form in which a value is looked at. */
  enum Form {
    MAP,
    SCALAR,
    LIST
  }

  /** A scalar. */
  public static FieldType scalar(Scalar scalar) {
    return new FieldType(scalar, null, null);
  }

  /** A list. */
  public static FieldType list(ListShape list) {
    return new FieldType(null, list, null);
  }

  /** An object. */
  public static FieldType map(MapShape map) {
    return new FieldType(null, null, map);
  }

  private static FieldType any() {
    return ANY;
  }

  private static FieldType atomic() {
    return ATOMIC;
  }

  /** The form of a value of this type; where the value does not tell, the first that it may be. */
  Form form(@Nullable Object value) {
    if (value instanceof java.util.Map<?, ?> && map != null) {
      return Form.MAP;
    }
    if (value instanceof java.util.List<?> && list != null) {
      return Form.LIST;
    }
    if (Absent.scalar(value) && scalar != null) {
      return Form.SCALAR;
    }
    if (map != null) {
      return Form.MAP;
    }
    return scalar != null ? Form.SCALAR : Form.LIST;
  }

  ListShape listShape() {
    return list == null ? ListShape.atomic(FieldType::any) : list;
  }

  MapShape mapShape() {
    return map == null ? new AnyMap(false) : map;
  }

  /** The type of what is one step below. */
  FieldType at(PathElement element) {
    if (element instanceof PathElement.Field field) {
      return mapShape().member(field.name());
    }
    return listShape().element().get();
  }

  /** Objects of which nothing is known. */
  private record AnyMap(boolean atomic) implements MapShape {
    @Override
    public Optional<FieldType> field(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<FieldType> others() {
      return Optional.of(atomic ? ATOMIC : ANY);
    }

    @Override
    public boolean deduced() {
      return !atomic;
    }
  }
}
