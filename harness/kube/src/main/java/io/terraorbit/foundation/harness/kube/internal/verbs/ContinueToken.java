package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    Map<String, Object> json;
    try {
      json = Json.readObject(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      throw invalid(e.getMessage());
    }
    String version = Values.string(json, "v").orElse("");
    if (!version.equals(VERSION)) {
      throw invalid("server does not recognize this encoded version \"%s\"".formatted(version));
    }
    if (!(json.get("rv") instanceof Long revision) || revision == 0) {
      throw invalid("incorrect encoded start resourceVersion (version " + VERSION + ")");
    }
    String start = Values.string(json, "start").orElse("");
    if (start.isEmpty()) {
      throw invalid("encoded start key empty (version " + VERSION + ")");
    }
    if (List.of(start.split("/", -1)).contains("..")) {
      throw invalid(start);
    }
    return new ContinueToken(revision, start);
  }

  private static RuntimeException invalid(@Nullable String why) {
    return Refusals.badRequest("invalid continue token: continue key is not valid: " + why);
  }
}
