package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.Locale;

/** What a client is willing to read, by its {@code Accept} header. */
final class Accepts {
  private Accepts() {}

  /**
   * Makes sure that plain JSON will do.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 406 if not; 501 if
   *     only a transformation of JSON would
   */
  static void requireJson(String accept) {
    if (accept.isBlank()) {
      return;
    }
    boolean transformed = false;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String type = range.trim();
      if (isJson(type) && !type.contains("as=")) {
        return;
      }
      transformed |= isJson(type);
    }
    throw transformed
        ? Refusals.notImplemented("the transformation that is asked for by Accept: " + accept)
        : Refusals.notAcceptable();
  }

  /** Whether the client would rather have discovery in one document. */
  static boolean prefersAggregated(String accept) {
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String type = range.replace(" ", "");
      if (isJson(type)) {
        if (type.contains("as=apigroupdiscoverylist")
            && type.contains("v=v2")
            && !type.contains("v=v2beta1")) {
          return true;
        }
        if (!type.contains("as=")) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean isJson(String range) {
    return range.startsWith("application/json")
        || range.startsWith("*/*")
        || range.startsWith("application/*");
  }
}
