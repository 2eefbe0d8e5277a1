package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The controllers of workloads, and the node that says that it runs Pods. */
class WorkloadsTest {
  private static final String APPS = "/apis/apps/v1/namespaces/default/";
  private static final String DEPLOYMENT = APPS + "deployments/web";
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private final VirtualTime time = new VirtualTime();

  @AutoClose
  private final KubeApiServer server =
      KubeApiServer.builder()
          .workloads()
          .time(time)
          .scheduler(time)
          .random(new SplittableRandom(7))
          .start();

  private final Api api = new Api(server, "tester");

  @Test
  void areOffUnlessTheyAreAskedFor() {
    try (KubeApiServer plain = KubeApiServer.start()) {
      Api other = new Api(plain, "tester");
      other.post(APPS + "deployments", deployment(2, "a", ""));

      assertThat(other.get(APPS + "replicasets").items()).isEmpty();
      assertThat(other.get("/api/v1/nodes").items()).isEmpty();
    }
  }

  @Nested
  class Deploying {
    @Test
    void runsAsManyPodsAsAreWantedBeforeTheAnswer() {
      create(3, "a", "");

      assertThat(images()).containsExactly("a", "a", "a");
      assertThat(pods())
          .allSatisfy(
              pod -> {
                assertThat(Values.string(pod, "status", "phase")).contains("Running");
                assertThat(condition(pod, "Ready", "status")).isEqualTo("True");
                assertThat(Values.string(pod, "status", "podIP").orElse("")).startsWith("10.244.");
              });
      assertThat(status())
          .containsEntry("observedGeneration", 1L)
          .containsEntry("replicas", 3L)
          .containsEntry("updatedReplicas", 3L)
          .containsEntry("readyReplicas", 3L)
          .containsEntry("availableReplicas", 3L)
          .doesNotContainKey("unavailableReplicas");
      assertThat(condition(deployed(), "Available", "reason"))
          .isEqualTo("MinimumReplicasAvailable");
      assertThat(condition(deployed(), "Progressing", "reason"))
          .isEqualTo("NewReplicaSetAvailable");
      assertThat(api.get(DEPLOYMENT).at("metadata", "annotations"))
          .isEqualTo("{deployment.kubernetes.io/revision=1}");
    }

    @Test
    void rollsANewTemplateOutAndKeepsTheOldOneToGoBackTo() {
      create(3, "a", "");
      image("b");

      assertThat(images()).containsExactly("b", "b", "b");
      assertThat(sets()).containsExactly("1 a 0", "2 b 3");
      assertThat(status()).containsEntry("updatedReplicas", 3L).containsEntry("replicas", 3L);

      image("a");
      assertThat(images()).containsExactly("a", "a", "a");
      assertThat(sets()).containsExactly("2 b 0", "3 a 3");
    }

    @Test
    void keepsToItsBoundsWhileTheNewPodsAreNotReady() {
      create(
          4, "a", "\"strategy\":{\"rollingUpdate\":{\"maxSurge\":1,\"maxUnavailable\":\"25%\"}},");
      api.merge(
          DEPLOYMENT,
          "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"foundation.terraorbit.io/ready\":\"false\"}},"
              + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"b\"}]}}}}");

      assertThat(images()).containsExactly("a", "a", "a", "b", "b");
      assertThat(status())
          .containsEntry("replicas", 5L)
          .containsEntry("updatedReplicas", 2L)
          .containsEntry("availableReplicas", 3L)
          .containsEntry("unavailableReplicas", 2L);
      assertThat(condition(deployed(), "Available", "status")).isEqualTo("True");
      assertThat(condition(deployed(), "Progressing", "reason")).isEqualTo("ReplicaSetUpdated");

      time.advance(Duration.ofSeconds(601));
      assertThat(condition(deployed(), "Progressing", "reason"))
          .isEqualTo("ProgressDeadlineExceeded");
    }

