package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.selectors.FieldSelector;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.store.Origin;
import io.terraorbit.foundation.harness.kube.internal.store.Retention;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** ConfigMaps in a store, with the rules of reading and watching and none of writing. */
final class TestCluster {
  private static final ResourceType TYPE =
      Catalog.builtIn().findKind("v1", "ConfigMap").orElseThrow();
  private static final Target ALL = new Target(TYPE, "default", "", "");
  private static final Origin ORIGIN = new Origin("u", "v", "");

  private final RevisionStore<Map<String, Object>> store;
  private final Reading reading;
  private final Watches watches;

  TestCluster(int revisionsKept) {
    this(new RevisionStore<>(Retention.of(revisionsKept)));
  }

  private TestCluster(RevisionStore<Map<String, Object>> store) {
    this.store = store;
    this.reading = new Reading(store);
    this.watches = new Watches(store, 1000);
  }

  TestCluster fork() {
    return new TestCluster(store.fork(store.revision()));
  }

  long revision() {
    return store.revision();
  }

  int watchers() {
    return store.watchers();
  }

  void run(ClientCacheProperties.Step step) {
    String key = TYPE.key("default", step.name());
    Optional<Map<String, Object>> before = store.latest().find(key).map(entry -> entry.value());
    switch (step.what()) {
      case "put" -> {
        Map<String, Object> old = before.orElseGet(() -> fresh(step.name()));
        put(key, Values.with(old, step.value(), "data", "k"));
      }
      case "label" ->
          before.ifPresent(
              old -> put(key, Values.with(old, step.value(), "metadata", "labels", "on")));
      case "unlabel" ->
          before.ifPresent(old -> put(key, Values.without(old, "metadata", "labels", "on")));
      case "delete" ->
          before.ifPresent(
              old ->
                  store.write(
                      tx -> tx.delete(key, revision -> Meta.withRevision(old, revision), ORIGIN)));
      default -> put("/core/secrets/default/" + step.name(), fresh(step.name()));
    }
  }

  LiveWatch watch(String selector, long revision) {
    return watches.open(
        ALL, new WatchOptions(options(selector, 0, "", "" + revision), false, Optional.empty()));
  }

  Map<String, Object> list(String selector, long limit, String token) {
    return reading.list(ALL, options(selector, limit, token, ""));
  }

  /** What is selected now, read from the store without the rules that are under test. */
  Map<String, Map<String, Object>> state(String selector) {
    LabelSelector labels = LabelSelector.parse(selector);
    Map<String, Map<String, Object>> state = new TreeMap<>();
    store
        .latest()
        .list(TYPE.prefix("default"))
        .forEach(
            entry -> {
              if (labels.matches(Meta.labels(entry.value()))) {
                state.put(Meta.name(entry.value()), bare(entry.value()));
              }
            });
    return state;
  }

  /** An object as it stands in lists. */
  static Map<String, Object> bare(Map<String, Object> object) {
    return Values.without(Values.without(object, "kind"), "apiVersion");
  }

  private void put(String key, Map<String, Object> object) {
    store.write(tx -> tx.put(key, revision -> Meta.withRevision(object, revision), ORIGIN));
  }

  private static Map<String, Object> fresh(String name) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "v1");
    object.put("kind", "ConfigMap");
    object.put("metadata", Map.of("name", name, "namespace", "default"));
    return object;
  }

  private static ListOptions options(String selector, long limit, String token, String revision) {
    return new ListOptions(
        LabelSelector.parse(selector), FieldSelector.EVERYTHING, limit, token, revision, "");
  }
}
