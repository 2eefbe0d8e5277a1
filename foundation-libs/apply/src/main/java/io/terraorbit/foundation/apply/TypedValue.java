package io.terraorbit.foundation.apply;

import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An object and its type. Immutable.
 *
 * @param type of the object
 * @param value the object
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TypedValue(FieldType type, Map<String, Object> value) {

  /** Whether a list in which two elements have the same identity is accepted. */
  public enum Duplicates {
    REFUSED,
    ALLOWED
  }

  /**
   * The value, if it is one of its type.
   *
   * @throws MismatchException if it is not
   */
  public TypedValue checked(Duplicates duplicates) {
    Checking.check(type, value, duplicates);
    return this;
  }

  /** The fields that somebody who writes this value sets. */
  public FieldSet fields() {
    return Fields.of(type, value);
  }

  /** What makes this value the other one, which is of the same type. */
  public Comparison compare(TypedValue other) {
    return Comparing.compare(type, value, other.value);
  }

  /**
   * This value with what the other one says of it: objects and lists with identities are merged,
   * all else is replaced.
   *
   * @throws MismatchException if a list of the other value has two elements of one identity
   */
  public TypedValue merge(TypedValue other) {
    return with(Merging.merge(type, value, other.value));
  }

  /** The value without some of its fields; containers that become empty stay. */
  public TypedValue without(FieldSet fields) {
    return fields.isEmpty() ? this : with(Removing.remove(type, value, fields));
  }

  /**
   * The fields that an owner has after the type changed: where something is owned as a whole now,
   * whoever owned a part of it owns the whole.
   */
  public FieldSet reconciled(FieldSet fields) {
    return Reconciling.reconcile(type, fields);
  }

  /** Whether both values say the same. */
  public boolean sameAs(TypedValue other) {
    return ValueOrder.same(value, other.value);
  }

  private TypedValue with(@Nullable Object changed) {
    return new TypedValue(
        type, io.terraorbit.foundation.json.Values.object(Objects.requireNonNull(changed)));
  }
}