    @Test
    void goesOnWhenPodsHaveBeenReadyForLongEnough() {
      create(2, "a", "\"minReadySeconds\":10,");
      assertThat(status())
          .containsEntry("readyReplicas", 2L)
          .doesNotContainKey("availableReplicas");

      time.advance(Duration.ofSeconds(10));
      assertThat(status()).containsEntry("availableReplicas", 2L);
    }

    @Test
    void recreatesWhereOldAndNewMustNotMeet() {
      create(2, "a", "\"strategy\":{\"type\":\"Recreate\"},");
      image("b");

      assertThat(images()).containsExactly("b", "b");
      assertThat(sets()).containsExactly("1 a 0", "2 b 2");
    }

    @Test
    void followsItsSizeAndTheScaleOfOthers() {
      create(1, "a", "");
      api.merge(DEPLOYMENT + "/scale", "{\"spec\":{\"replicas\":3}}");
      assertThat(images()).hasSize(3);
      api.merge(DEPLOYMENT, "{\"spec\":{\"replicas\":0}}");
      assertThat(images()).isEmpty();
      assertThat(status()).doesNotContainKey("replicas").containsEntry("observedGeneration", 3L);
    }

    @Test
    void replacesAPodThatGoes() {
      create(2, "a", "");
      String first = api.get(PODS).names().get(0);

      api.delete(PODS + "/" + first);

      assertThat(api.get(PODS).names()).hasSize(2).doesNotContain(first);
    }

    @Test
    void waitsWhilePaused() {
      create(2, "a", "");
      api.merge(DEPLOYMENT, "{\"spec\":{\"paused\":true}}");
      image("b");
      assertThat(images()).containsExactly("a", "a");

      api.merge(DEPLOYMENT, "{\"spec\":{\"replicas\":3}}");
      assertThat(images()).containsExactly("a", "a", "a");
      api.merge(DEPLOYMENT, "{\"spec\":{\"paused\":false}}");
      assertThat(images()).containsExactly("b", "b", "b");
    }

    @Test
    void forgetsTemplatesBeyondItsHistory() {
      create(1, "a", "\"revisionHistoryLimit\":1,");
      for (String image : List.of("b", "c", "d")) {
        image(image);
      }

      assertThat(sets()).containsExactly("3 c 0", "4 d 1");
    }

    @Test
    void takesAllThatItMadeWithIt() {
      create(2, "a", "");
      api.delete(DEPLOYMENT);

      assertThat(api.get(APPS + "replicasets").items()).isEmpty();
      assertThat(api.get(PODS).items()).isEmpty();
    }

    @Test
    void saysWhenAQuotaLeavesNoRoom() {
      api.post(
          "/api/v1/namespaces/default/resourcequotas",
          "{\"metadata\":{\"name\":\"q\"},\"spec\":{\"hard\":{\"pods\":\"1\"}}}");
      create(2, "a", "");

      assertThat(images()).hasSize(1);
      Object set = api.get(APPS + "replicasets").items().get(0);
      assertThat(condition(set, "ReplicaFailure", "message")).contains("exceeded quota: q");

      api.merge(
          "/api/v1/namespaces/default/resourcequotas/q", "{\"spec\":{\"hard\":{\"pods\":\"2\"}}}");
      time.advance(Duration.ofSeconds(5));
      assertThat(images()).hasSize(2);
      assertThat(status()).containsEntry("availableReplicas", 2L);
    }

    @Test
    void goesOnInAForkWhereTheOriginalWas() {
      create(3, "a", "");
      for (long revision = server.revision(); revision > server.revision() - 12; revision--) {
        try (KubeApiServer fork = server.fork(revision)) {
          Api other = new Api(fork, "tester");
          assertThat(other.get(PODS).items()).as("forked at %d", revision).hasSize(3);
          assertThat(other.get(DEPLOYMENT).at("status", "availableReplicas")).isEqualTo("3");
        }
      }
    }
  }

