package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the server does by itself: namespaces and garbage collection. */
class ControllersTest {
  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Namespaces {
    @Test
    void areThereFromTheStart() {
      assertThat(api.get("/api/v1/namespaces").names())
          .containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
    }

    @Test
    void comeFurnished() {
      Api.Answer made = create("team");

      assertThat(made.at("metadata", "labels", "kubernetes.io/metadata.name")).isEqualTo("team");
      assertThat(made.at("spec", "finalizers")).isEqualTo("[kubernetes]");
      assertThat(made.at("status", "phase")).isEqualTo("Active");
      assertThat(api.get("/api/v1/namespaces/team/serviceaccounts").names())
          .containsExactly("default");
      assertThat(api.get("/api/v1/namespaces/team/configmaps/kube-root-ca.crt").code())
          .isEqualTo(200);
      assertThat(api.get("/api/v1/namespaces/team").body()).isEqualTo(made.body());
    }

    @Test
    void goWithAllThatIsInThem() {
      create("team");
      api.post("/api/v1/namespaces/team/configmaps", configMap("a", ""));

      Api.Answer deleted = api.delete("/api/v1/namespaces/team");

      assertThat(deleted.at("status", "phase")).isEqualTo("Terminating");
      assertThat(deleted.at("metadata", "deletionTimestamp")).isNotEmpty();
      assertThat(deleted.at("metadata", "deletionGracePeriodSeconds")).isEmpty();
      assertThat(api.get("/api/v1/namespaces/team").code()).isEqualTo(404);
      assertThat(server.list("v1", "ConfigMap", "team")).isEmpty();
    }

    @Test
    void waitForFinalizersInside() {
      create("team");
      String maps = "/api/v1/namespaces/team/configmaps";
      api.post(maps, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"x/y\"]}}");

      api.delete("/api/v1/namespaces/team");

      Api.Answer waiting = api.get("/api/v1/namespaces/team");
      assertThat(Values.listAt(waiting.body(), "status", "conditions"))
          .extracting(condition -> Values.string(condition, "message").orElse(""))
          .contains(
              "Some resources are remaining: configmaps. has 1 resource instances",
              "Some content in the namespace has finalizers remaining: x/y in 1 resource"
                  + " instances");
      Api.Answer refused = api.post(maps, configMap("late", ""));
      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.message())
          .isEqualTo(
              "configmaps \"late\" is forbidden: unable to create new content in namespace team"
                  + " because it is being terminated");
      assertThat(refused.at("details", "causes")).contains("NamespaceTerminating");
      long revision = server.revision();
      api.delete("/api/v1/namespaces/team");
      assertThat(server.revision()).isEqualTo(revision);
      api.merge(maps + "/held", "{\"metadata\":{\"finalizers\":null}}");
      assertThat(api.get("/api/v1/namespaces/team").code()).isEqualTo(404);
    }

    @Test
    void waitForTheirOwnFinalizersToo() {
      api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"own\",\"finalizers\":[\"x/y\"]}}");

      api.delete("/api/v1/namespaces/own");
      assertThat(api.get("/api/v1/namespaces/own").at("spec")).isEqualTo("{}");
      api.jsonPatch(
          "/api/v1/namespaces/own", "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]");

