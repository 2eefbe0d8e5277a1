package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.kubernetes.internal.rest.RestAnswer;
import io.terraorbit.foundation.kubernetes.internal.rest.RestClient;
import io.terraorbit.foundation.kubernetes.internal.rest.RestRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks for an object's deletion, with {@code DeleteOptions} as body. */
final class Deletion {
  private Deletion() {}

  static boolean send(RestClient rest, List<String> path, Delete how) {
    RestAnswer answer = rest.exchange(RestRequest.delete(path, Json.write(options(how))));
    if (answer.notFound()) {
      return false;
    }
    answer.success();
    return true;
  }

  private static Map<String, Object> options(Delete how) {
    Map<String, Object> preconditions = new LinkedHashMap<>();
    if (how.uid() != null) {
      preconditions.put("uid", how.uid());
    }
    if (how.version() != null) {
      preconditions.put("resourceVersion", how.version().toString());
    }
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("kind", "DeleteOptions");
    options.put("apiVersion", "v1");
    options.put("propagationPolicy", how.propagation().wireName());
    if (!preconditions.isEmpty()) {
      options.put("preconditions", preconditions);
    }
    return options;
  }
}
