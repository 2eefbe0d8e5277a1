package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.kubernetes.internal.models.ModelJson;
import io.terraorbit.foundation.kubernetes.internal.models.ModelList;
import io.terraorbit.foundation.kubernetes.internal.rest.Endpoint;
import io.terraorbit.foundation.kubernetes.internal.rest.RestAnswer;
import io.terraorbit.foundation.kubernetes.internal.rest.RestClient;
import io.terraorbit.foundation.kubernetes.internal.rest.RestRequest;
import io.terraorbit.foundation.kubernetes.internal.rest.TransportErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each verb is one request. */
final class HttpResourceClient<T extends HasMetadata> implements ResourceClient<T> {
  private static final Duration WATCH_LIFE = Duration.ofMinutes(30);

  private final RestClient rest;
  private final WatchThreads threads;
  private final Class<T> type;
  private final Endpoint endpoint;

  HttpResourceClient(RestClient rest, WatchThreads threads, Class<T> type, Endpoint endpoint) {
    this.rest = rest;
    this.threads = threads;
    this.type = type;
    this.endpoint = endpoint;
  }

  @Override
  public Class<T> type() {
    return type;
  }

  @Override
  public Optional<T> find(ObjectKey key) {
    RestAnswer answer = rest.exchange(RestRequest.get(path(key)));
    return answer.notFound() ? Optional.empty() : Optional.of(read(answer));
  }

  @Override
  public T get(ObjectKey key) {
    return exchange(RestRequest.get(path(key)));
  }

  @Override
  public T create(T object) {
    String namespace = object.getMetadata() == null ? null : object.getMetadata().getNamespace();
    List<String> path = endpoint.creation(namespace == null ? "" : namespace);
    return exchange(RestRequest.post(path, ModelJson.write(object)));
  }

  @Override
  public T update(T object) {
    return exchange(replacement(object));
  }

  @Override
  public T updateStatus(T object) {
    return exchange(replacement(object).below("status"));
  }

  @Override
  public T mergePatch(ObjectKey key, Map<String, ?> patch) {
    return exchange(RestRequest.mergePatch(path(key), Json.write(patch)));
  }

  @Override
  public T mergePatchStatus(ObjectKey key, Map<String, ?> patch) {
    return exchange(RestRequest.mergePatch(path(key), Json.write(patch)).below("status"));
  }

  @Override
  public boolean delete(ObjectKey key, Delete how) {
    return Deletion.send(rest, path(key), how);
  }

  @Override
  public Page<T> page(Query query, String continueToken) {
    RestRequest request = Listing.page(endpoint, query, continueToken);
    byte[] body = rest.send(request);
    try {
      ModelList<T> list = ModelJson.readList(body, type);
      return Listing.page(list.items(), list.metadata());
    } catch (IOException e) {
      throw TransportErrors.malformed(request.toString(), "list of " + type.getSimpleName(), e);
    }
  }

  @Override
  public WatchStream<T> openWatch(Query query, ResourceVersion from, Duration atMost) {
    RestRequest request = Listing.watch(endpoint, query, from, atMost);
    return new HttpWatchStream<>(rest.lines(request, atMost), type);
  }

  @Override
  public Watch watch(Query query, ResourceVersion from, WatchListener<T> listener) {
    return threads.start(
        "kube-watch-" + endpoint.plural(), openWatch(query, from, WATCH_LIFE), listener);
  }

  private RestRequest replacement(T object) {
    ObjectKey key = ObjectKey.of(object);
    String version = object.getMetadata().getResourceVersion();
    if (version == null || version.isEmpty()) {
      throw new IllegalArgumentException(
          "an update needs metadata.resourceVersion, got %s %s without; update what was read"
              .formatted(object.getKind(), key));
    }
    return RestRequest.put(path(key), ModelJson.write(object));
  }

  private List<String> path(ObjectKey key) {
    return endpoint.object(key.namespace(), key.name());
  }

  private T exchange(RestRequest request) {
    return read(rest.exchange(request));
  }

  private T read(RestAnswer answer) {
    try {
      return ModelJson.read(answer.success(), type);
    } catch (IOException e) {
      throw TransportErrors.malformed(answer.request().toString(), type.getSimpleName(), e);
    }
  }
}
