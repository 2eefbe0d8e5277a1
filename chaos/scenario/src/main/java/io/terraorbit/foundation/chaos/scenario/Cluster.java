package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.kubernetes.DynamicClient;
import io.terraorbit.foundation.kubernetes.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The objects of the Kubernetes API as a scenario sees them: an object of a namespaced kind that
 * names no namespace is in the scenario's. Safe for many threads.
 */
final class Cluster {
  private static final String NAMESPACE_MISSING = "KUBE_NAMESPACE_MISSING";

  private final DynamicClient client;
  private final String namespace;

  Cluster(DynamicClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  Optional<Map<String, Object>> find(ObjectRef object) {
    return placed(object, ref -> client.find(ref));
  }

  /** The objects of a kind with all the labels, in a namespace or, if it is empty, in the own. */
  List<Map<String, Object>> list(ObjectRef kind, Map<String, Object> labels) {
    String selector =
        labels.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
    Query query = Query.of().labels(selector).inNamespace(kind.namespace());
    return client.list(kind.apiVersion(), kind.kind(), query).toList();
  }

  void apply(Map<String, Object> object) {
    placed(
        Words.reference(object),
        ref -> client.apply(Values.with(object, ref.namespace(), "metadata", "namespace")),
        ref -> client.apply(object));
  }

  void patch(Map<String, Object> object, String subresource) {
    placed(
        Words.reference(object),
        ref ->
            subresource.isEmpty()
                ? client.mergePatch(ref, object)
                : client.mergePatchStatus(ref, object));
  }

  boolean delete(ObjectRef object) {
    return placed(object, ref -> client.delete(ref));
  }

  private <T> T placed(
      ObjectRef object, Function<io.terraorbit.foundation.kubernetes.ObjectRef, T> call) {
    return placed(object, call, call);
  }

  /** Calls as the object is named; if it lacks a namespace, again in the scenario's own. */
  private <T> T placed(
      ObjectRef object,
      Function<io.terraorbit.foundation.kubernetes.ObjectRef, T> inOwn,
      Function<io.terraorbit.foundation.kubernetes.ObjectRef, T> asNamed) {
    try {
      return asNamed.apply(reference(object, object.namespace()));
    } catch (AppException e) {
      if (!object.namespace().isEmpty() || !e.code().equals(NAMESPACE_MISSING)) {
        throw e;
      }
      return inOwn.apply(reference(object, namespace));
    }
  }

  private static io.terraorbit.foundation.kubernetes.ObjectRef reference(
      ObjectRef object, String inNamespace) {
    return new io.terraorbit.foundation.kubernetes.ObjectRef(
        object.apiVersion(), object.kind(), inNamespace, object.name());
  }
}
