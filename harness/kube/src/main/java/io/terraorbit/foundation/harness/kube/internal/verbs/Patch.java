package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.harness.kube.internal.typed.Repeats;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A change to an object. Stateless. */
@FunctionalInterface
public interface Patch {
  /**
   * The object after the change.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException if it does not fit
   */
  Map<String, Object> apply(Map<String, Object> object);

  /** Adds what a strict reader finds wrong with the patch itself. */
  default void check(StrictErrors strict) {}

  /** As {@link #apply}, with what is needed to decode the outcome. */
  default Body patched(Map<String, Object> object) {
    return new Body(apply(object), this::check, null);
  }

  /**
   * A strategic merge patch.
   *
   * @param type of the objects that it fits
   * @param changes asked for when there is an object to patch; keys may come twice in it
   */
  static Patch strategic(StructType type, Supplier<Map<String, Object>> changes) {
    return new StrategicPatch(type, changes);
  }

  /** A JSON merge patch, RFC 7396; keys may come twice in it. */
  static Patch merge(Map<String, Object> changes) {
    return new Patch() {
      @Override
      public Map<String, Object> apply(Map<String, Object> object) {
        return Values.object(Objects.requireNonNull(Values.mergePatch(object, changes)));
      }

      @Override
      public void check(StrictErrors strict) {
        Repeats.find(changes, strict);
      }
    };
  }

  /** A JSON patch, RFC 6902; {@code operations} as in the document. */
  static Patch json(@Nullable Object operations) {
    if (!(operations instanceof List<?> list)) {
      throw undecodable(operations, "value", "[]handlers.jsonPatchOp");
    }
    list.forEach(Patch::requireOperation);
    return object -> new JsonPatch(list).apply(object);
  }

  private static void requireOperation(@Nullable Object operation) {
    if (operation != null && !(operation instanceof Map<?, ?>)) {
      throw undecodable(operation, "value", "handlers.jsonPatchOp");
    }
    for (String member : List.of("op", "path", "from")) {
      Object value = Values.at(operation, member).orElse("");
      if (!(value instanceof String)) {
        throw undecodable(value, "struct field jsonPatchOp." + member, "string");
      }
    }
  }

  private static RuntimeException undecodable(@Nullable Object met, String where, String type) {
    return Refusals.badRequest(
        "error decoding patch: json: cannot unmarshal %s into Go %s of type %s"
            .formatted(GoValues.typeName(met), where, type));
  }
}
