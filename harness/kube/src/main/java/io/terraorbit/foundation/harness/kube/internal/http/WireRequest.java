package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.terraorbit.foundation.harness.kube.internal.access.Caller;
import io.terraorbit.foundation.harness.kube.internal.access.RequestInfo;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as it came over the wire, with the caller already known. Immutable.
 *
 * @param segments of the path, decoded, with no empty ones
 * @param parameters decoded, in order
 * @param headers by lower-case name; several of a name joined by commas
 * @param asOf the revision that a read is to see instead of the newest; 0 for the newest
 */
record WireRequest(
    String method,
    List<String> segments,
    Map<String, List<String>> parameters,
    Map<String, String> headers,
    Bytes body,
    Caller caller,
    long asOf) {

  WireRequest(
      String method,
      List<String> segments,
      Map<String, List<String>> parameters,
      Map<String, String> headers,
      Bytes body,
      Caller caller) {
    this(method, segments, parameters, headers, body, caller, 0);
  }

  /**
   * Takes a request apart.
   *
   * @param target path and query
   * @param headers by lower-case name
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400
   */
  static WireRequest read(
      String method, String target, Map<String, String> headers, Bytes body, Caller caller) {
    try {
      QueryStringDecoder uri = new QueryStringDecoder(target);
      List<String> segments =
          Arrays.stream(uri.rawPath().split("/"))
              .filter(segment -> !segment.isEmpty())
              .map(segment -> QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")))
              .toList();
      return new WireRequest(method, segments, uri.parameters(), headers, body, caller);
    } catch (IllegalArgumentException e) {
      throw Refusals.badRequest("malformed URL: " + e.getMessage());
    }
  }

  /** The name of who asks. */
  String user() {
    return caller.name();
  }

  /** The same request by another caller. */
  WireRequest by(Caller other) {
    return new WireRequest(method, segments, parameters, headers, body, other, asOf);
  }

  /** The same request, which sees what was there at a revision. */
  WireRequest asOf(long revision) {
    return new WireRequest(method, segments, parameters, headers, body, caller, revision);
  }

  /** What it is about, by its path. */
  RequestInfo info() {
    return RequestInfo.of(method, segments, flag("watch"));
  }

  /** What it is about for those who decide on it: a selected name counts as in the path. */
  RequestInfo decisive() {
    RequestInfo info = info();
    if (!info.isResource() || !info.name().isEmpty() || method.equals("POST")) {
      return info;
    }
    for (String requirement : parameter("fieldSelector").split(",")) {
      if (requirement.matches("metadata\\.name==?[^=!].*")) {
        return info.named(requirement.substring(requirement.lastIndexOf('=') + 1));
      }
    }
    return info;
  }

  /** The same request, which shall change nothing and be answered in plain JSON. */
  WireRequest rehearsal() {
    Map<String, List<String>> dry = new LinkedHashMap<>(parameters);
    dry.put("dryRun", List.of("All"));
    Map<String, String> plain = new HashMap<>(headers);
    plain.remove("accept");
    return new WireRequest(method, segments, dry, plain, body, caller, asOf);
  }

  /** The first value of a parameter; empty when it is absent. */
  String parameter(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }

  /** Whether a parameter is there and does not say no. */
  boolean flag(String name) {
    String value = parameter(name);
    return parameters.containsKey(name) && !value.equals("0") && !value.equalsIgnoreCase("false");
  }

  /**
   * A parameter that is a whole number; 0 when it is absent.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400
   */
  long number(String name) {
    if (!parameters.containsKey(name)) {
      return 0;
    }
    String text = parameter(name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      String why = text.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax";
      throw Refusals.badRequest("strconv.ParseInt: parsing \"%s\": %s".formatted(text, why));
    }
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

  /**
   * Makes sure that nothing is to be changed.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 405
   */
  void requireGet() {
    if (!method.equals("GET")) {
      throw Refusals.methodNotAllowed();
    }
  }

  boolean wantsWebSocket() {
    return header("upgrade").equalsIgnoreCase("websocket");
  }
}
