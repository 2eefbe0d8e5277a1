package io.terraorbit.foundation.harness.kube.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The checks that a load balancer or a script asks for. Who can ask gets a good answer, for what
 * the real server checks apart is one process here: only the names and the form are kept.
 */
final class Health {
  private static final Map<String, List<String>> CHECKS =
      Map.of(
          "healthz", List.of("ping", "log", "etcd"),
          "livez", List.of("ping", "log", "etcd"),
          "readyz", List.of("ping", "log", "etcd", "informer-sync", "shutdown"));

  private Health() {}

  static Reply reply(WireRequest request) {
    List<String> path = request.segments();
    List<String> checks = CHECKS.getOrDefault(path.get(0), List.of());
    if (path.size() > 1) {
      return path.size() == 2 && checks.contains(path.get(1))
          ? Reply.text(200, "ok")
          : Reply.pageNotFound();
    }
    return Reply.text(
        200,
        request.parameters().containsKey("verbose")
            ? verbose(path.get(0), checks, request.parameters().getOrDefault("exclude", List.of()))
            : "ok");
  }

  private static String verbose(String name, List<String> checks, List<String> excluded) {
    StringBuilder text = new StringBuilder();
    for (String check : checks) {
      String form = excluded.contains(check) ? "[+]%s excluded: ok\n" : "[+]%s ok\n";
      text.append(form.formatted(check));
    }
    List<String> unknown = new ArrayList<>(excluded);
    unknown.removeAll(checks);
    if (!unknown.isEmpty()) {
      text.append("warn: some health checks cannot be excluded: no matches for ");
      text.append(String.join(", ", unknown.stream().map(each -> '"' + each + '"').toList()));
      text.append('\n');
    }
    return text.append(name).append(" check passed\n").toString();
  }

  /** The paths below the three. */
  static List<String> paths() {
    List<String> paths = new ArrayList<>();
    CHECKS.forEach(
        (name, checks) -> {
          paths.add("/" + name);
          checks.forEach(check -> paths.add("/" + name + "/" + check));
        });
    return paths;
  }
}
