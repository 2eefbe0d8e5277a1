package io.terraorbit.foundation.kubernetes.internal.rest;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.json.Values;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Learns from the server where each kind is served. Safe for many threads. What was learnt is kept;
 * a kind that is not among it makes this ask again, so a new custom resource is found.
 */
public final class Discovery {
  private final RestClient rest;
  private final Map<String, Map<String, Endpoint>> known = new ConcurrentHashMap<>();

  public Discovery(RestClient rest) {
    this.rest = rest;
  }

  /**
   * Where a kind is served.
   *
   * @throws AppException {@code KUBE_KIND_UNKNOWN} if it is not
   */
  public Endpoint endpoint(String apiVersion, String kind) {
    Endpoint endpoint = known.getOrDefault(apiVersion, Map.of()).get(kind);
    if (endpoint != null) {
      return endpoint;
    }
    Map<String, Endpoint> fresh = fetch(apiVersion);
    known.put(apiVersion, fresh);
    Endpoint found = fresh.get(kind);
    if (found == null) {
      throw unknown(apiVersion, kind, fresh);
    }
    return found;
  }

  private Map<String, Endpoint> fetch(String apiVersion) {
    RestAnswer answer = rest.exchange(RestRequest.get(Endpoint.version(apiVersion)));
    if (answer.notServed()) {
      return Map.of();
    }
    Map<String, Endpoint> byKind = new TreeMap<>();
    for (Object resource : Values.listAt(answer.object(), "resources")) {
      String plural = Values.string(resource, "name").orElse("");
      String kind = Values.string(resource, "kind").orElse("");
      if (plural.indexOf('/') < 0) {
        boolean namespaced = Values.at(resource, "namespaced").equals(Optional.of(true));
        byKind.putIfAbsent(kind, new Endpoint(apiVersion, plural, namespaced));
      }
    }
    return Map.copyOf(byKind);
  }

  private static AppException unknown(
      String apiVersion, String kind, Map<String, Endpoint> served) {
    return AppException.of(
        ErrorKind.NOT_FOUND,
        "KUBE_KIND_UNKNOWN",
        "The server serves no %s in %s".formatted(kind, apiVersion),
        served.isEmpty()
            ? "It does not serve %s at all".formatted(apiVersion)
            : "It serves " + new TreeSet<>(served.keySet()),
        "Correct apiVersion and kind, or apply the custom resource definition first.");
  }
}