  @Nested
  class Running {
    @Test
    void endsPodsAsTheirAnnotationsSay() {
      pod("good", "\"foundation.terraorbit.io/phase\":\"Succeeded\"", "");
      pod(
          "bad",
          "\"foundation.terraorbit.io/phase\":\"Failed\",\"foundation.terraorbit.io/exit-code\":\"7\"",
          "");
      pod("none", "\"foundation.terraorbit.io/phase\":\"Pending\"", "");
      pod("later", "", "");

      assertThat(phase("good")).isEqualTo("Succeeded");
      assertThat(phase("bad")).isEqualTo("Failed");
      assertThat(api.get(PODS + "/bad").text()).contains("\"exitCode\":7");
      assertThat(phase("none")).isEqualTo("Pending");
      assertThat(phase("later")).isEqualTo("Running");
      api.merge(
          PODS + "/later",
          "{\"metadata\":{\"annotations\":{\"foundation.terraorbit.io/phase\":\"Succeeded\"}}}");
      assertThat(phase("later")).isEqualTo("Succeeded");
    }

    @Test
    void getsReadyAfterAWhile() {
      pod("slow", "\"foundation.terraorbit.io/ready\":\"5s\"", "");
      assertThat(condition(api.get(PODS + "/slow").body(), "Ready", "status")).isEqualTo("False");

      time.advance(Duration.ofSeconds(4));
      assertThat(condition(api.get(PODS + "/slow").body(), "Ready", "status")).isEqualTo("False");
      time.advance(Duration.ofSeconds(1));
      assertThat(condition(api.get(PODS + "/slow").body(), "Ready", "status")).isEqualTo("True");
    }

    @Test
    void letsPodsGoAtOnceUnlessSomethingHoldsThem() {
      pod("p", "", "");
      api.merge(PODS + "/p", "{\"metadata\":{\"finalizers\":[\"x/y\"]}}");

      api.delete(PODS + "/p");

      assertThat(api.get(PODS + "/p").at("metadata", "deletionGracePeriodSeconds")).isEqualTo("0");
      api.merge(PODS + "/p", "{\"metadata\":{\"finalizers\":null}}");
      assertThat(api.get(PODS + "/p").code()).isEqualTo(404);
    }

    @Test
    void placesPodsWhereTheyMayGoAndTellsWhenThereIsNoSuchNode() {
      node(
          "tainted",
          "\"spec\":{\"taints\":[{\"key\":\"k\",\"value\":\"v\",\"effect\":\"NoSchedule\"}]}",
          "");
      pod("nowhere", "", "\"nodeSelector\":{\"disk\":\"ssd\"},");
      pod(
          "tolerant",
          "",
          "\"nodeSelector\":{\"name\":\"tainted\"},\"tolerations\":[{\"key\":\"k\",\"value\":\"v\"}],");

      assertThat(api.get(PODS + "/tolerant").at("spec", "nodeName")).isEqualTo("tainted");
      assertThat(condition(api.get(PODS + "/nowhere").body(), "PodScheduled", "message"))
          .isEqualTo("0/2 nodes are available.");
      node("fast", "\"spec\":{}", "\"disk\":\"ssd\",");
      assertThat(api.get(PODS + "/nowhere").at("spec", "nodeName")).isEqualTo("fast");
      assertThat(phase("nowhere")).isEqualTo("Running");
    }

    @Test
    void leavesCordonedNodesAlone() {
      api.merge("/api/v1/nodes/foundation-node", "{\"spec\":{\"unschedulable\":true}}");
      pod("p", "", "");
      assertThat(phase("p")).isEqualTo("Pending");

      api.merge("/api/v1/nodes/foundation-node", "{\"spec\":{\"unschedulable\":false}}");
      assertThat(phase("p")).isEqualTo("Running");
    }
  }

  @Nested
  class Serving {
    private static final String SLICES =
        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io/service-name%3Dweb";

