package io.terraorbit.foundation.harness.kube.internal.faults;

import io.terraorbit.foundation.harness.environment.ApiRequest;

/**
 * A request, with what it wants to read. Immutable.
 *
 * @param resourceVersion empty, {@code 0}, or a number
 * @param match empty, {@code Exact} or {@code NotOlderThan}
 * @param continued the token of a list that goes on; empty for none
 * @param limit of a list; 0 for none
 */
public record Ask(
    ApiRequest request, String resourceVersion, String match, String continued, long limit) {

  /** Whether it names a past that may be forgotten. */
  boolean wantsPast() {
    return switch (request.verb()) {
      case "list" -> !continued.isEmpty() || exact();
      case "watch" -> numbered();
      default -> false;
    };
  }

  /** Whether any state will do, as long as it is not older than {@link #floor()}. */
  boolean allowsOld() {
    return continued.isEmpty()
        && switch (request.verb()) {
          case "list" -> !resourceVersion.isEmpty() && !exact();
          case "get" -> !resourceVersion.isEmpty();
          case "watch" -> resourceVersion.equals("0");
          default -> false;
        };
  }

  /** Whether it wants the newest state. */
  boolean wantsNewest() {
    return request.reads() && resourceVersion.isEmpty() && continued.isEmpty();
  }

  /** The oldest revision that will do. */
  long floor() {
    return numbered() ? Long.parseLong(resourceVersion) : 0;
  }

  private boolean exact() {
    return numbered() && (match.equals("Exact") || (match.isEmpty() && limit > 0));
  }

  private boolean numbered() {
    return resourceVersion.matches("\\d{1,18}") && !resourceVersion.matches("0+");
  }
}
