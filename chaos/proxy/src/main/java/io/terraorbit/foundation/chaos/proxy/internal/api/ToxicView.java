package io.terraorbit.foundation.chaos.proxy.internal.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** A toxic as the API shows it. Immutable. */
public record ToxicView(
    Map<String, Object> attributes, String name, String type, String stream, double toxicity) {
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("attributes", attributes);
    json.put("name", name);
    json.put("type", type);
    json.put("stream", stream);
    json.put("toxicity", Float32.shortest(toxicity));
    return json;
  }
}
