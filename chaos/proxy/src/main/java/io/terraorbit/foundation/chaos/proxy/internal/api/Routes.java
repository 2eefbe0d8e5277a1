package io.terraorbit.foundation.chaos.proxy.internal.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which call a method and a path mean, and what it answers. Safe for many threads. */
final class Routes {
  /** The version whose behaviour this is; clients compare it to decide between POST and PATCH. */
  static final String VERSION = "2.12.0";

  private final Control control;

  Routes(Control control) {
    this.control = control;
  }

  /** A call whose path and method are known. */
  interface Call {
    Reply answer();
  }

  /**
   * Finds the call.
   *
   * @return null when no route has this path
   * @throws MethodUnknown when one has the path, but not the method
   */
  @Nullable Call find(String method, String rawPath, byte[] body) throws MethodUnknown {
    String path = decoded(rawPath);
    if (path == null || !path.startsWith("/")) {
      return null;
    }
    String[] parts = path.substring(1).split("/", -1);
    if (parts.length == 1) {
      return findTop(method, parts[0], body);
    }
    if (!parts[0].equals("proxies") || List.of(parts).contains("")) {
      return null;
    }
    if (parts.length == 2) {
      return findProxy(method, parts[1], body);
    }
    if (!parts[2].equals("toxics")) {
      return null;
    }
    return switch (parts.length) {
      case 3 -> findToxics(method, parts[1], body);
      case 4 -> findToxic(method, parts[1], parts[3], body);
      default -> null;
    };
  }

  /** The path is right and the method is not. */
  static final class MethodUnknown extends Exception {}

  private @Nullable Call findTop(String method, String name, byte[] body) throws MethodUnknown {
    return switch (name) {
      case "proxies" -> pick(method, Map.of("GET", this::index, "POST", () -> create(body)));
      case "populate" -> pick(method, Map.of("POST", () -> populate(body)));
      case "reset" -> pick(method, Map.of("POST", this::reset));
      case "version" -> pick(method, Map.of("GET", () -> Reply.version(VERSION)));
      default -> null;
    };
  }

  private Call findProxy(String method, String proxy, byte[] body) throws MethodUnknown {
    Call update = () -> Reply.json(200, control.update(proxy, proxyBody(proxy, body)).json());
    return pick(
        method,
        Map.of(
            "GET",
            () -> Reply.json(200, control.proxy(proxy).json()),
            "POST",
            update,
            "PATCH",
            update,
            "DELETE",
            () -> deleted(() -> control.delete(proxy))));
  }

  private Call findToxics(String method, String proxy, byte[] body) throws MethodUnknown {
    return pick(
        method,
        Map.of(
            "GET", () -> Reply.json(200, control.proxy(proxy).toxicsJson()),
            "POST", () -> addToxic(proxy, body)));
  }

  private Call findToxic(String method, String proxy, String toxic, byte[] body)
      throws MethodUnknown {
    Call update = () -> updateToxic(proxy, toxic, body);
    return pick(
        method,
        Map.of(
            "GET",
            () -> Reply.json(200, control.toxic(proxy, toxic).json()),
            "POST",
            update,
            "PATCH",
            update,
            "DELETE",
            () -> deleted(() -> control.removeToxic(proxy, toxic))));
  }

  private static Call pick(String method, Map<String, Call> calls) throws MethodUnknown {
    Call call = calls.get(method);
    if (call == null) {
      throw new MethodUnknown();
    }
    return call;
  }

  private Reply index() {
    Map<String, Object> proxies = new LinkedHashMap<>();
    control.proxies().forEach(proxy -> proxies.put(proxy.name(), proxy.json()));
    return Reply.json(200, proxies);
  }

  private Reply create(byte[] body) {
    ProxyBody proxy = ProxyBody.of(fields(body, "Proxy", "toxiproxy.Proxy"));
    return Reply.json(201, control.create(proxy.complete("")).json());
  }

  private ProxyBody proxyBody(String proxy, byte[] body) {
    control.proxy(proxy);
    return ProxyBody.of(fields(body, "Proxy", "toxiproxy.Proxy"));
  }

  private Reply populate(byte[] body) {
    try {
      Populated populated = control.populate(bodies(GoJson.read(body)));
      return Reply.populated(populated.proxies(), populated.failure());
    } catch (ApiFailure e) {
      return Reply.populated(List.of(), e);
    }
  }

  private static List<ProxyBody> bodies(@Nullable Object value) {
    List<ProxyBody> bodies =
        GoFields.listOf(value, "Proxy", "toxiproxy.Proxy").stream().map(ProxyBody::of).toList();
    for (int i = 0; i < bodies.size(); i++) {
      bodies.get(i).complete(" at proxy " + (i + 1));
    }
    return bodies;
  }

  private Reply reset() {
    return deleted(control::reset);
  }

  private Reply addToxic(String proxy, byte[] body) {
    control.proxy(proxy);
    ToxicBody toxic = ToxicBody.of(fields(body, "ToxicWrapper", "toxics.ToxicWrapper"));
    return Reply.json(200, control.addToxic(proxy, toxic).json());
  }

  private Reply updateToxic(String proxy, String toxic, byte[] body) {
    control.toxic(proxy, toxic);
    ToxicBody change = ToxicBody.ofUpdate(fields(body, "", "struct"));
    return Reply.json(200, control.updateToxic(proxy, toxic, change).json());
  }

  private static Reply deleted(Runnable call) {
    call.run();
    return Reply.empty(204);
  }

  private static GoFields fields(byte[] body, String struct, String goType) {
    return GoFields.of(GoJson.read(body), struct, goType);
  }

  private static @Nullable String decoded(String rawPath) {
    try {
      return URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
