package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingTest {
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

  private final KubeApiServer server =
      KubeApiServer.builder().time(new VirtualTime()).random(new SplittableRandom(7)).start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Creating {
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
          .containsOnlyKeys("name", "uid", "creationTimestamp", "namespace", "resourceVersion");
      assertThat(made.body()).containsEntry("data", Map.of("k", "v"));
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
              + "| Secret in version \"v1\" cannot be handled as a ConfigMap: no kind \"Secret\" is registered for this resource",
          "{\"apiVersion\":\"v2\",\"metadata\":{\"name\":\"a\"}}"
              + "| the API version in the data (v2) does not match the expected API version (v1)",
          "{\"metadata\":{\"name\":1}}"
              + "| ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string",
          "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":true}}}"
              + "| ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string",
          "{\"metadata\":[]}"
              + "| ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal array into Go struct field metadata of type v1.ObjectMeta",
          "[]"
              + "| the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: expected a JSON object, got array"
        })
    void refusesWhatItCannotDecode(String body, String message) {
      Api.Answer refused = api.post(CONFIG_MAPS, body);

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.reason()).isEqualTo("BadRequest");
      assertThat(refused.message()).isEqualTo(message);
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
              "metadata.annotations",
              "metadata.finalizers",
              "metadata.ownerReferences[0].apiVersion",
              "metadata.ownerReferences[0].name",
              "metadata.ownerReferences[0].uid");
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
              "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: \"maybe\":"
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

  @Nested
  class Updating {
    @Test
    void replacesAndTakesARevision() {
      Api.Answer made = api.post(CONFIG_MAPS, configMap("a", "1"));

      Api.Answer updated = api.put(CONFIG_MAPS + "/a", made.text().replace("\"1\"", "\"2\""));

      assertThat(updated.code()).isEqualTo(200);
      assertThat(updated.at("data", "k")).isEqualTo("2");
      assertThat(updated.at("metadata", "resourceVersion")).isEqualTo("" + server.revision());
      assertThat(updated.at("metadata", "uid")).isEqualTo(made.at("metadata", "uid"));
    }

    @Test
    void refusesAStaleResourceVersion() {
      Api.Answer made = api.post(CONFIG_MAPS, configMap("a", "1"));
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");

      Api.Answer refused = api.put(CONFIG_MAPS + "/a", made.text());

      assertThat(refused.code()).isEqualTo(409);
      assertThat(refused.reason()).isEqualTo("Conflict");
      assertThat(refused.message())
          .isEqualTo(
              "Operation cannot be fulfilled on configmaps \"a\": the object has been modified;"
                  + " please apply your changes to the latest version and try again");
    }

    @Test
    void changesNothingWhenNothingChanges() {
      Api.Answer made = api.post(CONFIG_MAPS, configMap("a", "1"));
      long before = server.revision();

      Api.Answer same = api.put(CONFIG_MAPS + "/a", made.text());
      Api.Answer bare = api.put(CONFIG_MAPS + "/a", configMap("a", "1"));

      assertThat(same.body()).isEqualTo(made.body());
      assertThat(bare.body()).isEqualTo(made.body());
      assertThat(server.revision()).isEqualTo(before);
    }

    @Test
    void keepsWhatTheServerOwns() {
      Api.Answer made = api.post(CONFIG_MAPS, configMap("a", "1"));

      Api.Answer updated =
          api.put(
              CONFIG_MAPS + "/a",
              "{\"metadata\":{\"name\":\"a\",\"creationTimestamp\":\"2001-01-01T00:00:00Z\","
                  + "\"deletionTimestamp\":\"2001-01-01T00:00:00Z\",\"generation\":5}}");

      assertThat(updated.at("metadata", "creationTimestamp"))
          .isEqualTo(made.at("metadata", "creationTimestamp"));
      assertThat(updated.at("metadata", "deletionTimestamp")).isEmpty();
      assertThat(updated.at("metadata", "generation")).isEmpty();
    }

    @Test
    void refusesAnotherUid() {
      String uid = api.post(CONFIG_MAPS, configMap("a", "1")).at("metadata", "uid");

      Api.Answer refused =
          api.put(CONFIG_MAPS + "/a", "{\"metadata\":{\"name\":\"a\",\"uid\":\"other\"}}");

      assertThat(refused.code()).isEqualTo(409);
      assertThat(refused.message())
          .isEqualTo(
              "Operation cannot be fulfilled on configmaps \"a\": Precondition failed: UID in"
                  + " precondition: other, UID in object meta: "
                  + uid);
    }

    @Test
    void refusesANameOtherThanTheUrls() {
      api.post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(api.put(CONFIG_MAPS + "/a", configMap("b", "")).message())
          .isEqualTo("the name of the object (b) does not match the name on the URL (a)");
      assertThat(api.put(CONFIG_MAPS + "/a", "{}").message())
          .isEqualTo(
              "the name of the object (a based on URL) was undeterminable: name must be provided");
    }

    @Test
    void refusesAResourceVersionThatIsNoNumber() {
      api.post(CONFIG_MAPS, configMap("a", "1"));

      Api.Answer refused =
          api.put(
              CONFIG_MAPS + "/a", "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"abc\"}}");

      assertThat(refused.code()).isEqualTo(500);
      assertThat(refused.message()).isEqualTo("strconv.ParseUint: parsing \"abc\": invalid syntax");
    }

    @Test
    void createsOnlyTheKindsThatAllowIt() {
      assertThat(api.put(CONFIG_MAPS + "/new", configMap("new", "1")).code()).isEqualTo(404);
      assertThat(api.put(LEASES + "/new", "{\"metadata\":{\"name\":\"new\"}}").code())
          .isEqualTo(201);
      assertThat(
              api.put(
                      LEASES + "/gone",
                      "{\"metadata\":{\"name\":\"gone\",\"resourceVersion\":\"3\"}}")
                  .code())
          .isEqualTo(409);
    }

    @Test
    void needsAResourceVersionOfLockedKinds() {
      api.post(LEASES, "{\"metadata\":{\"name\":\"l\"}}");

      Api.Answer refused = api.put(LEASES + "/l", "{\"metadata\":{\"name\":\"l\"}}");

      assertThat(refused.code()).isEqualTo(422);
      assertThat(refused.message())
          .isEqualTo(
              "Lease.coordination.k8s.io \"l\" is invalid: metadata.resourceVersion: Invalid"
                  + " value: 0: must be specified for an update");
    }

    @Test
    void wantsMicrosecondsInLeases() {
      Api.Answer refused =
          api.post(
              LEASES,
              "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"renewTime\":\"2026-01-01T00:00:00Z\"}}");

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.message())
          .isEqualTo(
              "Lease in version \"v1\" cannot be handled as a Lease: parsing time"
                  + " \"2026-01-01T00:00:00Z\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot"
                  + " parse \"Z\" as \".000000\"");
      assertThat(
              api.post(
                      LEASES,
                      "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"renewTime\":"
                          + "\"2026-01-01T00:00:00.000000Z\"}}")
                  .code())
          .isEqualTo(201);
    }

    @Test
    void countsGenerationsOfTheSpecificationOnly() {
      api.post(
          DEPLOYMENTS,
          "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":1},\"status\":{\"replicas\":9}}");

      Api.Answer labelled =
          api.merge(DEPLOYMENTS + "/d", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
      Api.Answer scaled = api.merge(DEPLOYMENTS + "/d", "{\"spec\":{\"replicas\":2}}");

      assertThat(labelled.at("metadata", "generation")).isEqualTo("1");
      assertThat(labelled.at("status")).isEqualTo("{}");
      assertThat(scaled.at("metadata", "generation")).isEqualTo("2");
    }

    @Test
    void refusesToChangeWhatIsImmutable() {
      api.post(
          DEPLOYMENTS,
          "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}}");
      api.post(
          CONFIG_MAPS, "{\"metadata\":{\"name\":\"i\"},\"immutable\":true,\"data\":{\"k\":\"v\"}}");

      assertThat(
              api.merge(
                      DEPLOYMENTS + "/d",
                      "{\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"c\"}}}}")
                  .message())
          .isEqualTo(
              "Deployment.apps \"d\" is invalid: spec.selector: Invalid value:"
                  + " {\"matchLabels\":{\"a\":\"c\"}}: field is immutable");
      assertThat(
              api.merge(CONFIG_MAPS + "/i", "{\"immutable\":null,\"data\":{\"k\":\"w\"}}")
                  .message())
          .isEqualTo(
              "ConfigMap \"i\" is invalid: [immutable: Forbidden: field is immutable when"
                  + " `immutable` is set, data: Forbidden: field is immutable when `immutable` is"
                  + " set]");
    }

    @Test
    void writesTheStatusApart() {
      api.post(DEPLOYMENTS, "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":1}}");

      Api.Answer status =
          api.merge(
              DEPLOYMENTS + "/d/status",
              "{\"metadata\":{\"annotations\":{\"n\":\"1\"},\"labels\":{\"l\":\"1\"}},"
                  + "\"spec\":{\"replicas\":5},\"status\":{\"replicas\":1}}");
      Api.Answer whole = api.merge(DEPLOYMENTS + "/d", "{\"status\":{\"replicas\":7}}");

      assertThat(status.at("status", "replicas")).isEqualTo("1");
      assertThat(status.at("spec", "replicas")).isEqualTo("1");
      assertThat(status.at("metadata", "annotations", "n")).isEqualTo("1");
      assertThat(status.at("metadata", "labels")).isEmpty();
      assertThat(status.at("metadata", "generation")).isEqualTo("1");
      assertThat(whole.at("status", "replicas")).isEqualTo("1");
      assertThat(api.get(DEPLOYMENTS + "/d/status").body()).isEqualTo(whole.body());
    }
  }

  @Nested
  class Patching {
    @Test
    void mergesDeletesAndReplaces() {
      api.post(
          CONFIG_MAPS,
          "{\"metadata\":{\"name\":\"a\",\"finalizers\":[\"x/1\",\"x/2\"]},"
              + "\"data\":{\"k\":\"1\",\"l\":\"2\"}}");

      Api.Answer patched =
          api.merge(
              CONFIG_MAPS + "/a",
              "{\"metadata\":{\"finalizers\":[\"x/3\"]},\"data\":{\"k\":null,\"m\":\"3\"}}");

      assertThat(patched.code()).isEqualTo(200);
      assertThat(patched.body()).containsEntry("data", Map.of("l", "2", "m", "3"));
      assertThat(Values.listAt(patched.body(), "metadata", "finalizers")).containsExactly("x/3");
    }

    @Test
    void takesAResourceVersionInsideForAPrecondition() {
      String first = api.post(CONFIG_MAPS, configMap("a", "1")).at("metadata", "resourceVersion");
      String patch =
          "{\"metadata\":{\"resourceVersion\":\"%s\"},\"data\":{\"k\":\"2\"}}".formatted(first);

      assertThat(api.merge(CONFIG_MAPS + "/a", patch).code()).isEqualTo(200);
      Api.Answer stale = api.merge(CONFIG_MAPS + "/a", patch);

      assertThat(stale.code()).isEqualTo(409);
      assertThat(stale.reason()).isEqualTo("Conflict");
    }

    @Test
    void leavesAloneWhatItDoesNotChange() {
      Api.Answer made = api.post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"1\"}}").body())
          .isEqualTo(made.body());
      assertThat(api.merge(CONFIG_MAPS + "/a", "{\"metadata\":{\"finalizers\":[]}}").body())
          .isEqualTo(made.body());
    }

    @Test
    void doesJsonPatchesOrFailsAsAWhole() {
      api.post(CONFIG_MAPS, configMap("a", "1"));

      Api.Answer done =
          api.jsonPatch(
              CONFIG_MAPS + "/a",
              "[{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"1\"},"
                  + "{\"op\":\"add\",\"path\":\"/data/n\",\"value\":\"2\"}]");
      Api.Answer failed =
          api.jsonPatch(
              CONFIG_MAPS + "/a",
              "[{\"op\":\"add\",\"path\":\"/data/o\",\"value\":\"2\"},"
                  + "{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"2\"}]");

      assertThat(done.body()).containsEntry("data", Map.of("k", "1", "n", "2"));
      assertThat(failed.code()).isEqualTo(422);
      assertThat(failed.message())
          .isEqualTo("the server rejected our request due to an error in our request");
      assertThat(api.get(CONFIG_MAPS + "/a").body()).isEqualTo(done.body());
    }

    @Test
    void refusesOtherKindsOfPatches() {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      String path = CONFIG_MAPS + "/a";

      assertThat(api.send("PATCH", path, "application/apply-patch+yaml", "{}").message())
          .isEqualTo("the embedded Kubernetes API does not implement server-side apply");
      assertThat(api.send("PATCH", path, "application/strategic-merge-patch+json", "{}").code())
          .isEqualTo(501);
      Api.Answer unknown = api.send("PATCH", path, "text/html", "{}");
      assertThat(unknown.code()).isEqualTo(415);
      assertThat(unknown.message())
          .isEqualTo(
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json-patch+json, application/merge-patch+json,"
                  + " application/strategic-merge-patch+json, application/apply-patch+yaml");
      assertThat(api.merge(path, "[]").code()).isEqualTo(400);
      assertThat(api.merge(path, "{").code()).isEqualTo(400);
      assertThat(api.jsonPatch(path, "{}").code()).isEqualTo(400);
      assertThat(api.merge(CONFIG_MAPS + "/none", "{}").code()).isEqualTo(404);
    }
  }

  @Nested
  class Deleting {
    @Test
    void answersWithASuccess() {
      String uid = api.post(CONFIG_MAPS, configMap("a", "1")).at("metadata", "uid");
      long before = server.revision();

      Api.Answer deleted = api.delete(CONFIG_MAPS + "/a");

      assertThat(deleted.code()).isEqualTo(200);
      assertThat(deleted.text())
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
                  + "\"details\":{\"name\":\"a\",\"kind\":\"configmaps\",\"uid\":\""
                  + uid
                  + "\"}}");
      assertThat(server.revision()).isEqualTo(before + 1);
      assertThat(api.get(CONFIG_MAPS + "/a").message()).isEqualTo("configmaps \"a\" not found");
      assertThat(api.delete(CONFIG_MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void checksPreconditions() {
      Api.Answer made = api.post(CONFIG_MAPS, configMap("a", "1"));
      String uid = made.at("metadata", "uid");

      Api.Answer wrongUid = api.delete(CONFIG_MAPS + "/a", "{\"preconditions\":{\"uid\":\"bad\"}}");
      Api.Answer wrongRevision =
          api.delete(CONFIG_MAPS + "/a", "{\"preconditions\":{\"resourceVersion\":\"1\"}}");

      assertThat(wrongUid.code()).isEqualTo(409);
      assertThat(wrongUid.message())
          .isEqualTo(
              "Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (bad)"
                  + " does not match the UID in record ("
                  + uid
                  + "). The object might have been deleted and then recreated");
      assertThat(wrongUid.at("details", "kind")).isEqualTo("ConfigMap");
      assertThat(wrongRevision.code()).isEqualTo(409);
      assertThat(
              api.delete(CONFIG_MAPS + "/a", "{\"preconditions\":{\"uid\":\"" + uid + "\"}}")
                  .code())
          .isEqualTo(200);
    }

    @Test
    void waitsForFinalizers() {
      api.post(DEPLOYMENTS, "{\"metadata\":{\"name\":\"d\",\"finalizers\":[\"x/y\"]},\"spec\":{}}");

      Api.Answer marked = api.delete(DEPLOYMENTS + "/d");
      long revision = server.revision();
      Api.Answer again = api.delete(DEPLOYMENTS + "/d");
      Api.Answer more =
          api.merge(DEPLOYMENTS + "/d", "{\"metadata\":{\"finalizers\":[\"x/y\",\"z/w\"]}}");

      assertThat(marked.at("metadata", "deletionTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
      assertThat(marked.at("metadata", "deletionGracePeriodSeconds")).isEqualTo("0");
      assertThat(marked.at("metadata", "generation")).isEqualTo("2");
      assertThat(again.body()).isEqualTo(marked.body());
      assertThat(server.revision()).isEqualTo(revision);
      assertThat(more.message())
          .isEqualTo(
              "Deployment.apps \"d\" is invalid: metadata.finalizers: Forbidden: no new finalizers"
                  + " can be added if the object is being deleted, found new finalizers"
                  + " []string{\"z/w\"}");
      Api.Answer last = api.merge(DEPLOYMENTS + "/d", "{\"metadata\":{\"finalizers\":null}}");
      assertThat(last.code()).isEqualTo(200);
      assertThat(last.at("metadata", "name")).isEqualTo("d");
      assertThat(api.get(DEPLOYMENTS + "/d").code()).isEqualTo(404);
    }

    @Test
    void doesNothingInADryRun() {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      long before = server.revision();

      assertThat(api.delete(CONFIG_MAPS + "/a?dryRun=All").code()).isEqualTo(200);
      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
      assertThat(server.revision()).isEqualTo(before);
    }

    @Test
    void givesScheduledPodsTheirGrace() {
      String pods = "/api/v1/namespaces/default/pods";
      api.post(pods, "{\"metadata\":{\"name\":\"waiting\"}}");
      api.post(pods, "{\"metadata\":{\"name\":\"bound\"},\"spec\":{\"nodeName\":\"n\"}}");
      api.post(
          pods,
          "{\"metadata\":{\"name\":\"own\"},\"spec\":{\"nodeName\":\"n\","
              + "\"terminationGracePeriodSeconds\":7}}");

      assertThat(api.delete(pods + "/waiting").at("status")).isEqualTo("Success");
      assertThat(api.delete(pods + "/own").at("metadata", "deletionGracePeriodSeconds"))
          .isEqualTo("7");
      Api.Answer bound = api.delete(pods + "/bound");
      assertThat(bound.at("metadata", "deletionGracePeriodSeconds")).isEqualTo("30");
      assertThat(bound.at("metadata", "deletionTimestamp")).isEqualTo("2026-01-01T00:00:30Z");
      assertThat(
              api.delete(pods + "/bound?gracePeriodSeconds=99")
                  .at("metadata", "deletionGracePeriodSeconds"))
          .isEqualTo("30");
      assertThat(api.delete(pods + "/bound?gracePeriodSeconds=0").at("status"))
          .isEqualTo("Success");
      assertThat(api.get(pods + "/bound").code()).isEqualTo(404);
    }

    @Test
    void refusesOptionsThatContradict() {
      api.post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(
              api.delete(CONFIG_MAPS + "/a?orphanDependents=true&propagationPolicy=Orphan").code())
          .isEqualTo(422);
      assertThat(api.delete(CONFIG_MAPS + "/a?propagationPolicy=Sideways").message())
          .isEqualTo(
              "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value:"
                  + " \"Sideways\": supported values: \"Background\", \"Foreground\","
                  + " \"Orphan\"");
    }

    @Test
    void deletesACollectionBySelector() {
      for (String name : List.of("a", "b", "c")) {
        api.post(
            CONFIG_MAPS,
            "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"n\":\"%s\"}}}".formatted(name, name));
      }

      Api.Answer deleted = api.delete(CONFIG_MAPS + "?labelSelector=n+in+(a,c)");

      assertThat(deleted.at("kind")).isEqualTo("ConfigMapList");
      assertThat(deleted.names()).containsExactly("a", "c");
      assertThat(api.get(CONFIG_MAPS).names()).containsExactly("b", "kube-root-ca.crt");
    }
  }

  @Test
  void tellsObserversOfCommitsInOrderBeforeTheReply() throws Exception {
    List<String> seen = new ArrayList<>();
    try (AutoCloseable observing =
        server
            .control()
            .observe(
                new io.terraorbit.foundation.harness.environment.ApiObserver() {
                  @Override
                  public void committed(
                      io.terraorbit.foundation.harness.environment.ApiCommit commit) {
                    seen.add(
                        "%s %s %s %s%s"
                            .formatted(
                                commit.user(),
                                commit.verb(),
                                commit.change(),
                                commit.object(),
                                commit.subresource()));
                  }
                })) {
      assertThat(observing).isNotNull();
      api.post(CONFIG_MAPS, configMap("a", "1"));
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      api.delete(CONFIG_MAPS + "/a");
    }
    api.post(CONFIG_MAPS, configMap("later", "1"));

    assertThat(seen)
        .containsExactly(
            "tester create ADDED ConfigMap/default/a",
            "tester patch MODIFIED ConfigMap/default/a",
            "tester delete DELETED ConfigMap/default/a");
  }
}