    @Test
    void listsThePodsOfAServiceByTheNumberOfTheirNamedPort() {
      create(2, "a", "");
      api.post(
          "/api/v1/namespaces/default/services",
          "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"selector\":{\"app\":\"web\"},"
              + "\"ports\":[{\"name\":\"http\",\"port\":80,\"targetPort\":\"web\"}]}}");

      Object slice = api.get(SLICES).items().get(0);
      assertThat(Values.listAt(slice, "endpoints")).hasSize(2);
      assertThat(Values.at(Values.listAt(slice, "ports").get(0), "port")).contains(8080L);
      assertThat(ready()).containsExactly("true", "true");

      String pod = api.get(PODS).names().get(0);
      api.merge(
          PODS + "/" + pod,
          "{\"metadata\":{\"annotations\":{\"foundation.terraorbit.io/ready\":\"false\"}}}");
      assertThat(ready()).containsExactlyInAnyOrder("true", "false");
      api.merge(DEPLOYMENT, "{\"spec\":{\"replicas\":0}}");
      assertThat(ready()).isEmpty();
      api.delete("/api/v1/namespaces/default/services/web");
      assertThat(api.get(SLICES).items()).isEmpty();
    }

    private List<String> ready() {
      return api.get(SLICES).items().stream()
          .flatMap(slice -> Values.listAt(slice, "endpoints").stream())
          .map(endpoint -> String.valueOf(Values.at(endpoint, "conditions", "ready").orElse("")))
          .toList();
    }
  }

  private void create(int replicas, String image, String spec) {
    Api.Answer made = api.post(APPS + "deployments", deployment(replicas, image, spec));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private static String deployment(int replicas, String image, String spec) {
    return ("{\"metadata\":{\"name\":\"web\"},\"spec\":{%s\"replicas\":%d,\"selector\":{\"matchLabels\":{\"app\":\"web\"}},"
            + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"%s\","
            + "\"ports\":[{\"name\":\"web\",\"containerPort\":8080}]}]}}}}")
        .formatted(spec, replicas, image);
  }

  private void image(String image) {
    Api.Answer done =
        api.merge(
            DEPLOYMENT,
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"%s\",\"ports\":[{\"name\":\"web\",\"containerPort\":8080}]}]}}}}"
                .formatted(image));
    assertThat(done.code()).as(done.text()).isEqualTo(200);
  }

  private void pod(String name, String annotations, String spec) {
    Api.Answer made =
        api.post(
            PODS,
            "{\"metadata\":{\"name\":\"%s\",\"annotations\":{%s}},\"spec\":{%s\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"
                .formatted(name, annotations, spec));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private void node(String name, String spec, String labels) {
    Api.Answer made =
        api.post(
            "/api/v1/nodes",
            "{\"metadata\":{\"name\":\"%1$s\",\"labels\":{%3$s\"name\":\"%1$s\"}},%2$s}"
                .formatted(name, spec, labels));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private String phase(String pod) {
    return api.get(PODS + "/" + pod).at("status", "phase");
  }

  private List<Object> pods() {
    return api.get(PODS).items();
  }

  private List<String> images() {
    return pods().stream()
        .map(pod -> Values.listAt(pod, "spec", "containers").get(0))
        .map(container -> Values.string(container, "image").orElse(""))
        .sorted()
        .toList();
  }

  /** Revision, image and size of the ReplicaSets, by revision. */
  private List<String> sets() {
    return api.get(APPS + "replicasets").items().stream()
        .map(
            set ->
                Values.string(set, "metadata", "annotations", "deployment.kubernetes.io/revision")
                        .orElse("")
                    + " "
                    + Values.string(
                            Values.listAt(set, "spec", "template", "spec", "containers").get(0),
                            "image")
                        .orElse("")
                    + " "
                    + Values.at(set, "spec", "replicas").orElse(""))
        .sorted()
        .toList();
  }

  private Map<String, Object> deployed() {
    return api.get(DEPLOYMENT).body();
  }

  private Map<String, Object> status() {
    return Values.objectAt(deployed(), "status");
  }

  private static String condition(Object object, String type, String member) {
    return Values.listAt(object, "status", "conditions").stream()
        .filter(each -> Values.string(each, "type").orElse("").equals(type))
        .map(each -> Values.string(each, member).orElse(""))
        .findFirst()
        .orElse("");
  }
}
