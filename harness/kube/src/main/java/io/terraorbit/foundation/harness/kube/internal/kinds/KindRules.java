package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** The rules of one built-in kind. Stateless. */
public interface KindRules {
  /** A kind without rules of its own. */
  KindRules NONE = new KindRules() {};

  /** The object with all that the API fills in, on every write; doing it twice changes nothing. */
  default Map<String, Object> defaults(Map<String, Object> object) {
    return object;
  }

  /** The status that a new object begins with. */
  default Map<String, Object> firstStatus(Map<String, Object> object) {
    return Map.of();
  }

  /** What else the kind does to an object that is created. */
  default Map<String, Object> onCreate(Map<String, Object> object) {
    return object;
  }

  /** What becomes of a new object once nothing is wrong with it. */
  default Map<String, Object> onValid(Map<String, Object> object) {
    return object;
  }

  /** What whoever creates an object should know; nothing is wrong with it. */
  default List<String> warnings(Map<String, Object> object) {
    return List.of();
  }

  /** What the kind does to an update; {@code before} is what is stored. */
  default Map<String, Object> onUpdate(Map<String, Object> object, Map<String, Object> before) {
    return object;
  }

  /** What the kind does to a write of the status. */
  default Map<String, Object> onStatus(Map<String, Object> object, Map<String, Object> before) {
    return object;
  }

  /** What of an object counts for {@code metadata.generation}. */
  default Object counted(Map<String, Object> object) {
    return Values.without(Values.without(object, "metadata"), "status");
  }

  /** Adds what is wrong with an object. */
  default void check(Map<String, Object> object, List<FieldError> errors) {}

  /** Adds what must not change, and did. */
  default void checkChange(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {}
}
