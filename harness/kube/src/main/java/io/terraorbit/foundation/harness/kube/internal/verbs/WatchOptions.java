package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How to watch. Immutable.
 *
 * @param initialEvents the parameter {@code sendInitialEvents}; empty when it was not given
 */
public record WatchOptions(ListOptions list, boolean bookmarks, Optional<Boolean> initialEvents) {
  private static final String NOT_OLDER_THAN = "NotOlderThan";

  /**
   * Checks the options against each other.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 422
   */
  void check() {
    List<FieldError> errors = new ArrayList<>();
    String match = list.resourceVersionMatch();
    if (initialEvents.isPresent() && !match.equals(NOT_OLDER_THAN)) {
      errors.add(
          ListOptions.forbidden(
              "sendInitialEvents requires setting resourceVersionMatch to " + NOT_OLDER_THAN));
    }
    if (!match.isEmpty()) {
      checkMatch(match, errors);
    }
    if (!list.continueToken().isEmpty()) {
      errors.add(
          ListOptions.forbidden("resourceVersionMatch is forbidden when continue is provided"));
    }
    if (!errors.isEmpty()) {
      throw Refusals.invalidOptions("ListOptions", errors.toArray(new FieldError[0]));
    }
  }

  private void checkMatch(String match, List<FieldError> errors) {
    if (initialEvents.isEmpty()) {
      errors.add(
          ListOptions.forbidden(
              "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
    }
    if (!match.equals(NOT_OLDER_THAN)) {
      errors.add(FieldError.notSupported("resourceVersionMatch", match, List.of(NOT_OLDER_THAN)));
    }
  }

  /** Whether the watch begins with the present state. */
  boolean beginsWithState() {
    return initialEvents.orElse(list.revision() == 0);
  }

  /** Whether a bookmark marks the end of the present state. */
  boolean marksEndOfState() {
    return bookmarks && beginsWithState();
  }
}
