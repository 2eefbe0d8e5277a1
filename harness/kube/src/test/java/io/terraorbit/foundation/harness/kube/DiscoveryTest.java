package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says of itself, measured by facts of Kubernetes 1.36 and by its real answers. */
class DiscoveryTest {
  private static final String FORM = "application/json;g=apidiscovery.k8s.io;v=%s;as=%s";
  private static final Pattern STABLE = Pattern.compile("v[0-9]+");
  private static final Map<String, String> VERBS =
      Map.of("post", "create", "put", "update", "connect", "connect");

  @AutoClose private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @Test
  void everyStableResourceHasTheScopeTheKindAndTheVerbsOfTheRealServer() {
    assertThat(served()).isEqualTo(facts());
  }

  private static Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    for (String line : resource("resources-1.36.csv").lines().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      if (STABLE.matcher(cells[1]).matches()) {
        String verbs =
            Arrays.stream(cells[6].split(" "))
                .map(action -> VERBS.getOrDefault(action, action))
                .sorted()
                .collect(Collectors.joining(" "));
        String name = cells[3].isEmpty() ? cells[2] : cells[2] + "/" + cells[3];
        facts.put(cells[0] + "/" + cells[1] + "/" + name, cells[4] + " " + cells[5] + " " + verbs);
      }
    }
    return facts;
  }

  private Map<String, String> served() {
    List<String> versions = new ArrayList<>(List.of("/v1"));
    for (Object group : Values.listAt(api.get("/apis").body(), "groups")) {
      for (Object version : Values.listAt(group, "versions")) {
        versions.add(Values.string(version, "groupVersion").orElseThrow());
      }
    }
    Map<String, String> served = new TreeMap<>();
    for (String version : versions) {
      String path = version.equals("/v1") ? "/api/v1" : "/apis/" + version;
      for (Object each : Values.listAt(api.get(path).body(), "resources")) {
        served.put(
            version + "/" + Values.string(each, "name").orElseThrow(),
            Values.string(each, "kind").orElseThrow()
                + " "
                + Values.at(each, "namespaced").orElseThrow()
                + " "
                + verbs(each));
      }
    }
    return served;
  }

  /** The facts know no watches, and one word for what is done through a kubelet. */
  private static String verbs(Object resource) {
    boolean connects =
        Values.string(resource, "kind")
            .orElse("")
            .matches(".*(Attach|Exec|PortForward|Proxy)Options");
    return connects
        ? "connect"
        : Values.listAt(resource, "verbs").stream()
            .map(String::valueOf)
            .filter(verb -> !verb.equals("watch"))
            .sorted()
            .collect(Collectors.joining(" "));
  }

  @Test
  void groupsComeInTheOrderByWhichClientsChoose() {
    define("zzz.example.com");
    define("aaa.example.com");

    assertThat(
            Values.listAt(api.get("/apis").body(), "groups").stream()
                .map(group -> Values.string(group, "name").orElse("")))
        .startsWith("apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io")
        .endsWith("flowcontrol.apiserver.k8s.io", "aaa.example.com", "zzz.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1, events, r2yiGXH7wu8=",
    "/apis/events.k8s.io/v1, events, r2yiGXH7wu8=",
    "/apis/apps/v1, deployments, 8aSe+NMegvE=",
    "/apis/autoscaling/v1, horizontalpodautoscalers, qwQve8ut294=",
    "/apis/autoscaling/v2, horizontalpodautoscalers, qwQve8ut294=",
    "/apis/apiextensions.k8s.io/v1, customresourcedefinitions, jfWCUB31mvA=",
    "/apis/admissionregistration.k8s.io/v1, mutatingadmissionpolicies, LYmCf+UMVdg=",
    "/apis/authentication.k8s.io/v1, tokenreviews,",
    "/api/v1, pods/status,",
  })
  void whatIsKeptHasTheHashOfItsStorageVersion(String path, String name, String hash) {
    Object found =
        Values.listAt(api.get(path).body(), "resources").stream()
            .filter(each -> Values.string(each, "name").orElse("").equals(name))
            .findFirst()
            .orElseThrow();

    assertThat(Values.string(found, "storageVersionHash").orElse(null)).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2", "v2beta1"})
  void oneDocumentHasItAllInTheVersionThatWasAskedFor(String version) throws IOException {
    String form = FORM.formatted(version, "APIGroupDiscoveryList");

    Api.Answer groups = api.exchange("GET", "/apis", "", "", "Accept", form);

    assertThat(groups.header("content-type")).isEqualTo(form);
    assertThat(groups.at("apiVersion")).isEqualTo("apidiscovery.k8s.io/" + version);
    assertThat(groups.text())
        .contains(
            "{\"metadata\":{\"name\":\"apps\"}",
            "{\"subresource\":\"scale\",\"responseKind\":{\"group\":\"autoscaling\","
                + "\"version\":\"v1\",\"kind\":\"Scale\"},\"verbs\":[\"get\",\"patch\",\"update\"]}",
            "\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"Deployment\"}");
  }

  @ParameterizedTest
  @CsvSource({"v1, APIGroupDiscoveryList", "v2, APIGroupList"})
  void aFormThatThereIsNotGivesWayToTheNext(String version, String as) throws IOException {
    String accept = FORM.formatted(version, as) + ",application/json";

    assertThat(api.exchange("GET", "/apis", "", "", "Accept", accept).at("kind"))
        .isEqualTo("APIGroupList");
  }

  @Test
  void theListOfTheCoreGroupHasNoVersionOfItsOwn() {
    assertThat(api.get("/api/v1").text())
        .startsWith("{\"kind\":\"APIResourceList\",\"groupVersion\":");
    assertThat(api.get("/apis/apps/v1").at("apiVersion")).isEqualTo("v1");
  }

  @Test
  void aVersionThatAGroupLacksIsNotFound() {
    for (String path : List.of("/apis/apps/v9", "/apis/apps/v9/deployments", "/api/v2/pods")) {
      assertThat(api.get(path).message())
          .as(path)
          .isEqualTo("the server could not find the requested resource");
    }
  }

  @Test
  void aNewKindChangesTheTagOfTheDocument() {
    String form = FORM.formatted("v2", "APIGroupDiscoveryList");
    String before = api.getAs(form, "/apis").header("etag");

    define("bbb.example.com");

    assertThat(api.getAs(form, "/apis").header("etag")).isNotEmpty().isNotEqualTo(before);
  }

  @Test
  void theRootNamesWhatThereIs() {
    define("aaa.example.com");

    assertThat(Values.listAt(api.get("/").body(), "paths").stream().map(String::valueOf))
        .contains("/api/v1", "/apis/apps/v1", "/apis/aaa.example.com/v1", "/livez/ping", "/version")
        .isSorted();
  }

  @Test
  void healthIsTerseOrVerbose() {
    assertThat(api.get("/livez?exclude=etcd").text()).isEqualTo("ok");
    assertThat(api.get("/livez?verbose").text())
        .isEqualTo("[+]ping ok\n[+]log ok\n[+]etcd ok\nlivez check passed\n");
    assertThat(api.get("/readyz?verbose=true&exclude=etcd&exclude=x&exclude=y").text())
        .isEqualTo(
            """
            [+]ping ok
            [+]log ok
            [+]etcd excluded: ok
            [+]informer-sync ok
            [+]shutdown ok
            warn: some health checks cannot be excluded: no matches for "x", "y"
            readyz check passed
            """);
    assertThat(api.get("/livez/informer-sync").code()).isEqualTo(404);
    assertThat(api.get("/livez/ping/x").code()).isEqualTo(404);
    assertThat(api.get("/readyz/informer-sync").text()).isEqualTo("ok");
  }

  private void define(String group) {
    Api.Answer made =
        api.post(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            ("{\"metadata\":{\"name\":\"foos.%1$s\"},\"spec\":{\"group\":\"%1$s\",\"scope\":"
                    + "\"Namespaced\",\"names\":{\"plural\":\"foos\",\"kind\":\"Foo\"},\"versions\":"
                    + "[{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":"
                    + "{\"openAPIV3Schema\":{\"type\":\"object\"}}}]}}")
                .formatted(group));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private static String resource(String name) {
    try (var in = DiscoveryTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
