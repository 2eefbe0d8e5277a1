package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a list goes on. Immutable. The text is that of the real server.
 *
 * @param revision of the first page; -1 to go on with whatever is newest
 * @param start the first key that is not yet listed, without the kind's prefix
 */
record ContinueToken(long revision, String start) {
  private static final String VERSION = "meta.k8s.io/v1";

  String text() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", VERSION);
    json.put("rv", revision);
    json.put("start", start);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(json));
  }

  static ContinueToken parse(String text) {
    try {
      Map<String, Object> json = Json.readObject(Base64.getUrlDecoder().decode(text));
      if (Values.string(json, "v").orElse("").equals(VERSION)
          && json.get("rv") instanceof Long revision
          && revision != 0
          && json.get("start") instanceof String start
          && !start.isEmpty()) {
        return new ContinueToken(revision, start);
      }
      throw Refusals.badRequest(
          "continue key is not valid: incorrect encoded start, rv or version");
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      throw Refusals.badRequest("continue key is not valid: " + e.getMessage());
    }
  }
}
