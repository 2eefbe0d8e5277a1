package io.terraorbit.foundation.harness.kube.internal.resources;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of API versions of {@code k8s.io/apimachinery/pkg/version}: GA, beta, alpha, each by
 * number downwards; then whatever else, by name.
 */
final class Versions {
  static final Comparator<String> BEST_FIRST =
      Comparator.comparing(Versions::rank)
          .thenComparing(Comparator.comparing(Versions::major).reversed())
          .thenComparing(Comparator.comparing(Versions::minor).reversed())
          .thenComparing(Comparator.naturalOrder());

  private static final Pattern SYNTAX = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

  private Versions() {}

  private static int rank(String version) {
    Matcher matcher = SYNTAX.matcher(version);
    if (!matcher.matches()) {
      return 3;
    }
    String stage = matcher.group(2);
    return stage == null ? 0 : stage.equals("beta") ? 1 : 2;
  }

  private static int major(String version) {
    return number(version, 1);
  }

  private static int minor(String version) {
    return number(version, 3);
  }

  private static int number(String version, int part) {
    Matcher matcher = SYNTAX.matcher(version);
    String digits = matcher.matches() ? matcher.group(part) : null;
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
