package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Deletes a Pod, unless its disruption budget is used up. */
final class Evicting {
  private static final String BUDGETS = "/policy/poddisruptionbudgets/";
  private static final long BUSY_SECONDS = 10;

  private final Supplier<Catalog> catalog;
  private final Deleting deleting;
  private final Identity identity;

  Evicting(Supplier<Catalog> catalog, Deleting deleting, Identity identity) {
    this.catalog = catalog;
    this.deleting = deleting;
    this.identity = identity;
  }

  Outcome evict(Editor editor, Target target, Map<String, Object> body, WriteOptions asked) {
    Posted eviction = Posted.decode(target, body, asked);
    eviction.requireName(target, "Eviction");
    Map<String, Object> pod =
        editor.find(target.key()).orElseThrow(() -> Refusals.notFound(target.subject()));
    DeleteOptions wanted = DeleteOptions.read(Values.objectAt(eviction.object(), "deleteOptions"));
    WriteOptions options = asked.dry(wanted.dryRun());
    Target whole = new Target(target.type(), target.namespace(), target.name(), "");
    if (!ended(pod)) {
      spend(editor, target, pod, options);
    }
    deleting.delete(editor, whole, wanted, options);
    return new Outcome(201, Outcome.success(201), eviction.warnings());
  }

  /** Pods that no budget counts. */
  private static boolean ended(Map<String, Object> pod) {
    return Meta.deleting(pod)
        || List.of("Pending", "Succeeded", "Failed")
            .contains(Values.string(pod, "status", "phase").orElse(""));
  }

  private void spend(Editor editor, Target target, Map<String, Object> pod, WriteOptions options) {
    List<Map<String, Object>> budgets =
        editor.now().list(BUDGETS + target.namespace() + "/").stream()
            .map(Entry::value)
            .filter(budget -> covers(budget, pod))
            .toList();
    if (budgets.size() > 1) {
      throw Refusals.bare(
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
              + " support.");
    }
    if (budgets.isEmpty()) {
      return;
    }
    Map<String, Object> budget = budgets.get(0);
    boolean ready = Conditions.holds(pod, "Ready");
    long healthy = number(budget, "currentHealthy");
    long desired = number(budget, "desiredHealthy");
    String policy = Values.string(budget, "spec", "unhealthyPodEvictionPolicy").orElse("");
    if (!ready && (policy.equals("AlwaysAllow") || (healthy >= desired && desired > 0))) {
      return;
    }
    if (number(budget, "observedGeneration") < Meta.generation(budget)) {
      throw Refusals.disruption(
          "The disruption budget %s is still being processed by the server."
              .formatted(Meta.name(budget)),
          BUSY_SECONDS);
    }
    long allowed = number(budget, "disruptionsAllowed");
    if (allowed <= 0) {
      throw Refusals.disruption(
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(Meta.name(budget), desired, healthy),
          0);
    }
    Map<String, Object> spent =
        Values.with(
            Values.with(budget, allowed - 1, "status", "disruptionsAllowed"),
            identity.now(),
            "status",
            "disruptedPods",
            target.name());
    catalog
        .get()
        .findByKey(BUDGETS)
        .ifPresent(
            type ->
                editor.put(
                    new Target(type, target.namespace(), Meta.name(budget), "status"),
                    spent,
                    options));
  }

  private static boolean covers(Map<String, Object> budget, Map<String, Object> pod) {
    return LabelSelector.of(Values.at(budget, "spec", "selector").orElse(null))
        .map(selector -> selector.matches(Meta.labels(pod)))
        .orElse(false);
  }

  private static long number(Map<String, Object> budget, String member) {
    return Values.at(budget, "status", member).orElse(null) instanceof Long number ? number : 0;
  }
}
