package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UpdatingTest {
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
                  + "\"generation\":5}}");

      assertThat(updated.at("metadata", "creationTimestamp"))
          .isEqualTo(made.at("metadata", "creationTimestamp"));
      assertThat(updated.at("metadata", "generation")).isEmpty();
    }

    @Test
    void refusesToSetWhenTheObjectGoes() {
      api.post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(
              api.put(
                      CONFIG_MAPS + "/a",
                      "{\"metadata\":{\"name\":\"a\",\"deletionTimestamp\":\"2001-01-01T00:00:00Z\","
                          + "\"deletionGracePeriodSeconds\":3}}")
                  .message())
          .isEqualTo(
              "ConfigMap \"a\" is invalid: [metadata.deletionTimestamp: Invalid value:"
                  + " \"2001-01-01T00:00:00Z\": field is immutable, metadata.deletionGracePeriodSeconds:"
                  + " Invalid value: 3: field is immutable]");
    }

    @Test
    void refusesAPatchOfTheUid() {
      api.post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(api.merge(CONFIG_MAPS + "/a", "{\"metadata\":{\"uid\":\"other\"}}").message())
          .isEqualTo(
              "ConfigMap \"a\" is invalid: metadata.uid: Invalid value: \"other\": field is"
                  + " immutable");
    }

    @Test
    void refusesAnotherUid() {
      String uid = api.post(CONFIG_MAPS, configMap("a", "1")).at("metadata", "uid");

      Api.Answer refused =
          api.put(CONFIG_MAPS + "/a", "{\"metadata\":{\"name\":\"a\",\"uid\":\"other\"}}");

      assertThat(refused.code()).isEqualTo(409);
      assertThat(refused.message())
          .isEqualTo(
              "Operation cannot be fulfilled on configmaps \"a\": StorageError: invalid object, Code:"
                  + " 4, Key: /configmaps/default/a, ResourceVersion: 0,"
                  + " AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in"
                  + " object meta: "
                  + uid);
    }

    @Test
    void isAConflictWhenTheObjectOfAUidIsGone() {
      String secrets = "/api/v1/namespaces/default/secrets";
      String services = "/api/v1/namespaces/default/services";
      String body = "{\"metadata\":{\"name\":\"a\",\"uid\":\"gone\"}}";

      assertThat(api.put(secrets + "/a", body).message())
          .isEqualTo(
              "Operation cannot be fulfilled on secrets \"a\": StorageError: invalid object, Code:"
                  + " 4, Key: /secrets/default/a, ResourceVersion: 0, AdditionalErrorMsg:"
                  + " Precondition failed: UID in precondition: gone, UID in object meta: ");
      assertThat(api.put(services + "/a", body).message())
          .contains("Key: /services/specs/default/a,");
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
              "leases.coordination.k8s.io \"l\" is invalid: metadata.resourceVersion: Invalid"
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
          Manifests.deployment("d")
              .replace("\"spec\":{\"sel", "\"status\":{\"replicas\":9},\"spec\":{\"sel"));

      Api.Answer labelled =
          api.merge(DEPLOYMENTS + "/d", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
      Api.Answer scaled = api.merge(DEPLOYMENTS + "/d", "{\"spec\":{\"replicas\":2}}");

      assertThat(labelled.at("metadata", "generation")).isEqualTo("1");
      assertThat(labelled.at("status")).isEqualTo("{}");
      assertThat(scaled.at("metadata", "generation")).isEqualTo("2");
    }

    @Test
    void refusesToChangeWhatIsImmutable() {
      api.post(DEPLOYMENTS, Manifests.deployment("d"));
      api.post(
          CONFIG_MAPS, "{\"metadata\":{\"name\":\"i\"},\"immutable\":true,\"data\":{\"k\":\"v\"}}");

      assertThat(
              api.merge(
                      DEPLOYMENTS + "/d",
                      "{\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"c\"}}}}")
                  .message())
          .isEqualTo(
              "Deployment.apps \"d\" is invalid: [spec.template.metadata.labels: Invalid value:"
                  + " {\"a\":\"b\"}: `selector` does not match template `labels`, spec.selector:"
                  + " Invalid value: {\"matchLabels\":{\"a\":\"c\"}}: field is immutable]");
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
      api.post(DEPLOYMENTS, Manifests.deployment("d"));

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
    void takesTenThousandOperationsAndNoMore() {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      String operation = "{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"1\"}";

      Api.Answer most =
          api.jsonPatch(
              CONFIG_MAPS + "/a",
              "[" + String.join(",", Collections.nCopies(10_000, operation)) + "]");
      Api.Answer more =
          api.jsonPatch(
              CONFIG_MAPS + "/a",
              "[" + String.join(",", Collections.nCopies(10_001, operation)) + "]");

      assertThat(most.code()).isEqualTo(200);
      assertThat(more.code()).isEqualTo(413);
      assertThat(more.reason()).isEqualTo("RequestEntityTooLarge");
      assertThat(more.message())
          .isEqualTo(
              "Request entity too large: The allowed maximum operations in a JSON patch is 10000,"
                  + " got 10001");
    }

    @Test
    void takesAResourceVersionInAJsonPatchForAPreconditionToo() {
      String first = api.post(CONFIG_MAPS, configMap("a", "1")).at("metadata", "resourceVersion");
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      String replace =
          "[{\"op\":\"replace\",\"path\":\"/metadata/resourceVersion\",\"value\":\"%s\"},{\"op\":\"add\",\"path\":\"/data/l\",\"value\":\"3\"}]";

      Api.Answer stale = api.jsonPatch(CONFIG_MAPS + "/a", replace.formatted(first));
      Api.Answer removed =
          api.jsonPatch(
              CONFIG_MAPS + "/a",
              "[{\"op\":\"remove\",\"path\":\"/metadata/resourceVersion\"},{\"op\":\"add\",\"path\":\"/data/l\",\"value\":\"3\"}]");

      assertThat(stale.code()).isEqualTo(409);
      assertThat(removed.code()).isEqualTo(200);
      assertThat(removed.body()).containsEntry("data", Map.of("k", "2", "l", "3"));
    }

    @Test
    void neverConflictsWithoutAResourceVersion() throws Exception {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      List<CompletableFuture<Integer>> patches = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        String patch = "{\"data\":{\"k%d\":\"x\"}}".formatted(i);
        patches.add(
            CompletableFuture.supplyAsync(() -> api.merge(CONFIG_MAPS + "/a", patch).code()));
      }
      for (CompletableFuture<Integer> patch : patches) {
        assertThat(patch.get(30, TimeUnit.SECONDS)).isEqualTo(200);
      }
      assertThat(Values.objectAt(api.get(CONFIG_MAPS + "/a").body(), "data")).hasSize(33);
    }

    @Test
    void mergesAsRfc7396Says() {
      api.post(
          "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
          """
          {"metadata":{"name":"foos.ex.io"},"spec":{"group":"ex.io","scope":"Cluster",
            "names":{"plural":"foos","kind":"Foo"},"versions":[{"name":"v1","served":true,
              "storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{
                "a":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}
          """);
      api.post(
          "/apis/ex.io/v1/foos",
          """
          {"apiVersion":"ex.io/v1","kind":"Foo","metadata":{"name":"f"},
            "a":{"list":[1,2],"deep":{"x":1,"y":2},"text":"t"}}
          """);

      Api.Answer patched =
          api.merge(
              "/apis/ex.io/v1/foos/f",
              """
              {"a":{"list":[3],"deep":{"x":null,"z":{"n":null,"m":1}},"text":{"now":"object"},
                "gone":null}}
              """);

      assertThat(patched.at("a")).isEqualTo("{list=[3], deep={y=2, z={m=1}}, text={now=object}}");
    }

    @Test
    void refusesOtherKindsOfPatches() {
      api.post(CONFIG_MAPS, configMap("a", "1"));
      String path = CONFIG_MAPS + "/a";

      assertThat(api.send("PATCH", path, "application/apply-patch+yaml", "{}").message())
          .isEqualTo("the embedded Kubernetes API does not implement server-side apply");
      Api.Answer unknown = api.send("PATCH", path, "text/html", "{}");
      assertThat(unknown.code()).isEqualTo(415);
      assertThat(unknown.message()).isEqualTo("415: Unsupported Media Type");
      assertThat(api.merge(path, "[]").code()).isEqualTo(400);
      assertThat(api.merge(path, "{").code()).isEqualTo(400);
      assertThat(api.jsonPatch(path, "{}").code()).isEqualTo(400);
      assertThat(api.merge(CONFIG_MAPS + "/none", "{}").code()).isEqualTo(404);
    }
  }
}
