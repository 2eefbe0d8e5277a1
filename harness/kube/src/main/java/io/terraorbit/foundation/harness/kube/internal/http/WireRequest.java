package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.List;
import java.util.Map;

/**
 * A request as it came over the wire, with the user already known. Immutable.
 *
 * @param segments of the path, decoded, with no empty ones
 * @param parameters decoded, in order
 * @param headers by lower-case name; several of a name joined by commas
 */
record WireRequest(
    String method,
    List<String> segments,
    Map<String, List<String>> parameters,
    Map<String, String> headers,
    Bytes body,
    String user) {

  /** The first value of a parameter; empty when it is absent. */
  String parameter(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }

  boolean flag(String name) {
    return switch (parameter(name)) {
      case "true", "1", "t", "T", "True", "TRUE" -> true;
      default -> false;
    };
  }

  /**
   * A parameter that is a whole number; 0 when it is absent.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400
   */
  long number(String name) {
    String text = parameter(name);
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("-?\\d{1,18}")) {
      throw Refusals.badRequest("strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text));
    }
    return Long.parseLong(text);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The media type of the body, in lower case, without parameters. */
  String contentType() {
    String type = header("content-type");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon))
        .trim()
        .toLowerCase(java.util.Locale.ROOT);
  }

  boolean wantsWebSocket() {
    return header("upgrade").equalsIgnoreCase("websocket");
  }
}
