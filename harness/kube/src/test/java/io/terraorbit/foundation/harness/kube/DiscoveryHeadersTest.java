package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which form discovery is written, and how it is cached; as a real 1.36 server does. */
class DiscoveryHeadersTest {
  private static final String AGGREGATED = ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final String JSON = "application/json" + AGGREGATED;

  @AutoClose private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/apis"})
  void theAggregatedDocumentMayBeKeptAndIsKnownByItsTag(String path) {
    Api.Answer whole = api.getAs(JSON, path);

    assertThat(whole.header("etag")).matches("\"[0-9A-F]{128}\"");
    assertThat(whole.header("cache-control")).isEqualTo("public");
    assertThat(whole.response().headers().allValues("vary")).contains("Accept");
    assertThat(api.getAs(JSON, path).header("etag")).isEqualTo(whole.header("etag"));
    assertThat(api.getAs("application/yaml" + AGGREGATED, path).header("etag"))
        .isEqualTo(whole.header("etag"));
  }

  @Test
  void whoHasTheCurrentDocumentGetsNoBody() throws IOException {
    String tag = api.getAs(JSON, "/apis").header("etag");

    Api.Answer unchanged = asking(tag);

    assertThat(unchanged.code()).isEqualTo(304);
    assertThat(unchanged.text()).isEmpty();
    assertThat(unchanged.header("etag")).isEqualTo(tag);
    assertThat(unchanged.header("content-type")).isEmpty();
    assertThat(unchanged.header("content-length")).isEmpty();
    assertThat(asking(tag).code()).as("on the same connection").isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "W/%s", "\"x\", %s"})
  void onlyTheBareTagSavesTheBody(String form) throws IOException {
    String tag = api.getAs(JSON, "/apis").header("etag");

    assertThat(asking(form.formatted(tag)).code()).isEqualTo(200);
  }

  private Api.Answer asking(String tag) throws IOException {
    return api.exchange("GET", "/apis", "", "", "Accept", JSON, "If-None-Match", tag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /apis         | */*                                     | application/json
          /apis         | application/*                           | application/json
          /apis         | application/json; charset=utf-8         | application/json
          /apis         | application/json;q=0.5,application/yaml | application/yaml
          /apis/apps    | application/yaml                        | application/yaml
          /apis/apps/v1 | text/html,application/json              | application/json
          /api/v1       | application/yaml                        | application/yaml
          /version      | application/json;as=Table               | application/json
          /             | text/html                               | application/json
          /             | application/yaml                        | application/json
          """)
  void aDocumentIsWrittenInTheFormThatIsWantedMost(String path, String accept, String type) {
    Api.Answer document = api.getAs(accept, path);

    assertThat(document.code()).isEqualTo(200);
    assertThat(document.header("content-type")).isEqualTo(type);
    assertThat(document.header("cache-control")).isEqualTo("no-cache, private");
    assertThat(document.header("etag")).isEmpty();
  }

  @Test
  void theAggregatedDocumentIsAlsoWrittenInYaml() {
    Api.Answer document = api.getAs("application/yaml" + AGGREGATED, "/apis");

    assertThat(document.header("content-type")).isEqualTo("application/yaml" + AGGREGATED);
    assertThat(document.text()).contains("apiVersion: apidiscovery.k8s.io/v2\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /apis         | text/plain                | only
          /apis         | application/json;as=Table | only
          /apis/apps    | text/plain                | only
          /apis/apps    | AGGREGATED                | only
          /apis/apps/v1 | AGGREGATED                | only
          /apis/apps/v1 | text/plain                | application/json, application/yaml
          /api          | application/cbor          | application/json, application/yaml
          /api          | application/json;as=Table | only
          /version      | application/yaml          | application/json
          """)
  void aFormThatThereIsNotIsRefused(String path, String accept, String available) {
    Api.Answer refusal = api.getAs(accept.replace("AGGREGATED", JSON), path);

    assertThat(refusal.code()).isEqualTo(406);
    assertThat(refusal.reason()).isEqualTo("NotAcceptable");
    assertThat(refusal.message())
        .isEqualTo(
            available.equals("only")
                ? "only the following media types are accepted: application/json, application/yaml"
                : "406: Not Acceptable\n\nAvailable representations: " + available);
  }

  @ParameterizedTest
  @CsvSource({"/apis, 200", "/apis/apps, 200", "/api, 405", "/apis/apps/v1, 405", "/version, 405"})
  void onlyTheListsOfGroupsAreGivenByAnyMethod(String path, int code) {
    assertThat(api.post(path, "{}").code()).isEqualTo(code);
  }

  @Test
  void plainTextIsNotToBeGuessedAt() {
    assertThat(api.get("/nothing").header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(api.get("/healthz").header("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void verifiersOfTokensMayKeepTheKeys() {
    for (String path : new String[] {"/.well-known/openid-configuration", "/openid/v1/jwks"}) {
      assertThat(api.get(path).header("cache-control")).as(path).isEqualTo("public, max-age=3600");
    }
  }
}
