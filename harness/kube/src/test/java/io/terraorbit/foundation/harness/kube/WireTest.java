package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WireTest {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Discovery {
    @Test
    void tellsTheVersion() {
      assertThat(api.get("/version").at("gitVersion")).startsWith("v1.36.");
      assertThat(api.get("/version/").at("minor")).isEqualTo("36");
      assertThat(api.post("/version", "{}").code()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/livez?exclude=etcd", "/readyz/ping"})
    void isHealthy(String path) {
      assertThat(api.get(path).text()).isEqualTo("ok");
    }

    @Test
    void listsVersionsGroupsAndResources() {
      assertThat(api.get("/api").at("versions")).isEqualTo("[v1]");
      Api.Answer groups = api.get("/apis");
      assertThat(Values.listAt(groups.body(), "groups"))
          .extracting(group -> Values.string(group, "name").orElse(""))
          .contains("apps", "batch", "coordination.k8s.io");
      assertThat(api.get("/apis/apps").at("preferredVersion", "groupVersion")).isEqualTo("apps/v1");
      Api.Answer core = api.get("/api/v1");
      assertThat(core.at("groupVersion")).isEqualTo("v1");
      assertThat(core.text())
          .contains(
              "{\"name\":\"namespaces\",\"singularName\":\"namespace\",\"namespaced\":false,"
                  + "\"kind\":\"Namespace\",\"verbs\":[\"create\",\"delete\",\"get\",\"list\","
                  + "\"patch\",\"update\",\"watch\"],\"shortNames\":[\"ns\"],"
                  + "\"storageVersionHash\":\"Q3oi5N2YM8M=\"},"
                  + "{\"name\":\"namespaces/finalize\",\"singularName\":\"\","
                  + "\"namespaced\":false,\"kind\":\"Namespace\",\"verbs\":[\"update\"]}");
      assertThat(api.get("/apis/admissionregistration.k8s.io/v1").text())
          .contains(
              "{\"name\":\"mutatingadmissionpolicies\",\"singularName\":\"mutatingadmissionpolicy\",");
    }

    @Test
    void isOneDocumentForThoseWhoAskForIt() throws IOException {
      Api.Answer core = api.exchange("GET", "/api", "", "", "Accept", AGGREGATED);
      Api.Answer groups = api.exchange("GET", "/apis", "", "", "Accept", AGGREGATED);

      assertThat(core.header("content-type"))
          .isEqualTo("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
      assertThat(core.at("kind")).isEqualTo("APIGroupDiscoveryList");
      assertThat(core.text())
          .contains(
              "{\"resource\":\"configmaps\",\"responseKind\":{\"group\":\"\",\"version\":\"\","
                  + "\"kind\":\"ConfigMap\"},\"scope\":\"Namespaced\","
                  + "\"singularResource\":\"configmap\"");
      assertThat(groups.text()).contains("\"subresource\":\"status\"", "\"freshness\":\"Current\"");
      assertThat(
              api.exchange("GET", "/api", "", "", "Accept", "application/json," + AGGREGATED)
                  .at("kind"))
          .isEqualTo("APIVersions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/apis/none", "/apis/none/v1/x"})
    void answersInPlainTextWhereThereIsNothing(String path) {
      Api.Answer nothing = api.get(path);

      assertThat(nothing.code()).isEqualTo(404);
      assertThat(nothing.text()).isEqualTo("404 page not found\n");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/api/v1/nothings",
          "/apis/apps/v1/configmaps",
          "/api/v1/configmaps/a",
          "/api/v1/namespaces/default/nodes"
        })
    void saysThatAResourceIsUnknown(String path) {
      Api.Answer unknown = api.get(path);

      assertThat(unknown.text())
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"the server could not find the requested resource\","
                  + "\"reason\":\"NotFound\",\"details\":{},\"code\":404}");
    }
  }

  @Nested
  class Refusing {
    @ParameterizedTest
    @CsvSource({
      "GET, /openapi/v2, OpenAPI documents of version 2",
      "GET, /api/v1/namespaces/default/pods/p/log, the subresource 'log' of pods",
      "POST, /api/v1/namespaces/default/pods/p/exec, the subresource 'exec' of pods",
    })
    void namesWhatItDoesNotImplement(String method, String path, String feature) {
      Api.Answer refused = api.send(method, path, "", "");

      assertThat(refused.code()).isEqualTo(501);
      assertThat(refused.reason()).isEqualTo("NotImplemented");
      assertThat(refused.message())
          .isEqualTo("the embedded Kubernetes API does not implement " + feature);
      assertThat(refused.at("details", "causes")).contains("FeatureNotImplemented");
    }

    @ParameterizedTest
    @CsvSource({
      "POST, /api/v1/componentstatuses",
      "DELETE, /api/v1/namespaces",
      "DELETE, /api/v1/namespaces/default/finalize",
      "PATCH, /api/v1/namespaces/default/finalize",
      "DELETE, /api/v1/namespaces/default/status",
      "PUT, /api/v1/namespaces/default/configmaps",
      "POST, /api/v1/namespaces/default/configmaps/a",
    })
    void allowsOnlyTheVerbsOfAResource(String method, String path) {
      Api.Answer refused = api.send(method, path, "application/json", "{}");

      assertThat(refused.code()).isEqualTo(405);
      assertThat(refused.reason()).isEqualTo("MethodNotAllowed");
    }

    @ParameterizedTest
    @CsvSource({
      "application/yaml, 201",
      "application/vnd.kubernetes.protobuf, 400",
      "text/html, 415",
      "application/json; charset=utf-8, 201",
    })
    void readsJsonAndYaml(String contentType, int code) {
      assertThat(api.send("POST", CONFIG_MAPS, contentType, configMap("a", "")).code())
          .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "text/html | 406",
          "application/json;as=Table;v=v1;g=meta.k8s.io | 200",
          "application/json;as=Table;v=v1;g=meta.k8s.io,application/json | 200",
          "application/vnd.kubernetes.protobuf, */* | 200",
          "application/* | 200"
        })
    void writesWhatIsAcceptable(String accept, int code) throws IOException {
      assertThat(api.exchange("GET", CONFIG_MAPS, "", "", "Accept", accept).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
      "PUT, /api/v1/namespaces/default/configmaps",
      "PATCH, /api/v1/namespaces/default/configmaps",
      "POST, /api/v1/configmaps",
      "DELETE, /api/v1/configmaps",
      "POST, /api/v1/namespaces/default/configmaps/a",
      "DELETE, /apis/apps/v1/namespaces/default/deployments/d/status",
    })
    void allowsOnlyTheMethodsOfAPath(String method, String path) {
      Api.Answer refused = api.send(method, path, "application/json", "{}");

      assertThat(refused.code()).isEqualTo(405);
      assertThat(refused.message())
          .isEqualTo("the server does not allow this method on the requested resource");
    }

    @Test
    void knowsOnlyTheTokensItGaveOut() {
      Api.Answer unknown = new Api(server.url(), "unknown").get(CONFIG_MAPS);

      assertThat(unknown.code()).isEqualTo(401);
      assertThat(unknown.text())
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}");
      assertThat(new Api(server.url(), "").get(CONFIG_MAPS).code()).isEqualTo(200);
    }

    @Test
    void takesNoBodyAboveThreeMebibytes() throws IOException {
      String answer =
          raw(
              "POST "
                  + CONFIG_MAPS
                  + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3145729\r\n\r\n"
                  + "x".repeat(3_145_729));

      assertThat(answer)
          .startsWith("HTTP/1.1 413 ")
          .contains("\"message\":\"Request entity too large: limit is 3145728\"");
      assertThat(api.post(CONFIG_MAPS, configMap("a", "x".repeat(1_000_000))).code())
          .isEqualTo(201);
      assertThat(api.post(CONFIG_MAPS, configMap("b", "x".repeat(3_000_000))).code())
          .isEqualTo(422);
    }

    @Test
    void takesNoEndlessPatch() {
      api.post(CONFIG_MAPS, configMap("a", ""));
      String operation = "{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"\"},";

      Api.Answer refused =
          api.jsonPatch(
              CONFIG_MAPS + "/a", "[" + operation.repeat(10_000) + operation.replace("},", "}]"));

      assertThat(refused.code()).isEqualTo(413);
    }
  }

  @Nested
  class Garbled {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "{",
          "nonsense",
          "{\"metadata\":{\"name\":\"a\"}} x",
          "\u0000",
        })
    void bodiesAreBadRequests(String body) {
      assertThat(api.post(CONFIG_MAPS, body).code()).isEqualTo(400);
    }

    @Test
    void deepBodiesAreBadRequests() {
      assertThat(api.post(CONFIG_MAPS, "[".repeat(100_000)).code()).isEqualTo(400);
    }

    @Test
    void urlsAreBadRequests() throws IOException {
      assertThat(raw("GET /api/v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("malformed URL");
      assertThat(
              raw(
                  "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Basic x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void requestsAreBadRequests() throws IOException {
      assertThat(raw("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(raw("GET /" + "x".repeat(70_000) + " HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void upgradesAreRefused() throws IOException {
      String watch = CONFIG_MAPS + "?watch=1";
      assertThat(
              raw(
                  "GET "
                      + watch
                      + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(
              raw(
                  "GET "
                      + watch
                      + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Version: 99\r\n\r\n"))
          .startsWith("HTTP/1.1 426 ");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "?timeoutSeconds=999999999999999999&watch=1&resourceVersion=1&limit=-1",
          "/a?gracePeriodSeconds=x",
        })
    void numbersDoNotHurt(String query) {
      api.delete(CONFIG_MAPS + query);

      assertThat(api.get(CONFIG_MAPS + "?limit=-5").code()).isEqualTo(200);
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    String request = "GET /api/v1/namespaces/%s HTTP/1.1\r\nHost: x\r\n%s\r\n";

    String answers =
        raw(
            request.formatted("default", "")
                + request.formatted("nope", "")
                + request.formatted("kube-system", "Connection: close\r\n"));

    assertThat(answers.indexOf("\"default\""))
        .isPositive()
        .isLessThan(answers.indexOf("\\\"nope\\\""));
    assertThat(answers.indexOf("\"kube-system\"")).isGreaterThan(answers.indexOf("\\\"nope\\\""));
  }

  @Test
  void hangsUpOnEndlessPipelines() throws IOException {
    String answers = raw("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".repeat(5_000));

    assertThat(answers.split("HTTP/1.1 200", -1)).hasSizeLessThan(5_000);
  }

  @Test
  void listsWhatIsUnsupported() {
    assertThat(KubeApiServer.unsupported())
        .isNotEmpty()
        .allMatch(line -> line.matches("(501|absent|accepted)\t.+"));
  }

  @Test
  void discoveryIsTheSameEachTime() {
    try (KubeApiServer other = KubeApiServer.start()) {
      Api second = new Api(other, "x");
      for (String path : List.of("/apis", "/api/v1", "/apis/apps/v1")) {
        assertThat(second.get(path).text()).isEqualTo(api.get(path).text());
      }
    }
    assertThat(Json.text(Map.of())).isEqualTo("{}");
  }

  /** Sends bytes as they are, reads until the server hangs up. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.url().getPort())) {
      socket.setSoTimeout(30_000);
      Thread writer =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                  // The server may hang up before it has read all.
                }
              });
      writer.start();
      StringBuilder answer = new StringBuilder();
      byte[] buffer = new byte[8192];
      try {
        for (int n = socket.getInputStream().read(buffer);
            n > 0;
            n = socket.getInputStream().read(buffer)) {
          answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
      } catch (java.net.SocketException e) {
        // Reset after the answer.
      }
      return answer.toString();
    }
  }
}
