package io.terraorbit.foundation.kubernetes.internal.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request. Immutable.
 *
 * @param path segments, not yet encoded
 * @param parameters of the query, not yet encoded
 * @param body null for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RestRequest(
    String method,
    List<String> path,
    Map<String, String> parameters,
    @Nullable String contentType,
    byte @Nullable [] body) {
  static final String JSON = "application/json";
  static final String MERGE_PATCH = "application/merge-patch+json";

  public RestRequest {
    path = List.copyOf(path);
  }

  public static RestRequest get(List<String> path) {
    return new RestRequest("GET", path, Map.of(), null, null);
  }

  public static RestRequest post(List<String> path, byte[] json) {
    return new RestRequest("POST", path, Map.of(), JSON, json);
  }

  public static RestRequest put(List<String> path, byte[] json) {
    return new RestRequest("PUT", path, Map.of(), JSON, json);
  }

  public static RestRequest mergePatch(List<String> path, byte[] json) {
    return new RestRequest("PATCH", path, Map.of(), MERGE_PATCH, json);
  }

  public static RestRequest delete(List<String> path, byte[] json) {
    return new RestRequest("DELETE", path, Map.of(), JSON, json);
  }

  /** With one more parameter; without, when the value is empty. */
  public RestRequest with(String name, String value) {
    if (value.isEmpty()) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new RestRequest(method, path, more, contentType, body);
  }

  /** Below the path of this one, such as the status of an object. */
  public RestRequest below(String segment) {
    List<String> longer = new ArrayList<>(path);
    longer.add(segment);
    return new RestRequest(method, longer, parameters, contentType, body);
  }

  /** As people read it: the method and the path. */
  @Override
  public String toString() {
    return method + " /" + String.join("/", path);
  }
}
