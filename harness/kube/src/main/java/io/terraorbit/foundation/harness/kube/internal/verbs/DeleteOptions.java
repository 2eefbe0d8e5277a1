package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/**
 * The options of a deletion. Immutable.
 *
 * @param uid precondition; empty for none
 * @param resourceVersion precondition; empty for none
 * @param propagation empty for the kind's own default
 * @param graceSeconds -1 for the kind's own default
 */
public record DeleteOptions(
    String uid, String resourceVersion, String propagation, long graceSeconds) {
  /** No options at all. */
  public static final DeleteOptions NONE = new DeleteOptions("", "", "", -1);

  private static final List<Object> POLICIES = List.of("Background", "Foreground", "Orphan");

  /**
   * Reads the body of a request.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 422 if it is wrong
   */
  public static DeleteOptions read(Map<String, Object> body) {
    String propagation = Values.string(body, "propagationPolicy").orElse("");
    Object orphan = Values.at(body, "orphanDependents").orElse(null);
    if (orphan != null && !propagation.isEmpty()) {
      throw Refusals.invalidOptions(
          "DeleteOptions",
          FieldError.invalid(
              "propagationPolicy",
              propagation,
              "orphanDependents and deletionPropagation cannot be both set"));
    }
    if (!propagation.isEmpty() && !POLICIES.contains(propagation)) {
      throw Refusals.invalidOptions(
          "DeleteOptions", FieldError.notSupported("propagationPolicy", propagation, POLICIES));
    }
    if (orphan != null) {
      propagation = Boolean.TRUE.equals(orphan) ? "Orphan" : "Background";
    }
    Object grace = Values.at(body, "gracePeriodSeconds").orElse(null);
    return new DeleteOptions(
        Values.string(body, "preconditions", "uid").orElse(""),
        Values.string(body, "preconditions", "resourceVersion").orElse(""),
        propagation,
        grace instanceof Long seconds ? seconds : -1);
  }
}
