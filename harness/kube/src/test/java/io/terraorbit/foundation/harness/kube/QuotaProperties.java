package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written, what a quota says is used is what a count of everything finds. */
class QuotaProperties {
  private static final String DEFAULT = "/api/v1/namespaces/default/";
  private static final String POD =
      "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\","
          + "\"resources\":{\"requests\":{\"cpu\":\"%dm\"}}}]}}";
  private static final String QUOTA =
      "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"hard\":{\"pods\":\"4\",\"requests.cpu\":\"1\","
          + "\"count/secrets\":\"2\",\"count/pods\":\"9\"}}}";

  /** One request: what it does, to which of a few names, with how much. */
  record Step(String action, String name, int amount) {}

  @Property(tries = 25)
  void usageIsWhatACountFindsAndNeverAboveTheLimit(@ForAll("histories") List<Step> steps) {
    try (KubeApiServer server = KubeApiServer.start()) {
      Api api = new Api(server, "tester");
      api.post(DEFAULT + "resourcequotas", QUOTA.formatted("kept"));
      for (Step step : steps) {
        run(api, step);
        Map<String, Object> used = used(api, "kept");
        assertThat(used).as("after %s", step).isEqualTo(recount(api));
        assertThat(Long.parseLong((String) used.get("pods"))).isLessThanOrEqualTo(4);
        assertThat(Long.parseLong((String) used.get("count/secrets"))).isLessThanOrEqualTo(2);
      }
    }
  }

  private static void run(Api api, Step step) {
    String pod = DEFAULT + "pods/" + step.name();
    switch (step.action()) {
      case "create" -> api.post(DEFAULT + "pods", POD.formatted(step.name(), step.amount()));
      case "dry" ->
          api.post(DEFAULT + "pods?dryRun=All", POD.formatted(step.name(), step.amount()));
      case "finish" -> api.merge(pod + "/status", "{\"status\":{\"phase\":\"Succeeded\"}}");
      case "label" ->
          api.merge(pod, "{\"metadata\":{\"labels\":{\"a\":\"" + step.amount() + "\"}}}");
      case "delete" -> api.delete(pod);
      case "secret" ->
          api.post(DEFAULT + "secrets", "{\"metadata\":{\"name\":\"%s\"}}".formatted(step.name()));
      case "forget" -> api.delete(DEFAULT + "secrets/" + step.name());
      default -> api.delete(DEFAULT + "pods");
    }
  }

  /** A quota that is new counts everything. */
  private static Map<String, Object> recount(Api api) {
    api.post(DEFAULT + "resourcequotas", QUOTA.formatted("fresh"));
    Map<String, Object> used = used(api, "fresh");
    api.delete(DEFAULT + "resourcequotas/fresh");
    return used;
  }

  private static Map<String, Object> used(Api api, String quota) {
    return new TreeMap<>(
        Values.objectAt(api.get(DEFAULT + "resourcequotas/" + quota).body(), "status", "used"));
  }

  @Provide
  static Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.of(
                "create", "create", "create", "dry", "finish", "label", "delete", "secret",
                "secret", "forget", "clear"),
            Arbitraries.of("a", "b", "c", "d", "e", "f"),
            Arbitraries.integers().between(1, 400))
        .as(Step::new)
        .list()
        .ofMaxSize(20);
  }
}
