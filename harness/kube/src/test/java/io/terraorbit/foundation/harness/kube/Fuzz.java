package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes up requests, most of them a little wrong. The same chance makes the same requests. */
final class Fuzz {
  private static final List<String> COLLECTIONS =
      List.of(
          "/api/v1/namespaces/default/pods",
          "/api/v1/namespaces/default/configmaps",
          "/api/v1/namespaces/default/services",
          "/api/v1/namespaces/default/secrets",
          "/api/v1/namespaces/default/serviceaccounts",
          "/api/v1/namespaces/default/resourcequotas",
          "/api/v1/namespaces/default/limitranges",
          "/api/v1/namespaces/default/events",
          "/api/v1/namespaces",
          "/api/v1/nodes",
          "/api/v1/watch/namespaces/default/configmaps",
          "/apis/apps/v1/namespaces/default/deployments",
          "/apis/apps/v1/namespaces/default/statefulsets",
          "/apis/batch/v1/namespaces/default/jobs",
          "/apis/batch/v1/namespaces/default/cronjobs",
          "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
          "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
          "/apis/coordination.k8s.io/v1/namespaces/default/leases",
          "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
          "/apis/rbac.authorization.k8s.io/v1/clusterroles",
          "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
          "/apis/storage.k8s.io/v1/storageclasses",
          "/apis/certificates.k8s.io/v1/certificatesigningrequests",
          "/apis/scheduling.k8s.io/v1/priorityclasses",
          "/apis/authentication.k8s.io/v1/tokenreviews",
          "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
          "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
          "/apis/ex.io/v1/namespaces/default/foos",
          "/apis",
          "/api",
          "/api/v1",
          "/apis/apps",
          "/version",
          "/openapi/v3",
          "/readyz");
  private static final List<String> SUBRESOURCES =
      List.of(
          "status",
          "scale",
          "eviction",
          "binding",
          "token",
          "finalize",
          "log",
          "resize",
          "nothing",
          "ephemeralcontainers",
          "approval");
  private static final List<String> NAMES =
      List.of("a", "b", "foos.ex.io", "default", "kube-system", "A!", "a".repeat(300), "é", "..");
  private static final List<String> SEGMENTS =
      List.of("%00", "%2F", "%zz", "..", ".", "+", "%20", "%F0%9F%98%80", "x".repeat(500), "", "%");
  private static final List<String> METHODS =
      List.of(
          "GET", "GET", "GET", "POST", "POST", "POST", "PUT", "PATCH", "PATCH", "DELETE", "HEAD",
          "OPTIONS", "TRACE", "Q");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json",
          "application/yaml",
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml",
          "application/vnd.kubernetes.protobuf",
          "text/html",
          "",
          ";;;",
          "application/json;charset=nonsense;;=");
  private static final List<String> ACCEPTS =
      List.of(
          "application/json",
          "application/json;as=Table;v=v1;g=meta.k8s.io",
          "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
          "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
          "application/json;as=Table;v=v9;g=",
          "application/json;as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io",
          "application/yaml",
          "application/vnd.kubernetes.protobuf,*/*",
          "*/*;q=",
          ",,,",
          "application/json;q=0");
  private static final List<String> PARAMETERS =
      List.of(
          "watch",
          "limit",
          "continue",
          "resourceVersion",
          "resourceVersionMatch",
          "labelSelector",
          "fieldSelector",
          "dryRun",
          "fieldValidation",
          "fieldManager",
          "timeoutSeconds",
          "sendInitialEvents",
          "allowWatchBookmarks",
          "propagationPolicy",
          "gracePeriodSeconds",
          "orphanDependents",
          "force",
          "pretty",
          "includeObject",
          "ignoreStoreReadErrorWithClusterBreakingPotential");
  private static final List<String> VALUES =
      List.of(
          "",
          "true",
          "false",
          "1",
          "0",
          "-1",
          "9",
          "99999999999999999999",
          "abc",
          "All",
          "Strict",
          "Warn",
          "Exact",
          "NotOlderThan",
          "Foreground",
          "Orphan",
          "Background",
          "metadata.name=a",
          "metadata.name!=a,metadata.namespace=default",
          "status.phase=Running",
          "a=b",
          "a in (b,c)",
          "!a",
          "a notin (",
          "a==b,c!=d",
          "None",
          "Metadata",
          "%00",
          "\u0000",
          "é");
  private static final String SELECTOR_SIGNS = "ab1=!,() in notin exists.-_/\"\\\t";
  private static final List<Object> ODD =
      Arrays.asList(
          null,
          true,
          -1L,
          0L,
          1.5,
          Long.MAX_VALUE,
          "",
          "x",
          "-",
          "é\u0000",
          "5",
          "100m",
          "1Gi",
          "2026-01-01T00:00:00Z",
          "x".repeat(300),
          List.of(),
          List.of(1L, "a"),
          List.of(List.of()),
          Map.of(),
          Map.of("a", "b"),
          Map.of("name", Map.of()));

  private final RandomGenerator random;
  private final List<Map<String, Object>> bodies;

  Fuzz(RandomGenerator random) {
    this.random = random;
    this.bodies = FuzzBodies.all();
  }

  InProcessApi.Request request() {
    return chance(2) ? plausible() : wild();
  }

  /** An object where it belongs, only that it may be a little wrong. */
  private InProcessApi.Request plausible() {
    Map<String, Object> body = any(bodies);
    String collection = FuzzBodies.collection(body);
    String one = collection + "/" + Values.string(body, "metadata", "name").orElse("a");
    String query = chance(4) ? "?" + any(PARAMETERS) + "=" + encoded(value()) : "";
    byte[] json = Json.write(mutated(body));
    return switch (random.nextInt(6)) {
      case 0 -> typed("PUT", one + query, "application/json", json);
      case 1 -> typed("PATCH", one + query, "application/merge-patch+json", json);
      case 2 ->
          typed(
              "PATCH",
              one + (chance(3) ? "/status" : "") + query,
              "application/json-patch+json",
              Json.write(jsonPatch()));
      case 3 -> typed("DELETE", one + query, "application/json", new byte[0]);
      default -> typed("POST", collection + query, "application/json", json);
    };
  }

  private static InProcessApi.Request typed(
      String method, String target, String type, byte[] body) {
    return new InProcessApi.Request(method, target, Map.of("Content-Type", type), body);
  }

  private InProcessApi.Request wild() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", any(TYPES));
    if (chance(3)) {
      headers.put("Accept", any(ACCEPTS));
    }
    if (chance(40)) {
      headers.put("Accept-Encoding", "gzip");
    }
    if (chance(60)) {
      headers.put(any(List.of("Impersonate-User", "Impersonate-Group", "Audit-Id")), any(NAMES));
    }
    return new InProcessApi.Request(any(METHODS), target(), headers, body());
  }

  /** Bytes that begin as a request does, if that. */
  byte[] bytes() {
    InProcessApi.Request request = request();
    StringBuilder head =
        new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\nHost: x\r\n");
    request
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(request.body().length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(start, start.length + request.body().length);
    System.arraycopy(request.body(), 0, whole, start.length, request.body().length);
    return chance(5) ? noise() : damaged(whole);
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(200)];
    random.nextBytes(noise);
    if (noise.length > 3 && chance(2)) {
      byte[] first =
          any(List.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001", "GET "))
              .getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(first, 0, noise, 0, Math.min(first.length, noise.length));
    }
    return noise;
  }

  private String target() {
    StringBuilder target = new StringBuilder(any(COLLECTIONS));
    if (chance(2)) {
      target.append('/').append(encoded(any(NAMES)));
      if (chance(4)) {
        target.append('/').append(any(SUBRESOURCES));
      }
    }
    if (chance(15)) {
      String[] parts = target.toString().split("/");
      parts[random.nextInt(parts.length)] = any(SEGMENTS);
      target = new StringBuilder(String.join("/", parts));
    }
    char separator = '?';
    for (int i = random.nextInt(4); i > 0; i--) {
      target.append(separator).append(any(PARAMETERS)).append('=').append(encoded(value()));
      separator = '&';
    }
    return target.length() == 0 ? "/" : target.toString();
  }

  private String value() {
    if (chance(6)) {
      StringBuilder selector = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        selector.append(SELECTOR_SIGNS.charAt(random.nextInt(SELECTOR_SIGNS.length())));
      }
      return selector.toString();
    }
    if (chance(6)) {
      String token =
          Json.text(mutated(Map.of("v", "meta.k8s.io/v1", "rv", 3L, "start", "default/a\u0000")));
      return Base64.getUrlEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }
    return any(VALUES);
  }

  private byte[] body() {
    Supplier<Object> made =
        any(
            List.<Supplier<Object>>of(
                () -> mutated(any(bodies)),
                () -> mutated(any(bodies)),
                () -> mutated(any(bodies)),
                this::jsonPatch,
                () ->
                    mutated(
                        Map.of(
                            "metadata",
                            Map.of("labels", Map.of("a", "b")),
                            "spec",
                            Map.of("replicas", 2L),
                            "data",
                            Map.of("k", "v"))),
                () -> any(ODD)));
    byte[] body = Json.write(made.get());
    return chance(10) ? damaged(body) : body;
  }

  private Object jsonPatch() {
    List<Object> operations = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Map<String, Object> operation = new LinkedHashMap<>();
      operation.put("op", any(List.of("add", "remove", "replace", "move", "copy", "test", "no")));
      operation.put("path", pointer());
      operation.put("from", pointer());
      operation.put("value", any(ODD));
      operations.add(chance(5) ? mutated(operation) : operation);
    }
    return operations;
  }

  private String pointer() {
    return any(
        List.of(
            "",
            "/",
            "/metadata",
            "/metadata/labels",
            "/metadata/name",
            "/spec",
            "/spec/replicas",
            "/metadata/finalizers/-",
            "/metadata/ownerReferences/0",
            "/data/k",
            "/~2",
            "a",
            "/status",
            "/spec/containers/0/image",
            "/metadata/labels/a~1b",
            "/metadata/resourceVersion",
            "/spec/versions/0/schema",
            "/metadata/managedFields",
            "/kind",
            "/metadata/labels/01"));
  }

  /** A copy with some things in it changed, removed, added. */
  private Object mutated(Object value) {
    Object changed = value;
    for (int i = random.nextInt(3); i > 0; i--) {
      changed = mutatedOnce(changed);
    }
    return changed;
  }

  private Object mutatedOnce(Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, inner) -> copy.put(String.valueOf(key), inner));
      List<String> keys = new ArrayList<>(copy.keySet());
      String key = any(keys);
      switch (random.nextInt(8)) {
        case 0 -> copy.put(key, any(ODD));
        case 1 -> copy.remove(key);
        case 2 -> copy.put(any(List.of("x", "", "metadata", "a/b/c", "é")), any(ODD));
        default -> copy.put(key, mutatedOnce(copy.get(key)));
      }
      return copy;
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<Object> copy = new ArrayList<>(list);
      int index = random.nextInt(copy.size());
      switch (random.nextInt(6)) {
        case 0 -> copy.set(index, any(ODD));
        case 1 -> copy.remove(index);
        case 2 -> copy.add(copy.get(index));
        default -> copy.set(index, mutatedOnce(copy.get(index)));
      }
      return copy;
    }
    return any(ODD);
  }

  private byte[] damaged(byte[] whole) {
    if (whole.length == 0) {
      return whole;
    }
    byte[] copy = whole.clone();
    switch (random.nextInt(3)) {
      case 0 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length + 1));
      case 1 -> copy[random.nextInt(copy.length)] = (byte) random.nextInt();
      default -> {
        int at = random.nextInt(copy.length);
        copy = Arrays.copyOf(copy, copy.length * 2 - at);
        System.arraycopy(whole, at, copy, whole.length, whole.length - at);
      }
    }
    return copy;
  }

  private String encoded(String text) {
    return text.equals("%00") ? text : java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
