package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Custom resources whose definition has several versions, changes, or claims what is built in. */
@Timeout(60)
class CustomVersionsTest {
  private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String V1 = "/apis/ex.io/v1/namespaces/default/foos";
  private static final String V2 = "/apis/ex.io/v2/namespaces/default/foos";
  private static final String OLD = version("v1", true, true, "\"a\":{\"type\":\"string\"}");
  private static final String NEW =
      version(
          "v2",
          true,
          false,
          "\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\",\"default\":\"d\"}");

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whatTheStoredVersionDoesNotKnowIsNotKept() {
    define("ex.io", "foos", OLD + "," + NEW);

    Api.Answer made = api.post(V2, foo("v2", "{\"a\":\"x\",\"b\":\"y\"}"));

    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(api.get(V2 + "/f").at("spec")).isEqualTo("{a=x}");
    assertThat(api.get(V1 + "/f").at("apiVersion")).isEqualTo("ex.io/v1");
  }

  @Test
  void aChangedSchemaEndsWatchesAndRulesReadsAtOnce() {
    define("ex.io", "foos", OLD);
    api.post(V1, foo("v1", "{\"a\":\"x\"}"));

    try (Api.Watch watch = api.watch(V1)) {
      assertThat(watch.brief()).isEqualTo("ADDED f");
      api.merge(CRDS + "/foos.ex.io", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
      api.merge(V1 + "/f", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
      assertThat(watch.brief()).isEqualTo("MODIFIED f");
      api.merge(
          CRDS + "/foos.ex.io",
          "{\"spec\":{\"versions\":[%s]}}"
              .formatted(version("v1", true, true, "\"c\":{\"type\":\"integer\",\"default\":1}")));
      assertThat(watch.ended()).isTrue();
    }
    assertThat(api.get(V1 + "/f").at("spec")).isEqualTo("{c=1}");
  }

  @Test
  void objectsOfAVersionThatIsNotServedGoWithTheDefinition() {
    define("ex.io", "foos", OLD + "," + NEW);
    api.post(V1, foo("v1", "{\"a\":\"x\"}"));
    api.merge(
        CRDS + "/foos.ex.io",
        "{\"spec\":{\"versions\":[%s]}}"
            .formatted(version("v1", false, true, "\"a\":{\"type\":\"string\"}")));
    assertThat(api.get(V1 + "/f").code()).isEqualTo(404);

    api.delete(CRDS + "/foos.ex.io");
    define("ex.io", "foos", OLD);

    assertThat(api.get(V1).items()).isEmpty();
  }

  @Test
  void aDefinitionThatIsHeldUpSaysSo() {
    define("ex.io", "foos", OLD);
    api.post(
        V1, foo("v1", "{}").replace("\"name\":\"f\"", "\"name\":\"f\",\"finalizers\":[\"x/y\"]"));

    api.delete(CRDS + "/foos.ex.io");

    assertThat(api.get(CRDS + "/foos.ex.io").text())
        .contains("\"InstanceDeletionInProgress\"", "CustomResource deletion is in progress");
  }

  @Test
  void whatIsBuiltInIsNeitherReplacedNorDeleted() {
    String path = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies";
    String policy =
        "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"podSelector\":{},\"policyTypes\":[\"Ingress\"]}}";
    assertThat(api.post(path, policy).code()).isEqualTo(201);

    define("networking.k8s.io", "networkpolicies", OLD);
    api.delete(CRDS + "/networkpolicies.networking.k8s.io");

    assertThat(api.get(CRDS + "/networkpolicies.networking.k8s.io").code()).isEqualTo(404);
    assertThat(api.get(path + "/p").at("spec", "policyTypes")).isEqualTo("[Ingress]");
  }

  @Test
  void unknownMetadataAndWrongStatusAreTold() {
    define(
        "ex.io",
        "foos",
        OLD.replace("\"schema\":", "\"subresources\":{\"status\":{}},\"schema\":")
            .replace(
                "\"properties\":{\"spec\"",
                "\"properties\":{\"status\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":3}}},\"spec\""));
    String odd = foo("v1", "{}").replace("\"name\":\"f\"", "\"name\":\"f\",\"odd\":1");

    assertThat(api.post(V1 + "?fieldValidation=Strict", odd).message())
        .endsWith("strict decoding error: unknown field \"metadata.odd\"");
    api.post(V1, foo("v1", "{}"));
    assertThat(api.merge(V1 + "/f/status", "{\"status\":{\"n\":4}}").message())
        .isEqualTo(
            "Foo.ex.io \"f\" is invalid: status.n: Invalid value: 4: n in body should be less than"
                + " or equal to 3");
    assertThat(api.merge(V1 + "/f/status", "{\"status\":{\"n\":3.0}}").text()).contains("\"n\":3}");
  }

  private void define(String group, String plural, String versions) {
    Api.Answer made =
        api.post(
            CRDS,
            ("{\"metadata\":{\"name\":\"%2$s.%1$s\",\"annotations\":"
                    + "{\"api-approved.kubernetes.io\":\"unapproved, a test\"}},\"spec\":"
                    + "{\"group\":\"%1$s\",\"scope\":\"Namespaced\",\"names\":{\"plural\":\"%2$s\","
                    + "\"kind\":\"Foo\"},\"versions\":[%3$s]}}")
                .formatted(group, plural, versions));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private static String version(
      String name, boolean served, boolean storage, String specProperties) {
    return ("{\"name\":\"%s\",\"served\":%s,\"storage\":%s,\"schema\":{\"openAPIV3Schema\":"
            + "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":"
            + "{%s}}}}}}")
        .formatted(name, served, storage, specProperties);
  }

  private static String foo(String version, String spec) {
    return ("{\"apiVersion\":\"ex.io/%s\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"f\"},"
            + "\"spec\":%s}")
        .formatted(version, spec);
  }
}
