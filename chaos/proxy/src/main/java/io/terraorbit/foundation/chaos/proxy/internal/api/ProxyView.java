package io.terraorbit.foundation.chaos.proxy.internal.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A proxy as the API shows it. Immutable. */
public record ProxyView(
    String name, String listen, String upstream, boolean enabled, List<ToxicView> toxics) {
  /** The member "Logger" is an accident of Toxiproxy's that is on the wire since 2.5. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("listen", listen);
    json.put("upstream", upstream);
    json.put("enabled", enabled);
    json.put("Logger", Map.of());
    json.put("toxics", toxicsJson());
    return json;
  }

  List<Object> toxicsJson() {
    return new ArrayList<>(toxics.stream().map(ToxicView::json).toList());
  }
}