      assertThat(api.get("/api/v1/namespaces/own").code()).isEqualTo(404);
    }

    @Test
    void canBeFinalizedByHand() {
      create("team");

      Api.Answer finalized =
          api.put(
              "/api/v1/namespaces/team/finalize",
              "{\"metadata\":{\"name\":\"team\"},\"spec\":{\"finalizers\":[\"a/b\"]}}");

      assertThat(finalized.at("spec", "finalizers")).isEqualTo("[a/b]");
      assertThat(api.get("/api/v1/namespaces/team/finalize").code()).isEqualTo(405);
      assertThat(api.merge("/api/v1/namespaces/team/finalize", "{}").code()).isEqualTo(405);
      assertThat(api.delete("/api/v1/namespaces/team/finalize").code()).isEqualTo(405);
      api.delete("/api/v1/namespaces/team");
    }

    @Test
    void keepTheirSpecificationAndLabelOnUpdate() {
      create("team");

      Api.Answer updated =
          api.merge(
              "/api/v1/namespaces/team",
              "{\"metadata\":{\"labels\":{\"kubernetes.io/metadata.name\":\"x\"}},\"spec\":null}");

      assertThat(updated.at("spec", "finalizers")).isEqualTo("[kubernetes]");
      assertThat(updated.at("metadata", "labels", "kubernetes.io/metadata.name")).isEqualTo("team");
    }

    @Test
    void cannotAllBeDeleted() {
      Api.Answer refused = api.delete("/api/v1/namespaces/default");

      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.message())
          .isEqualTo("namespaces \"default\" is forbidden: this namespace may not be deleted");
      assertThat(api.delete("/api/v1/namespaces").code()).isEqualTo(405);
    }

    @Test
    void areNamedByALabel() {
      assertThat(create("a.b").message()).endsWith("must not contain dots");
      assertThat(create("a_").message()).contains("a lowercase RFC 1123 label must consist of");
    }

    private Api.Answer create(String name) {
      return api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }
  }

  @Nested
  class StorageInUse {
    private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String VOLUMES = "/api/v1/persistentvolumes";
    private static final String ATTRIBUTES = "/apis/storage.k8s.io/v1/volumeattributesclasses";
    private static final String CLAIM =
        "\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"volumeAttributesClassName\":\"a\","
            + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}";

    @Test
    void goesAtOnceWhenNothingUsesIt() {
      api.post(CLAIMS, "{\"metadata\":{\"name\":\"c\"}," + CLAIM + "}");

      api.delete(CLAIMS + "/c");

      assertThat(api.get(CLAIMS + "/c").code()).isEqualTo(404);
    }

    @Test
    void waitsForThePodOnANode() {
      api.post(CLAIMS, "{\"metadata\":{\"name\":\"c\"}," + CLAIM + "}");
      api.post(
          PODS,
          "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"nodeName\":\"n\",\"containers\":[{\"name\":\"a\",\"image\":\"i\"}],"
              + "\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}}]}}");

      api.delete(CLAIMS + "/c");
      assertThat(api.get(CLAIMS + "/c").text()).contains("kubernetes.io/pvc-protection");
      api.delete(PODS + "/p", "{\"gracePeriodSeconds\":0}");

      assertThat(api.get(CLAIMS + "/c").code()).isEqualTo(404);
    }

    @Test
    void waitsUntilAVolumeIsNotBound() {
      api.post(
          VOLUMES,
          "{\"metadata\":{\"name\":\"v\"},\"spec\":{\"capacity\":{\"storage\":\"1Gi\"},"
              + "\"accessModes\":[\"ReadWriteOnce\"],\"hostPath\":{\"path\":\"/a\"}}}");
      api.merge(VOLUMES + "/v/status", "{\"status\":{\"phase\":\"Bound\"}}");

      api.delete(VOLUMES + "/v");
      assertThat(api.get(VOLUMES + "/v").text()).contains("kubernetes.io/pv-protection");
      api.merge(VOLUMES + "/v/status", "{\"status\":{\"phase\":\"Released\"}}");

      assertThat(api.get(VOLUMES + "/v").code()).isEqualTo(404);
    }

    @Test
    void waitsForTheLastClaimOfAClassOfAttributes() {
      api.post(
          ATTRIBUTES,
          "{\"metadata\":{\"name\":\"a\"},\"driverName\":\"d.io\",\"parameters\":{\"x\":\"y\"}}");
      api.post(CLAIMS, "{\"metadata\":{\"name\":\"c\"}," + CLAIM + "}");

      api.delete(ATTRIBUTES + "/a");
      assertThat(api.get(ATTRIBUTES + "/a").text()).contains("kubernetes.io/vac-protection");
      api.delete(CLAIMS + "/c");

      assertThat(api.get(ATTRIBUTES + "/a").code()).isEqualTo(404);
    }
  }

  @Nested
  class Garbage {
    @Test
    void goesWithItsOwner() {
      String uid = make("owner", "");
      make("child", owned("owner", uid, false));
      make("grandchild", owned("child", uid("child"), false));

      api.delete(CONFIG_MAPS + "/owner");

      assertThat(api.get(CONFIG_MAPS).names()).containsExactly("kube-root-ca.crt");
    }

    @Test
    void goesAtOnceWhenItsOwnerIsAlreadyGone() {
      String uid = make("owner", "");
      api.delete(CONFIG_MAPS + "/owner");
      make("owner", "");

      make("child", owned("owner", uid, false));

      assertThat(api.get(CONFIG_MAPS + "/child").code()).isEqualTo(404);
    }

    @Test
    void staysWithAnOwnerWhoLives() {
      String first = make("first", "");
      String second = make("second", "");
      make("child", owned("first", first, false) + "," + owned("second", second, false));

      api.delete(CONFIG_MAPS + "/first");

      Api.Answer child = api.get(CONFIG_MAPS + "/child");
      assertThat(child.at("metadata", "ownerReferences")).doesNotContain(first).contains(second);
    }

    @Test
    void isLeftAloneWhenOrphaned() {
      String uid = make("owner", "");
      make("child", owned("owner", uid, false));

      Api.Answer deleted = api.delete(CONFIG_MAPS + "/owner?propagationPolicy=Orphan");

      assertThat(deleted.at("metadata", "finalizers")).isEqualTo("[orphan]");
      assertThat(api.get(CONFIG_MAPS + "/owner").code()).isEqualTo(404);
      assertThat(api.get(CONFIG_MAPS + "/child").at("metadata", "ownerReferences")).isEmpty();
    }

    @Test
    void isOrphanedByJobsUnlessTheySayOtherwise() {
      String jobs = "/apis/batch/v1/namespaces/default/jobs";
      String uid = api.post(jobs, Manifests.job("j")).at("metadata", "uid");
      make(
          "child",
          "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"name\":\"j\",\"uid\":\"" + uid + "\"}");

      api.delete(jobs + "/j");

      assertThat(api.get(jobs + "/j").code()).isEqualTo(404);
      assertThat(api.get(CONFIG_MAPS + "/child").code()).isEqualTo(200);
    }

    @Test
    void holdsAForegroundDeletionUp() {
      String uid = make("owner", "");
      api.post(
          CONFIG_MAPS,
          "{\"metadata\":{\"name\":\"child\",\"finalizers\":[\"x/y\"],\"ownerReferences\":["
              + owned("owner", uid, true)
              + "]}}");

      Api.Answer deleted =
          api.delete(CONFIG_MAPS + "/owner", "{\"propagationPolicy\":\"Foreground\"}");

      assertThat(deleted.at("metadata", "finalizers")).isEqualTo("[foregroundDeletion]");
      assertThat(api.get(CONFIG_MAPS + "/owner").code()).isEqualTo(200);
      assertThat(api.get(CONFIG_MAPS + "/child").at("metadata", "deletionTimestamp")).isNotEmpty();
      api.merge(CONFIG_MAPS + "/child", "{\"metadata\":{\"finalizers\":null}}");
      assertThat(api.get(CONFIG_MAPS + "/owner").code()).isEqualTo(404);
    }

    @Test
    void sharedWithAnotherOwnerDoesNotHoldAForegroundDeletionUp() {
      String first = make("first", "");
      String second = make("second", "");
      make("child", owned("first", first, true) + "," + owned("second", second, true));

      api.delete(CONFIG_MAPS + "/first?propagationPolicy=Foreground");

      assertThat(api.get(CONFIG_MAPS + "/first").code()).isEqualTo(404);
      assertThat(api.get(CONFIG_MAPS + "/child").at("metadata", "deletionTimestamp")).isEmpty();
    }

    @Test
    void mayHaveAnOwnerInTheClusterButNotInAnotherNamespace() {
      String uid = api.get("/api/v1/namespaces/default").at("metadata", "uid");
      make(
          "kept",
          "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"name\":\"default\",\"uid\":\""
              + uid
              + "\"}");
      String elsewhere =
          api.get("/api/v1/namespaces/kube-public/configmaps/kube-root-ca.crt")
              .at("metadata", "uid");
      make("lost", owned("kube-root-ca.crt", elsewhere, false));

      assertThat(api.get(CONFIG_MAPS).names()).containsExactly("kept", "kube-root-ca.crt");
    }

    private String make(String name, String owners) {
      return api.post(
              CONFIG_MAPS,
              "{\"metadata\":{\"name\":\"%s\",\"ownerReferences\":[%s]}}".formatted(name, owners))
          .at("metadata", "uid");
    }

    private String uid(String name) {
      return api.get(CONFIG_MAPS + "/" + name).at("metadata", "uid");
    }

    private String owned(String name, String uid, boolean blocks) {
      return ("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"%s\",\"uid\":\"%s\","
              + "\"blockOwnerDeletion\":%s}")
          .formatted(name, uid, blocks);
    }
  }
}
