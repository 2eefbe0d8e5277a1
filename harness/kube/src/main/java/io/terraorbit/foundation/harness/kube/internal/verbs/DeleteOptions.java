package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.Decoding;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options of a deletion. Immutable.
 *
 * @param uid precondition; empty for none
 * @param resourceVersion precondition; empty for none
 * @param propagation empty for the kind's own default
 * @param graceSeconds -1 for the kind's own default
 * @param dryRun do all but commit
 */
public record DeleteOptions(
    String uid, String resourceVersion, String propagation, long graceSeconds, boolean dryRun) {
  /** No options at all. */
  public static final DeleteOptions NONE = new DeleteOptions("", "", "", -1, false);

  private static final String KIND = "DeleteOptions";
  private static final String POLICY = "propagationPolicy";
  private static final List<Object> POLICIES = List.of("Foreground", "Background", "Orphan");
  private static final List<Object> TOLD_POLICIES =
      List.of("Foreground", "Background", "Orphan", "nil");

  /** Of the server's own parts: what is owned goes in a manner, too. */
  static DeleteOptions propagating(String policy) {
    return new DeleteOptions("", "", policy, -1, false);
  }

  /**
   * Reads the body of a request, as a client sent it.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400 if it is no such
   *     options; 422 if they are wrong
   */
  public static DeleteOptions decode(Map<String, Object> body) {
    String kind = Values.string(body, "kind").orElse("");
    if (!kind.isEmpty() && !kind.equals(KIND)) {
      throw Refusals.badRequest(
          "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\""
              .formatted(kind, Values.string(body, "apiVersion").orElse("")));
    }
    StructType type = StructTypes.builtIn().find("meta/v1." + KIND).orElseThrow();
    try {
      return read(Decoding.decode(type, body, new StrictErrors()));
    } catch (UndecodableException e) {
      throw Refusals.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads options whose members have the right types.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 422 if they are
   *     wrong
   */
  public static DeleteOptions read(Map<String, Object> body) {
    String propagation = Values.string(body, POLICY).orElse("");
    Object orphan = Values.at(body, "orphanDependents").orElse(null);
    List<Object> dryRun = Values.listAt(body, "dryRun");
    List<FieldError> errors = new ArrayList<>();
    if (orphan != null && !propagation.isEmpty()) {
      errors.add(
          FieldError.invalid(
              POLICY, propagation, "orphanDependents and deletionPropagation cannot be both set"));
    }
    if (!propagation.isEmpty() && !POLICIES.contains(propagation)) {
      errors.add(FieldError.notSupported(POLICY, propagation, TOLD_POLICIES));
    }
    if (!dryRun.stream().allMatch("All"::equals)) {
      errors.add(FieldError.notSupported("dryRun", dryRun, List.of("All")));
    }
    if (!errors.isEmpty()) {
      throw Refusals.invalidOptions(KIND, errors.toArray(new FieldError[0]));
    }
    if (orphan != null) {
      propagation = Boolean.TRUE.equals(orphan) ? "Orphan" : "Background";
    }
    Object grace = Values.at(body, "gracePeriodSeconds").orElse(null);
    return new DeleteOptions(
        Values.string(body, "preconditions", "uid").orElse(""),
        Values.string(body, "preconditions", "resourceVersion").orElse(""),
        propagation,
        grace instanceof Long seconds ? positive(seconds) : -1,
        !dryRun.isEmpty());
  }

  /** A time that would have passed already counts as the shortest that there is. */
  private static long positive(long seconds) {
    return seconds < 0 ? 1 : seconds;
  }
}
