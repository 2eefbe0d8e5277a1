package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.json.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The warning of a version that a definition calls deprecated. */
final class Deprecation {
  private Deprecation() {}

  /** Empty when there is nothing to warn of. */
  static String warning(Object version, List<Object> versions, String group, String kind) {
    if (!flag(version, "deprecated")) {
      return "";
    }
    String name = name(version);
    return Values.string(version, "deprecationWarning")
        .orElseGet(
            () -> {
              String text = "%s/%s %s is deprecated".formatted(group, name, kind);
              Optional<String> better =
                  versions.stream()
                      .filter(other -> flag(other, "served") && !flag(other, "deprecated"))
                      .map(Deprecation::name)
                      .min(Versions.BEST_FIRST)
                      .filter(best -> newer(best, name));
              return better
                  .map(best -> text + "; use %s/%s %s".formatted(group, best, kind))
                  .orElse(text);
            });
  }

  private static boolean newer(String version, String than) {
    Comparator<String> bestFirst = Versions.BEST_FIRST;
    return bestFirst.compare(version, than) < 0;
  }

  private static String name(Object version) {
    return Values.string(version, "name").orElse("");
  }

  private static boolean flag(Object version, String name) {
    return Values.at(version, name).filter(Boolean.TRUE::equals).isPresent();
  }
}
