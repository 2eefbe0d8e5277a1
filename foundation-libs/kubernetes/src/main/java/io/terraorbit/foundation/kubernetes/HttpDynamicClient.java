package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.kubernetes.internal.rest.Discovery;
import io.terraorbit.foundation.kubernetes.internal.rest.Endpoint;
import io.terraorbit.foundation.kubernetes.internal.rest.RestAnswer;
import io.terraorbit.foundation.kubernetes.internal.rest.RestClient;
import io.terraorbit.foundation.kubernetes.internal.rest.RestRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Each verb is one request, after discovery. */
final class HttpDynamicClient implements DynamicClient {
  private final RestClient rest;
  private final Discovery discovery;

  HttpDynamicClient(RestClient rest) {
    this.rest = rest;
    this.discovery = new Discovery(rest);
  }

  @Override
  public Optional<Map<String, Object>> find(ObjectRef ref) {
    RestAnswer answer = rest.exchange(RestRequest.get(path(ref)));
    return answer.notFound() ? Optional.empty() : Optional.of(answer.object());
  }

  @Override
  public Map<String, Object> get(ObjectRef ref) {
    return exchange(RestRequest.get(path(ref)));
  }

  @Override
  public Map<String, Object> create(Map<String, Object> object) {
    ObjectRef ref = ObjectRef.of(object);
    List<String> path = endpoint(ref).creation(ref.namespace());
    return exchange(RestRequest.post(path, Json.write(object)));
  }

  @Override
  public Map<String, Object> update(Map<String, Object> object) {
    return exchange(RestRequest.put(path(ObjectRef.of(object)), Json.write(object)));
  }

  @Override
  public Map<String, Object> mergePatch(ObjectRef ref, Map<String, ?> patch) {
    return exchange(RestRequest.mergePatch(path(ref), Json.write(patch)));
  }

  @Override
  public Map<String, Object> mergePatchStatus(ObjectRef ref, Map<String, ?> patch) {
    return exchange(RestRequest.mergePatch(path(ref), Json.write(patch)).below("status"));
  }

  @Override
  public Map<String, Object> apply(Map<String, Object> object) {
    ObjectRef ref = ObjectRef.of(object);
    if (find(ref).isPresent()) {
      return mergePatch(ref, object);
    }
    try {
      return create(object);
    } catch (AppException e) {
      if (!e.code().equals("KUBE_ALREADY_EXISTS")) {
        throw e;
      }
      return mergePatch(ref, object);
    }
  }

  @Override
  public boolean delete(ObjectRef ref, Delete how) {
    return Deletion.send(rest, path(ref), how);
  }

  @Override
  public Stream<Map<String, Object>> list(String apiVersion, String kind, Query query) {
    Endpoint endpoint = discovery.endpoint(apiVersion, kind);
    Query paged = query.paged();
    return Pages.stream(
        token -> {
          Map<String, Object> list = rest.exchange(Listing.page(endpoint, paged, token)).object();
          List<Map<String, Object>> items =
              Values.listAt(list, "items").stream()
                  .map(item -> typed(apiVersion, kind, Values.object(item)))
                  .toList();
          return Listing.page(items, Values.objectAt(list, "metadata"));
        });
  }

  /** Built-in lists leave out of their items what the list's own kind says already. */
  private static Map<String, Object> typed(
      String apiVersion, String kind, Map<String, Object> item) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("apiVersion", apiVersion);
    whole.put("kind", kind);
    whole.putAll(item);
    return Collections.unmodifiableMap(whole);
  }

  private List<String> path(ObjectRef ref) {
    return endpoint(ref).object(ref.namespace(), ref.name());
  }

  private Endpoint endpoint(ObjectRef ref) {
    Endpoint endpoint = discovery.endpoint(ref.apiVersion(), ref.kind());
    if (endpoint.namespaced() && ref.namespace().isEmpty()) {
      throw AppException.of(
          ErrorKind.VALIDATION,
          "KUBE_NAMESPACE_MISSING",
          "%s names no namespace".formatted(ref),
          "%s of %s live in namespaces".formatted(endpoint.plural(), ref.apiVersion()),
          "Set metadata.namespace.");
    }
    return endpoint;
  }

  private Map<String, Object> exchange(RestRequest request) {
    return rest.exchange(request).object();
  }
}
