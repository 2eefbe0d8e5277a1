package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.selectors.FieldSelector;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.ArrayList;
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

  private static final List<Object> MATCHES = List.of("Exact", "NotOlderThan", "");

  /** The same, with a revision that counts as the newest. */
  public ListOptions asOf(long revision) {
    return new ListOptions(
        labels, fields, limit, continueToken, resourceVersion, resourceVersionMatch, revision);
  }

  /**
   * Checks the options of a list against each other.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400 or 422
   */
  void check() {
    List<FieldError> errors = problems();
    if (!errors.isEmpty()) {
      throw Refusals.invalidOptions("ListOptions", errors.toArray(new FieldError[0]));
    }
    if (continueToken.isEmpty()) {
      return;
    }
    ContinueToken.parse(continueToken);
    if (!resourceVersion.isEmpty() && !resourceVersion.equals("0")) {
      throw Refusals.badRequest("specifying resource version is not allowed when using continue");
    }
  }

  /** What is wrong with the options of a list; empty when nothing is. */
  public List<FieldError> problems() {
    List<FieldError> errors = new ArrayList<>();
    if (resourceVersionMatch.isEmpty()) {
      return errors;
    }
    if (resourceVersion.isEmpty()) {
      errors.add(forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided"));
    }
    if (!continueToken.isEmpty()) {
      errors.add(forbidden("resourceVersionMatch is forbidden when continue is provided"));
    }
    if (!MATCHES.contains(resourceVersionMatch)) {
      errors.add(FieldError.notSupported("resourceVersionMatch", resourceVersionMatch, MATCHES));
    }
    if (resourceVersionMatch.equals("Exact") && resourceVersion.equals("0")) {
      errors.add(
          forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
    }
    return errors;
  }

  boolean selects(Map<String, Object> object) {
    return labels.matches(Meta.labels(object)) && fields.matches(object);
  }

  boolean selectsAll() {
    return labels.isEmpty() && fields.isEmpty();
  }

  /** The resource version as a number; 0 when it is unset. */
  public long revision() {
    if (resourceVersion.isEmpty()) {
      return 0;
    }
    if (!resourceVersion.matches("\\d{1,18}")) {
      throw Refusals.badRequest(
          ("invalid resource version: resourceVersion: Invalid value: \"%1$s\": strconv.ParseUint:"
                  + " parsing \"%1$s\": invalid syntax")
              .formatted(resourceVersion));
    }
    return Long.parseLong(resourceVersion);
  }

  static FieldError forbidden(String why) {
    return FieldError.forbidden("resourceVersionMatch", why);
  }
}
