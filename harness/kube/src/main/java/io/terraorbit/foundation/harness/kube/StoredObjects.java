package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionUnavailableException;
import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import io.terraorbit.foundation.harness.kube.internal.verbs.ListOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server has stored, read past its API: no user, no rules. Safe for many threads. */
record StoredObjects(Cluster cluster, RevisionStore<Map<String, Object>> store) {
  /** The newest state of an object; empty when there is no such object or kind. */
  Optional<Map<String, Object>> find(ObjectRef object) {
    return find(object, ListOptions.ALL);
  }

  /**
   * An object's state at a revision.
   *
   * @throws AppException {@code KUBE_REVISION_GONE} if the revision is not kept
   */
  Optional<Map<String, Object>> find(ObjectRef object, long revision) {
    Optional<Map<String, Object>> found = find(object, at(revision));
    at(revision); // else it went away meanwhile, and something newer was read
    return found;
  }

  private Optional<Map<String, Object>> find(ObjectRef object, ListOptions options) {
    return type(object.apiVersion(), object.kind())
        .flatMap(
            type -> {
              try {
                return Optional.of(
                    cluster.get(new Target(type, object.namespace(), object.name(), ""), options));
              } catch (ApiException e) {
                return Optional.empty();
              }
            });
  }

  /** The newest state of a kind's objects, whole, in the order of their keys. */
  List<Map<String, Object>> list(String apiVersion, String kind, String namespace) {
    return list(apiVersion, kind, namespace, ListOptions.ALL);
  }

  /**
   * A kind's objects at a revision.
   *
   * @throws AppException {@code KUBE_REVISION_GONE} if the revision is not kept
   */
  List<Map<String, Object>> list(String apiVersion, String kind, String namespace, long revision) {
    List<Map<String, Object>> listed = list(apiVersion, kind, namespace, at(revision));
    at(revision); // else it went away meanwhile, and something newer was read
    return listed;
  }

  private List<Map<String, Object>> list(
      String apiVersion, String kind, String namespace, ListOptions options) {
    return type(apiVersion, kind)
        .map(type -> cluster.list(new Target(type, namespace, "", ""), options))
        .map(
            body ->
                Values.listAt(body, "items").stream()
                    .map(Values::object)
                    .map(item -> Values.with(item, apiVersion, "apiVersion"))
                    .map(item -> Values.with(item, kind, "kind"))
                    .toList())
        .orElse(List.of());
  }

  private ListOptions at(long revision) {
    try {
      return ListOptions.ALL.asOf(store.at(revision).revision());
    } catch (RevisionUnavailableException e) {
      throw gone("be read", e);
    }
  }

  private Optional<ResourceType> type(String apiVersion, String kind) {
    return cluster.catalog().findKind(apiVersion, kind);
  }

  /**
   * Why a revision cannot be used.
   *
   * @param what cannot be done to the server at it
   */
  static AppException gone(String what, RevisionUnavailableException e) {
    return AppException.of(
        ErrorKind.OUT_OF_RANGE,
        "KUBE_REVISION_GONE",
        "the server cannot %s at revision %d".formatted(what, e.asked()),
        "It keeps the revisions %d to %d".formatted(e.oldest(), e.newest()),
        "Ask for one of these, or keep more revisions.");
  }
}
