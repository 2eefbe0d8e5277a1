package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI documents, as clients use them. */
class OpenApiTest {
  private static final String APPS = "/openapi/v3/apis/apps/v1";
  private static final String ITEM = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}";

  @AutoClose private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @Test
  void theRootLeadsToADocumentForEveryVersionByItsHash() {
    Map<String, Object> paths = Values.objectAt(root(), "paths");

    assertThat(paths).containsKeys("api/v1", "apis/apps/v1", "apis/autoscaling/v2");
    paths.forEach(
        (path, entry) -> {
          String url = Values.string(entry, "serverRelativeURL").orElse("");
          assertThat(url).matches("/openapi/v3/" + path + "\\?hash=[0-9A-F]{128}");
          Api.Answer document = api.get(url);
          assertThat(document.code()).as(url).isEqualTo(200);
          assertThat(document.header("cache-control")).isEqualTo("public, immutable");
        });
  }

  @Test
  void everyReferenceLeadsToASchema() {
    for (String path : Values.objectAt(root(), "paths").keySet()) {
      Map<String, Object> document = api.get("/openapi/v3/" + path).body();
      Map<String, Object> schemas = Values.objectAt(document, "components", "schemas");
      List<String> references = new ArrayList<>();
      collect(document, references);

      assertThat(references).as(path).isNotEmpty();
      assertThat(schemas.keySet()).as(path).containsAll(references);
    }
  }

  private static void collect(Object value, List<String> references) {
    if (value instanceof Map<?, ?> members) {
      members.forEach(
          (name, member) -> {
            if (name.equals("$ref") && member instanceof String reference) {
              references.add(reference.substring("#/components/schemas/".length()));
            } else {
              collect(member, references);
            }
          });
    } else if (value instanceof List<?> elements) {
      elements.forEach(element -> collect(element, references));
    }
  }

  @Test
  void aDocumentIsKnownByItsTagAndAStaleHashLeadsToTheNewOne() throws IOException {
    Api.Answer plain = api.get(APPS);
    String tag = plain.header("etag");

    assertThat(plain.header("cache-control")).isEqualTo("no-cache, private");
    assertThat(plain.header("vary")).contains("Accept");
    assertThat(api.exchange("GET", APPS, "", "", "If-None-Match", tag).code()).isEqualTo(304);
    Api.Answer stale = api.get(APPS + "?hash=00");
    assertThat(stale.code()).isEqualTo(301);
    assertThat(stale.header("location")).isEqualTo(APPS + "?hash=" + tag.replace("\"", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi/v3/apis/none/v1",
        "/openapi/v3/api/v2",
        "/openapi/v3/apis/apps",
        "/openapi/v3/x/y/z/a"
      })
  void whatIsNotThereIsNotFound(String path) {
    assertThat(api.get(path).code()).isEqualTo(404);
    assertThat(api.get(path).text()).isEmpty();
  }

  @Test
  void patchesSayOfWhichKindTheyAreAndThatTheyValidateFields() {
    Map<String, Object> patch = Values.objectAt(apps(), "paths", ITEM, "patch");

    assertThat(Json.text(patch.get("x-kubernetes-group-version-kind")))
        .isEqualTo("{\"group\":\"apps\",\"kind\":\"Deployment\",\"version\":\"v1\"}");
    assertThat(Values.listAt(patch, "parameters"))
        .extracting(parameter -> Values.string(parameter, "name").orElse(""))
        .containsExactly("dryRun", "fieldManager", "fieldValidation", "force");
    assertThat(Values.objectAt(patch, "requestBody", "content"))
        .containsOnlyKeys(
            "application/apply-patch+yaml",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json");
    assertThat(Values.objectAt(apps(), "paths"))
        .containsKeys(ITEM + "/scale", ITEM + "/status", "/apis/apps/v1/deployments");
  }

  @Test
  void schemasTellTypesKeysAndHowListsAreMerged() {
    Map<String, Object> schemas = Values.objectAt(apps(), "components", "schemas");

    assertThat(Json.text(schemas.get("io.k8s.api.apps.v1.DeploymentSpec")))
        .contains(
            "\"required\":[\"selector\",\"template\"]",
            "\"replicas\":{\"type\":\"integer\",\"format\":\"int32\"}");
    assertThat(
            Json.text(
                Values.at(schemas, "io.k8s.api.core.v1.PodSpec", "properties", "containers")
                    .orElseThrow()))
        .contains(
            "\"x-kubernetes-list-map-keys\":[\"name\"]",
            "\"x-kubernetes-list-type\":\"map\"",
            "\"x-kubernetes-patch-merge-key\":\"name\"",
            "\"x-kubernetes-patch-strategy\":\"merge\"");
    assertThat(
            Json.text(
                Values.at(
                        schemas, "io.k8s.api.apps.v1.Deployment", "x-kubernetes-group-version-kind")
                    .orElseThrow()))
        .isEqualTo("[{\"group\":\"apps\",\"kind\":\"Deployment\",\"version\":\"v1\"}]");
  }

  @Test
  void customKindsArePublishedAtOnceAndGoWithTheirDefinition() {
    define("string");
    Api.Answer first = api.get("/openapi/v3/apis/example.com/v1");
    assertThat(
            Json.text(
                Values.at(
                        first.body(),
                        "components",
                        "schemas",
                        "com.example.v1.Foo",
                        "properties",
                        "spec")
                    .orElseThrow()))
        .isEqualTo("{\"type\":\"string\"}");
    assertThat(first.text()).doesNotContain("strategic-merge-patch");

    api.merge(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/foos.example.com",
        definition("integer"));
    Api.Answer second = api.get("/openapi/v3/apis/example.com/v1");
    assertThat(second.header("etag")).isNotEqualTo(first.header("etag"));
    assertThat(second.text()).contains("\"spec\":{\"type\":\"integer\"}");

    api.delete("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/foos.example.com");
    assertThat(api.get("/openapi/v3/apis/example.com/v1").code()).isEqualTo(404);
    assertThat(Values.objectAt(root(), "paths")).doesNotContainKey("apis/example.com/v1");
  }

  private void define(String type) {
    Api.Answer made =
        api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition(type));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private static String definition(String type) {
    return ("{\"metadata\":{\"name\":\"foos.example.com\"},\"spec\":{\"group\":\"example.com\",\"scope\":"
            + "\"Namespaced\",\"names\":{\"plural\":\"foos\",\"kind\":\"Foo\"},\"versions\":"
            + "[{\"name\":\"v1\",\"served\":true,\"storage\":true,\"schema\":"
            + "{\"openAPIV3Schema\":{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"%s\"}}}}}]}}")
        .formatted(type);
  }

  private Map<String, Object> root() {
    return api.get("/openapi/v3").body();
  }

  private Map<String, Object> apps() {
    return api.get(APPS).body();
  }
}
