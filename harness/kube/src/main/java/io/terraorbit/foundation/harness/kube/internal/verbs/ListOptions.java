package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.selectors.FieldSelector;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.List;
import java.util.Map;

/**
 * What a list or a watch selects, and how old it may be. Immutable.
 *
 * @param limit most objects on a page; 0 for all
 * @param continueToken empty for the first page
 * @param resourceVersion empty, {@code 0}, or a number
 * @param resourceVersionMatch empty, {@code Exact} or {@code NotOlderThan}
 * @param asOf the revision that counts as the newest; 0 for the newest
 */
public record ListOptions(
    LabelSelector labels,
    FieldSelector fields,
    long limit,
    String continueToken,
    String resourceVersion,
    String resourceVersionMatch,
    long asOf) {

  public ListOptions(
      LabelSelector labels,
      FieldSelector fields,
      long limit,
      String continueToken,
      String resourceVersion,
      String resourceVersionMatch) {
    this(labels, fields, limit, continueToken, resourceVersion, resourceVersionMatch, 0);
  }

  /** Everything, as it is now. */
  public static final ListOptions ALL =
      new ListOptions(LabelSelector.EVERYTHING, FieldSelector.EVERYTHING, 0, "", "", "");

  private static final List<Object> MATCHES = List.of("Exact", "NotOlderThan");

  /**
   * Checks the options of a list against each other.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400 or 422
   */
  void check() {
    if (!resourceVersionMatch.isEmpty()) {
      checkMatch();
    }
    if (!continueToken.isEmpty() && !resourceVersion.isEmpty() && !resourceVersion.equals("0")) {
      throw Refusals.badRequest("specifying resource version is not allowed when using continue");
    }
  }

  boolean selects(Map<String, Object> object) {
    return labels.matches(Meta.labels(object)) && fields.matches(object);
  }

  boolean selectsAll() {
    return labels.isEmpty() && fields.isEmpty();
  }

  /** The resource version as a number; 0 when it is unset. */
  long revision() {
    if (resourceVersion.isEmpty()) {
      return 0;
    }
    if (!resourceVersion.matches("\\d{1,18}")) {
      throw Refusals.badRequest(
          "Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
              .formatted(resourceVersion, resourceVersion));
    }
    return Long.parseLong(resourceVersion);
  }

  private void checkMatch() {
    if (!MATCHES.contains(resourceVersionMatch)) {
      throw Refusals.invalidOptions(
          "ListOptions",
          FieldError.notSupported("resourceVersionMatch", resourceVersionMatch, MATCHES));
    }
    if (!continueToken.isEmpty()) {
      throw forbidden("resourceVersionMatch is forbidden when continue is provided");
    }
    if (resourceVersion.isEmpty()) {
      throw forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (resourceVersionMatch.equals("Exact") && resourceVersion.equals("0")) {
      throw forbidden("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
    }
  }

  static RuntimeException forbidden(String why) {
    return Refusals.invalidOptions(
        "ListOptions", FieldError.forbidden("resourceVersionMatch", why));
  }
}
