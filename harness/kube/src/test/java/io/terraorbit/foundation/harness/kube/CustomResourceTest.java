package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CustomResourceTest {
  private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String FOOS = "/apis/ex.io/v1/namespaces/default/foos";
  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "spec":{"type":"object","required":["name"],"properties":{
          "name":{"type":"string","minLength":2},
          "mode":{"type":"string","enum":["A","B"],"default":"A"},
          "replicas":{"type":"integer","minimum":1,"default":3}}},
        "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}
      """;

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void isServedAndDiscoveredAtOnce() {
    Api.Answer made = define(SCHEMA);

    assertThat(made.code()).isEqualTo(201);
    assertThat(made.at("spec", "names", "singular")).isEqualTo("foo");
    assertThat(made.at("spec", "names", "listKind")).isEqualTo("FooList");
    assertThat(made.at("spec", "conversion", "strategy")).isEqualTo("None");
    assertThat(made.at("status", "storedVersions")).isEqualTo("[v1]");
    assertThat(api.get("/apis/ex.io").at("preferredVersion", "groupVersion")).isEqualTo("ex.io/v1");
    assertThat(api.get("/apis/ex.io/v1").text()).contains("\"foos/status\"").contains("\"fo\"");
    Api.Answer stored = api.get(CRDS + "/foos.ex.io");
    assertThat(Values.listAt(stored.body(), "status", "conditions"))
        .extracting(
            condition ->
                Values.string(condition, "type").orElse("")
                    + Values.string(condition, "status").orElse(""))
        .containsExactly("NamesAcceptedTrue", "EstablishedTrue");
    assertThat(stored.at("status", "acceptedNames", "kind")).isEqualTo("Foo");
  }

  @Test
  void isPrunedDefaultedAndCounted() {
    define(SCHEMA);

    Api.Answer made = post("f", "{\"name\":\"xy\",\"extra\":1}");
    Api.Answer same = api.merge(FOOS + "/f", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    Api.Answer changed = api.merge(FOOS + "/f", "{\"spec\":{\"replicas\":4}}");

    assertThat(made.code()).isEqualTo(201);
    assertThat(made.header("warning")).isEqualTo("299 - \"unknown field \\\"spec.extra\\\"\"");
    assertThat(made.at("spec")).isEqualTo("{name=xy, mode=A, replicas=3}");
    assertThat(made.body()).doesNotContainKey("status");
    assertThat(made.at("metadata", "generation")).isEqualTo("1");
    assertThat(same.at("metadata", "generation")).isEqualTo("1");
    assertThat(changed.at("metadata", "generation")).isEqualTo("2");
    assertThat(api.get(FOOS).text()).contains("\"kind\":\"FooList\"", "\"kind\":\"Foo\"");
  }

  @Test
  void isRefusedStrictlyForUnknownFields() {
    define(SCHEMA);

    Api.Answer strict =
        api.post(FOOS + "?fieldValidation=Strict", foo("f", "{\"name\":\"xy\",\"a\":1,\"b\":2}"));
    Api.Answer ignored =
        api.post(FOOS + "?fieldValidation=Ignore", foo("f", "{\"name\":\"xy\",\"a\":1}"));

    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.message())
        .isEqualTo(
            "Foo in version \"v1\" cannot be handled as a Foo: strict decoding error: unknown field"
                + " \"spec.a\", unknown field \"spec.b\"");
    assertThat(ignored.header("warning")).isEmpty();
  }

  @Test
  void isValidatedWithAllThatIsWrong() {
    define(SCHEMA);

    Api.Answer refused = post("f2", "{\"mode\":\"Z\",\"name\":\"A\",\"replicas\":0}");

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message())
        .isEqualTo(
            "Foo.ex.io \"f2\" is invalid: [spec.mode: Unsupported value: \"Z\": supported values:"
                + " \"A\", \"B\", spec.name: Invalid value: \"A\": spec.name in body should be at"
                + " least 2 chars long, spec.replicas: Invalid value: 0: spec.replicas in body"
                + " should be greater than or equal to 1]");
    assertThat(post("f2", "{\"name\":7}").message())
        .isEqualTo(
            "Foo.ex.io \"f2\" is invalid: spec.name: Invalid value: \"integer\": spec.name in"
                + " body must be of type string: \"integer\"");
    assertThat(post("f2", "{}").message())
        .isEqualTo("Foo.ex.io \"f2\" is invalid: spec.name: Required value");
    assertThat(api.post(FOOS, "{\"metadata\":{\"name\":\"f\"}}").message())
        .isEqualTo("Object 'Kind' is missing in the body of the request");
    assertThat(api.post(FOOS, "{\"kind\":\"Foo\",\"metadata\":{\"name\":\"f\"}}").message())
        .isEqualTo("Object 'apiVersion' is missing in the body of the request");
  }

  @Test
  void keepsStatusAndSpecificationApart() {
    define(SCHEMA);
    post("f", "{\"name\":\"xy\"}");

    Api.Answer status =
        api.merge(
            FOOS + "/f/status",
            "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"name\":\"zz\"},"
                + "\"status\":{\"phase\":\"Ready\"}}");
    Api.Answer whole = api.merge(FOOS + "/f", "{\"status\":{\"phase\":\"Broken\"}}");

    assertThat(status.at("status", "phase")).isEqualTo("Ready");
    assertThat(status.at("spec", "name")).isEqualTo("xy");
    assertThat(status.at("metadata", "labels")).isEmpty();
    assertThat(status.at("metadata", "generation")).isEqualTo("1");
    assertThat(whole.at("status", "phase")).isEqualTo("Ready");
    assertThat(api.get(FOOS + "/f/scale").code()).isEqualTo(404);
    assertThat(api.get(FOOS + "/f/other").code()).isEqualTo(404);
  }

  @Test
  void isReadByThePresentSchemaAndJudgedByItWhereItChanges() {
    String loose =
        "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"},\"old\":{\"type\":\"string\"}}}}}";
    String strict =
        loose
            .replace(
                "\"n\":{\"type\":\"integer\"}",
                "\"n\":{\"type\":\"integer\",\"maximum\":3},\"mode\":{\"type\":\"string\",\"default\":\"A\"}")
            .replace(",\"old\":{\"type\":\"string\"}", "");
    define(loose);
    post("f", "{\"n\":9,\"old\":\"x\"}");

    api.merge(CRDS + "/foos.ex.io", "{\"spec\":{\"versions\":[" + version(strict) + "]}}");

    assertThat(api.get(FOOS + "/f").at("spec")).isEqualTo("{n=9, mode=A}");
    assertThat(api.get(FOOS).items().toString()).contains("mode=A");
    assertThat(api.merge(FOOS + "/f", "{\"spec\":{\"mode\":\"B\"}}").at("spec"))
        .isEqualTo("{n=9, mode=B}");
    assertThat(api.merge(FOOS + "/f", "{\"spec\":{\"n\":8}}").message())
        .isEqualTo(
            "Foo.ex.io \"f\" is invalid: spec.n: Invalid value: 8: spec.n in body should be less"
                + " than or equal to 3");
  }

  @Test
  void isLockedAndTakesNoStrategicPatches() {
    define(SCHEMA);
    post("f", "{\"name\":\"xy\"}");

    assertThat(api.put(FOOS + "/f", foo("f", "{\"name\":\"zz\"}")).code()).isEqualTo(422);
    Api.Answer refused =
        api.send("PATCH", FOOS + "/f", "application/strategic-merge-patch+json", "{}");
    assertThat(refused.code()).isEqualTo(415);
    assertThat(refused.message())
        .isEqualTo(
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json-patch+json, application/merge-patch+json,"
                + " application/apply-patch+yaml");
  }

  @Test
  void goesWithItsDefinitionAndEndsItsWatches() {
    define(SCHEMA);
    post("f", "{\"name\":\"xy\"}");
    api.merge(FOOS + "/f", "{\"metadata\":{\"finalizers\":[\"x/y\"]}}");

    try (Api.Watch watch = api.watch(FOOS)) {
      assertThat(watch.brief()).isEqualTo("ADDED f");
      Api.Answer deleted = api.delete(CRDS + "/foos.ex.io");

      assertThat(deleted.at("metadata", "finalizers"))
          .isEqualTo("[customresourcecleanup.apiextensions.k8s.io]");
      assertThat(deleted.text()).contains("\"InstanceDeletionPending\"");
      assertThat(watch.brief()).isEqualTo("MODIFIED f");
      assertThat(post("g", "{\"name\":\"xy\"}").code()).isEqualTo(405);
      api.merge(FOOS + "/f", "{\"metadata\":{\"finalizers\":null}}");
      assertThat(watch.brief()).isEqualTo("DELETED f");
      assertThat(watch.ended()).isTrue();
    }
    assertThat(api.get(CRDS + "/foos.ex.io").code()).isEqualTo(404);
    assertThat(api.get(FOOS).code()).isEqualTo(404);
    assertThat(api.get("/apis/ex.io").text()).isEqualTo("404 page not found\n");
  }

  @Test
  void isShownInEveryVersionThatIsServed() {
    String version =
        "{\"name\":\"%s\",\"served\":%s,\"storage\":%s,"
            + "\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\","
            + "\"x-kubernetes-preserve-unknown-fields\":true}}}";
    api.post(
        CRDS,
        definition(
            version.formatted("v1beta1", true, true) + "," + version.formatted("v1", true, false)));
    api.post("/apis/ex.io/v1/namespaces/default/foos", foo("f", "{\"any\":1}"));

    assertThat(api.get("/apis/ex.io").at("preferredVersion", "version")).isEqualTo("v1");
    assertThat(api.get("/apis/ex.io/v1beta1/namespaces/default/foos/f").at("apiVersion"))
        .isEqualTo("ex.io/v1beta1");
    assertThat(api.get(FOOS + "/f").at("apiVersion")).isEqualTo("ex.io/v1");
    assertThat(api.get(FOOS).text()).doesNotContain("v1beta1");
    assertThat(server.find(new ObjectRef("ex.io/v1", "Foo", "default", "f"))).isPresent();
    String switched =
        definition(
            version.formatted("v1beta1", false, false) + "," + version.formatted("v1", true, true));
    Api.Answer refused = api.put(CRDS + "/foos.ex.io", switched);
    assertThat(refused.code()).isEqualTo(422);
    String revision = api.get(CRDS + "/foos.ex.io").at("metadata", "resourceVersion");
    Api.Answer updated =
        api.put(
            CRDS + "/foos.ex.io",
            switched.replace(
                "{\"name\":\"foos.ex.io\"",
                "{\"name\":\"foos.ex.io\",\"resourceVersion\":\"" + revision + "\""));
    assertThat(updated.at("status", "storedVersions")).isEqualTo("[v1beta1, v1]");
    assertThat(api.get(FOOS + "/f").at("spec", "any")).isEqualTo("1");
    assertThat(api.get("/apis/ex.io/v1beta1").code()).isEqualTo(404);
    assertThat(api.delete(FOOS + "/f").code()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"foos.ex.io\" | \"other.ex.io\" | metadata.name: Invalid value: \"other.ex.io\": must be spec.names.plural+\".\"+spec.group",
        "\"Namespaced\" | \"Sideways\" | spec.scope: Unsupported value: \"Sideways\": supported values: \"Cluster\", \"Namespaced\"",
        "\"storage\":true | \"storage\":false | spec.versions: Invalid value",
        "\"kind\":\"Foo\" | \"kind\":\"\" | spec.names.kind: Required value",
        "\"type\":\"string\",\"minLength\":2 | \"minLength\":2 | spec.validation.openAPIV3Schema.properties[spec].properties[name].type: Required value: must not be empty for specified object fields",
        "\"type\":\"string\",\"minLength\":2 | \"type\":\"text\" | spec.validation.openAPIV3Schema.properties[spec].properties[name].type: Unsupported value: \"text\"",
        "\"minLength\":2 | \"pattern\":\"(\" | spec.validation.openAPIV3Schema.properties[spec].properties[name].pattern: Invalid value: \"(\": must be a valid regular expression",
        "\"openAPIV3Schema\" | \"nothing\" | spec.versions[0].schema.openAPIV3Schema: Required value",
        "\"name\":\"v1\" | \"name\":\"1\" | spec.versions[0].name: Invalid value: \"1\"",
      })
  void isNotDefinedWrongly(String good, String bad, String message) {
    String schema = Json.text(Json.read(SCHEMA));
    String definition = definition(version(schema));
    assertThat(definition).contains(good);

    Api.Answer refused = api.post(CRDS, definition.replace(good, bad));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message()).contains(message);
  }

  @Test
  void isNotDefinedInProtectedOrBareGroups() {
    String definition = definition(version(SCHEMA));

    assertThat(api.post(CRDS, definition.replace("ex.io", "io")).message())
        .contains("spec.group: Invalid value: \"io\": should be a domain with at least one dot");
    assertThat(api.post(CRDS, definition.replace("ex.io", "ex.k8s.io")).message())
        .contains("metadata.annotations[api-approved.kubernetes.io]: Required value: protected");
  }

  @Test
  void isNotDefinedWithWhatIsNotImplemented() {
    assertThat(
            define("{\"type\":\"object\",\"x-kubernetes-validations\":[{\"rule\":\"true\"}]}")
                .message())
        .isEqualTo(
            "the embedded Kubernetes API does not implement x-kubernetes-validations (CEL) in"
                + " custom resources");
    assertThat(
            api.post(
                    CRDS,
                    definition(version(SCHEMA))
                        .replace(
                            "\"scope\"", "\"conversion\":{\"strategy\":\"Webhook\"},\"scope\""))
                .code())
        .isEqualTo(501);
  }

  @Test
  void keepsItsGroupScopeAndNames() {
    define(SCHEMA);

    assertThat(api.merge(CRDS + "/foos.ex.io", "{\"spec\":{\"scope\":\"Cluster\"}}").message())
        .isEqualTo(
            "CustomResourceDefinition.apiextensions.k8s.io \"foos.ex.io\" is invalid: spec.scope:"
                + " Invalid value: \"Cluster\": field is immutable");
  }

  @Test
  void mayBeOfTheCluster() {
    api.post(CRDS, definition(version(SCHEMA)).replace("Namespaced", "Cluster"));

    assertThat(api.post("/apis/ex.io/v1/foos", foo("f", "{\"name\":\"xy\"}")).code())
        .isEqualTo(201);
    assertThat(
            api.post(
                    "/apis/ex.io/v1/foos",
                    foo("g", "{\"name\":\"xy\"}")
                        .replace("{\"name\":\"g\"", "{\"namespace\":\"default\",\"name\":\"g\""))
                .code())
        .isEqualTo(400);
    assertThat(api.get(FOOS).code()).isEqualTo(404);
    assertThat(server.list("ex.io/v1", "Foo", ""))
        .singleElement()
        .extracting(foo -> foo.get("spec"))
        .isEqualTo(Map.of("name", "xy", "mode", "A", "replicas", 3L));
  }

  private Api.Answer define(String schema) {
    return api.post(CRDS, definition(version(schema)));
  }

  private Api.Answer post(String name, String spec) {
    return api.post(FOOS, foo(name, spec));
  }

  private static String foo(String name, String spec) {
    return "{\"apiVersion\":\"ex.io/v1\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"%s\"},\"spec\":%s,\"status\":{\"a\":1}}"
        .formatted(name, spec);
  }

  private static String version(String schema) {
    return "{\"name\":\"v1\",\"served\":true,\"storage\":true,\"subresources\":{\"status\":{}},\"schema\":{\"openAPIV3Schema\":"
        + schema
        + "}}";
  }

  private static String definition(String versions) {
    return "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"metadata\":{\"name\":\"foos.ex.io\"},"
        + "\"spec\":{\"group\":\"ex.io\",\"scope\":\"Namespaced\",\"names\":{\"plural\":\"foos\",\"kind\":\"Foo\",\"shortNames\":[\"fo\"],\"categories\":[\"all\"]},\"versions\":["
        + versions
        + "]}}";
  }
}
