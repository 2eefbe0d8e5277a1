package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.GoSyntax;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a list goes on. Immutable. The text is that of the real server.
 *
 * @param revision of the first page; -1 to go on with whatever is newest
 * @param start the first key that is not yet listed, without the kind's prefix
 */
record ContinueToken(long revision, String start) {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String VERSION = "meta.k8s.io/v1";

  String text() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", VERSION);
    json.put("rv", revision);
    json.put("start", start);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(json));
  }

  static ContinueToken parse(String text) {
    Map<String, Object> json = decoded(text);
    requireType(json, "v", json.getOrDefault("v", "") instanceof String, "string");
    requireType(json, "rv", json.getOrDefault("rv", 0L) instanceof Long, "int64");
    requireType(json, "start", json.getOrDefault("start", "") instanceof String, "string");
    String version = Values.string(json, "v").orElse("");
    if (!version.equals(VERSION)) {
      throw invalid("server does not recognize this encoded version " + version);
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

  private static Map<String, Object> decoded(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        throw invalid("illegal base64 data at input byte " + i);
      }
    }
    if (text.length() % 4 == 1) { // six bits are left over, which make no byte
      throw invalid("illegal base64 data at input byte " + (text.length() - 1));
    }
    byte[] content = Base64.getUrlDecoder().decode(text);
    try {
      Object value = Json.read(content);
      if (value instanceof Map<?, ?>) {
        return Values.object(value);
      }
      throw invalid(
          "json: cannot unmarshal %s into Go value of type storage.continueToken"
              .formatted(GoValues.typeName(value)));
    } catch (JsonSyntaxException e) {
      throw invalid(GoSyntax.mistake(content, String.valueOf(e.getMessage())));
    }
  }

  private static void requireType(
      Map<String, Object> json, String name, boolean right, String type) {
    if (!right) {
      throw invalid(
          "json: cannot unmarshal %s into Go struct field continueToken.%s of type %s"
              .formatted(GoValues.typeName(json.get(name)), name, type));
    }
  }

  private static RuntimeException invalid(String why) {
    return Refusals.badRequest("invalid continue token: continue key is not valid: " + why);
  }
}
