package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreatingTest {

  private final KubeApiServer server =
      KubeApiServer.builder().time(new VirtualTime()).random(new SplittableRandom(7)).start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void fillsInWhatTheServerOwns() {
    Api.Answer made =
        api.post(
            CONFIG_MAPS,
            "{\"metadata\":{\"name\":\"a\",\"uid\":\"mine\",\"generation\":9,"
                + "\"deletionTimestamp\":\"2020-01-01T00:00:00Z\",\"managedFields\":[],"
                + "\"creationTimestamp\":null,\"labels\":{}},\"data\":{\"k\":\"v\",\"n\":null}}");

    assertThat(made.code()).isEqualTo(201);
    assertThat(made.body()).containsEntry("apiVersion", "v1").containsEntry("kind", "ConfigMap");
    assertThat(made.at("metadata", "creationTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(made.at("metadata", "uid")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(made.at("metadata", "resourceVersion")).isEqualTo("" + server.revision());
    assertThat(Values.objectAt(made.body(), "metadata"))
        .containsOnlyKeys(
            "name", "uid", "creationTimestamp", "namespace", "resourceVersion", "generation");
    assertThat(made.body()).containsEntry("data", Map.of("k", "v", "n", ""));
  }

  @Test
  void makesUpANameFromGenerateName() {
    Api.Answer made = api.post(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"g-\"}}");

    assertThat(made.at("metadata", "name")).matches("g-[bcdfghjklmnpqrstvwxz2456789]{5}");
    assertThat(made.at("metadata", "generateName")).isEqualTo("g-");
  }

  @Test
  void cutsALongGenerateName() {
    Api.Answer made =
        api.post(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"" + "x".repeat(70) + "\"}}");

    assertThat(made.at("metadata", "name")).hasSize(63);
  }

  @Test
  void refusesWhatExists() {
    api.post(CONFIG_MAPS, configMap("a", "1"));

    Api.Answer refused = api.post(CONFIG_MAPS, configMap("a", "2"));

    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.text())
        .isEqualTo(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                + "\"message\":\"configmaps \\\"a\\\" already exists\","
                + "\"reason\":\"AlreadyExists\",\"details\":{\"name\":\"a\","
                + "\"kind\":\"configmaps\"},\"code\":409}");
  }

  @Test
  void saysSoWhenWhatExistsIsBeingDeleted() {
    api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"f\",\"finalizers\":[\"a/b\"]}}");
    api.delete(CONFIG_MAPS + "/f");

    assertThat(api.post(CONFIG_MAPS, configMap("f", "")).message())
        .isEqualTo("object is being deleted: configmaps \"f\" already exists");
  }

  @Test
  void refusesAMissingNamespace() {
    Api.Answer refused = api.post("/api/v1/namespaces/nope/configmaps", configMap("a", ""));

    assertThat(refused.code()).isEqualTo(404);
    assertThat(refused.message()).isEqualTo("namespaces \"nope\" not found");
    assertThat(refused.at("details", "kind")).isEqualTo("namespaces");
  }

  @Test
  void refusesAnInvalidName() {
    Api.Answer refused = api.post(CONFIG_MAPS, configMap("NOT VALID", ""));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.reason()).isEqualTo("Invalid");
    assertThat(refused.message())
        .isEqualTo(
            "ConfigMap \"NOT VALID\" is invalid: metadata.name: Invalid value: \"NOT VALID\": a"
                + " lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                + " characters, '-' or '.', and must start and end with an alphanumeric"
                + " character (e.g. 'example.com', regex used for validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    assertThat(refused.at("details", "kind")).isEqualTo("ConfigMap");
    assertThat(Values.listAt(refused.body(), "details", "causes")).hasSize(1);
  }

  @Test
  void refusesNoName() {
    assertThat(api.post(CONFIG_MAPS, "{}").message())
        .isEqualTo(
            "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is"
                + " required");
    assertThat(api.post("/api/v1/namespaces/nope/configmaps", "{}").message())
        .isEqualTo("namespaces \"nope\" not found");
    assertThat(api.post(CONFIG_MAPS, "{\"metadata\":{\"labels\":{\"a\":\"!\"}}}").message())
        .contains("metadata.name: Required value: name or generateName is required")
        .contains("metadata.labels: Invalid value");
    assertThat(api.post(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"A\"}}").message())
        .contains("metadata.generateName: Invalid value: \"A\": a lowercase RFC 1123 subdomain")
        .contains("metadata.name: Invalid value: \"A");
  }

  @Test
  void refusesAResourceVersionWithoutAReason() {
    Api.Answer refused =
        api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\"}}");

    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.reason()).isEmpty();
    assertThat(refused.message())
        .isEqualTo("resourceVersion should not be set on objects to be created");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}"
            + "| the namespace of the provided object does not match the namespace sent on the request",
        "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"}}"
            + "| Secret in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion",
        "{\"apiVersion\":\"v2\",\"metadata\":{\"name\":\"a\"}}"
            + "| ConfigMap in version \"v2\" cannot be handled as a ConfigMap: no kind \"ConfigMap\" is registered for version \"v2\" in scheme \"pkg/runtime/scheme.go:111\"",
        "{\"metadata\":{\"name\":1}}"
            + "| ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string",
        "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":true}}}"
            + "| ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string",
        "{\"metadata\":[]}"
            + "| ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal array into Go struct field ConfigMap.metadata of type v1.ObjectMeta",
        "[]"
            + "| the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" } (5b5d)"
      })
  void refusesWhatItCannotDecode(String body, String message) {
    Api.Answer refused = api.post(CONFIG_MAPS, body);

    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("BadRequest");
    assertThat(refused.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"labels\":{\"a/b/c\":\"\"} | metadata.labels: Invalid value: \"a/b/c\": a valid label key must",
        "\"labels\":{\"/a\":\"\"} | metadata.labels: Invalid value: \"/a\": prefix part must be non-empty",
        "\"labels\":{\"a/\":\"\"} | [metadata.labels: Invalid value: \"a/\": name part must be non-empty, ",
        "\"labels\":{\"_/a\":\"\"} | metadata.labels: Invalid value: \"_/a\": prefix part a lowercase",
        "\"finalizers\":[\"a\"] | metadata.finalizers[0]: Invalid value: \"a\": name is neither a standard finalizer name nor is it fully qualified",
        "\"generation\":-1 | metadata.generation: Invalid value: -1: must be greater than or equal to 0",
        "\"ownerReferences\":[{\"apiVersion\":\"a/b/c\",\"kind\":\"K\",\"name\":\"n\",\"uid\":\"u\"}] | metadata.ownerReferences.apiVersion: Invalid value: \"a/b/c\": version must not be empty",
        "\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"name\":\"n\",\"uid\":\"u\"}] | metadata.ownerReferences: Invalid value: {\"apiVersion\":\"v1\",\"kind\":\"Event\",\"name\":\"n\",\"uid\":\"u\"}: /v1, Kind=Event is disallowed from being an owner",
      })
  void tellsWhatIsWrongWithMetadata(String metadata, String problem) {
    assertThat(api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\"," + metadata + "}}").message())
        .startsWith("ConfigMap \"a\" is invalid: " + problem);
  }

  @Test
  void allowsOneControllerAmongTheOwners() {
    String owner =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"%s\",\"uid\":\"u\",\"controller\":true}";
    String owners = owner.formatted("x") + "," + owner.formatted("y");

    assertThat(
            api.post(
                    CONFIG_MAPS,
                    "{\"metadata\":{\"name\":\"a\",\"ownerReferences\":[" + owners + "]}}")
                .message())
        .endsWith(
            "Only one reference can have Controller set to true. Found \"true\" in references for"
                + " Pod/x and Pod/y");
  }

  @Test
  void tellsAllThatIsWrongWithMetadata() {
    Api.Answer refused =
        api.post(
            CONFIG_MAPS,
            "{\"metadata\":{\"name\":\"a\",\"labels\":{\"-\":\"b c\"},"
                + "\"annotations\":{\"A/B/C\":\""
                + "x".repeat(300_000)
                + "\"},\"finalizers\":[\"!\"],\"ownerReferences\":[{\"kind\":\"X\"}]}}");

    assertThat(refused.code()).isEqualTo(422);
    assertThat(
            Values.listAt(refused.body(), "details", "causes").stream()
                .map(cause -> Values.string(cause, "field").orElse("")))
        .containsExactly(
            "metadata.labels",
            "metadata.labels",
            "metadata.annotations",
            "metadata.annotations",
            "metadata.ownerReferences.apiVersion",
            "metadata.ownerReferences.name",
            "metadata.ownerReferences.uid",
            "metadata.finalizers",
            "metadata.finalizers[0]");
  }

  @Test
  void storesNothingInADryRun() {
    long before = server.revision();

    Api.Answer dry = api.post(CONFIG_MAPS + "?dryRun=All", configMap("a", "1"));

    assertThat(dry.code()).isEqualTo(201);
    assertThat(dry.at("metadata", "uid")).isNotEmpty();
    assertThat(dry.at("metadata", "resourceVersion")).isEmpty();
    assertThat(server.revision()).isEqualTo(before);
    assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
    assertThat(api.post(CONFIG_MAPS + "?dryRun=All", configMap("B", "")).code()).isEqualTo(422);
    assertThat(api.post(CONFIG_MAPS + "?dryRun=maybe", configMap("a", "")).message())
        .isEqualTo(
            "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"maybe\"]:"
                + " supported values: \"All\"");
    assertThat(api.post(CONFIG_MAPS + "?fieldValidation=x", configMap("a", "")).code())
        .isEqualTo(422);
  }

  @Test
  void keepsSecretsInOneForm() {
    String secrets = "/api/v1/namespaces/default/secrets";

    Api.Answer made =
        api.post(secrets, "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"p\":\"word\"}}");

    assertThat(made.at("data", "p")).isEqualTo("d29yZA==");
    assertThat(made.at("type")).isEqualTo("Opaque");
    assertThat(made.body()).doesNotContainKey("stringData");
  }

  @Test
  void refusesToWriteWhatItWouldNotActOn() {
    Api.Answer refused =
        api.post(
            "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
            "{\"metadata\":{\"name\":\"w\"}}");

    assertThat(refused.code()).isEqualTo(501);
    assertThat(refused.message())
        .isEqualTo(
            "the embedded Kubernetes API does not implement writes of"
                + " validatingwebhookconfigurations, which would have to be acted on");
  }
}
