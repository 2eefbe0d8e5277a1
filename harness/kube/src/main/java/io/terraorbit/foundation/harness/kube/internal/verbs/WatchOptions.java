package io.terraorbit.foundation.harness.kube.internal.verbs;

import java.util.Optional;

/**
 * How to watch. Immutable.
 *
 * @param initialEvents the parameter {@code sendInitialEvents}; empty when it was not given
 */
public record WatchOptions(ListOptions list, boolean bookmarks, Optional<Boolean> initialEvents) {
  /**
   * Checks the options against each other.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 422
   */
  void check() {
    String match = list.resourceVersionMatch();
    if (initialEvents.isPresent() && !match.equals("NotOlderThan")) {
      throw ListOptions.forbidden(
          "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    }
    if (initialEvents.isEmpty() && !match.isEmpty()) {
      throw ListOptions.forbidden(
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
  }

  /** Whether the watch begins with the present state. */
  boolean beginsWithState() {
    return initialEvents.orElse(list.revision() == 0);
  }
}
