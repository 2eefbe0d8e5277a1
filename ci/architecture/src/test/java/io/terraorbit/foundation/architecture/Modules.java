package io.terraorbit.foundation.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which module a package belongs to, and which modules it may use. */
final class Modules {
  private static final String ROOT = "io.terraorbit.foundation.";

  private Modules() {}

  private static final List<String> CORE =
      List.of("errors", "time", "context", "meters", "health", "lifecycle");

  /** Below: what each module may use of ours, besides core. */
  private static final Map<String, Set<String>> USES =
      Map.ofEntries(
          Map.entry("core", Set.of()),
          Map.entry("json", Set.of()),
          Map.entry("apply", Set.of("json")),
          Map.entry("kubernetes", Set.of("json")),
          Map.entry("controller", Set.of("json", "kubernetes")),
          Map.entry("harness.environment", Set.of("json")),
          Map.entry("harness.kube", Set.of("json", "apply", "harness.environment")),
          Map.entry("harness.kubeschemas", Set.of()),
          Map.entry("harness.embedded", Set.of("json", "harness.environment")),
          Map.entry("chaos.proxy", Set.of("json")),
          Map.entry(
              "chaos.scenario",
              Set.of("json", "kubernetes", "controller", "harness.environment", "chaos.proxy")),
          Map.entry("junit.harness", Set.of("json", "harness.environment")),
          Map.entry(
              "workbench",
              Set.of(
                  "json",
                  "harness.environment",
                  "harness.kube",
                  "chaos.scenario",
                  "chaos.explorer")),
          Map.entry("fixtures.apps", Set.of("json", "kubernetes", "controller", "chaos.scenario")));

  /** Those whose classes run in the build only, and are not in their jars. */
  private static final Set<String> BUILD_ONLY = Set.of("harness.kubeschemas");

  /** Root package by module, of the modules whose classes are always there. */
  static Map<String, String> all() {
    Map<String, String> roots = new TreeMap<>();
    USES.keySet().stream()
        .filter(module -> !module.equals("core") && !BUILD_ONLY.contains(module))
        .forEach(module -> roots.put(ROOT + module, module));
    return roots;
  }

  static String of(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length());
    if (CORE.stream().anyMatch(part -> name.equals(part) || name.startsWith(part + "."))) {
      return "core";
    }
    return USES.keySet().stream()
        .filter(module -> name.equals(module) || name.startsWith(module + "."))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no module is known for " + type.getName()));
  }

  static boolean mayUse(String user, String used) {
    return user.equals(used) || used.equals("core") || USES.get(user).contains(used);
  }
}
