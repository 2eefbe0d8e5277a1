package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** StatefulSets, DaemonSets, Jobs and PodDisruptionBudgets, where their controllers run. */
class WorkloadKindsTest {
  private static final String APPS = "/apis/apps/v1/namespaces/default/";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String NOT_READY = "\"foundation.terraorbit.io/ready\":\"false\"";

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

  @Nested
  class Stateful {
    private static final String SET = APPS + "statefulsets/db";

    @Test
    void numbersItsPodsAndGivesEachItsClaims() {
      create(3, "a", "", "");

      assertThat(api.get(PODS).names()).containsExactly("db-0", "db-1", "db-2");
      assertThat(api.get("/api/v1/namespaces/default/persistentvolumeclaims").names())
          .containsExactly("data-db-0", "data-db-1", "data-db-2");
      assertThat(api.get(PODS + "/db-1").text())
          .contains("\"claimName\":\"data-db-1\"", "\"hostname\":\"db-1\"", "\"subdomain\":\"db\"");
      assertThat(api.get(SET).at("status", "availableReplicas")).isEqualTo("3");
      assertThat(api.get(SET).at("status", "currentRevision"))
          .isEqualTo(api.get(SET).at("status", "updateRevision"));
    }

    @Test
    void makesTheNextOnlyWhenTheLastIsWell() {
      create(3, "a", NOT_READY, "");
      assertThat(api.get(PODS).names()).containsExactly("db-0");

      for (int i = 0; i < 3; i++) {
        ready("db-" + i);
      }
      assertThat(api.get(PODS).names()).containsExactly("db-0", "db-1", "db-2");
    }

    @Test
    void makesThemAllAtOnceWhereThatIsAllowed() {
      create(3, "a", NOT_READY, "\"podManagementPolicy\":\"Parallel\",");

      assertThat(api.get(PODS).names()).containsExactly("db-0", "db-1", "db-2");
    }

    @Test
    void takesTheHighestAwayFirstAndKeepsTheClaims() {
      create(3, "a", "", "");
      api.merge(SET + "/scale", "{\"spec\":{\"replicas\":1}}");

      assertThat(api.get(PODS).names()).containsExactly("db-0");
      assertThat(api.get("/api/v1/namespaces/default/persistentvolumeclaims").names()).hasSize(3);
    }

    @Test
    void renewsFromTheHighestDownToThePartition() {
      create(3, "a", "", "\"updateStrategy\":{\"rollingUpdate\":{\"partition\":1}},");
      image("b");
      assertThat(images()).containsExactly("a", "b", "b");
      assertThat(api.get(SET).at("status", "updatedReplicas")).isEqualTo("2");
      assertThat(api.get(SET).at("status", "currentRevision"))
          .isNotEqualTo(api.get(SET).at("status", "updateRevision"));

      api.merge(SET, "{\"spec\":{\"updateStrategy\":{\"rollingUpdate\":{\"partition\":0}}}}");
      assertThat(images()).containsExactly("b", "b", "b");
      assertThat(api.get(SET).at("status", "currentRevision"))
          .isEqualTo(api.get(SET).at("status", "updateRevision"));
    }

    @Test
    void leavesOldPodsWhereTheyAreReplacedOnlyWhenDeleted() {
      create(2, "a", "", "\"updateStrategy\":{\"type\":\"OnDelete\"},");
      image("b");
      assertThat(images()).containsExactly("a", "a");

      api.delete(PODS + "/db-1");
      assertThat(images()).containsExactly("a", "b");
    }

    private void create(int replicas, String image, String annotations, String spec) {
      expect(
          201,
          api.post(
              APPS + "statefulsets",
              ("{\"metadata\":{\"name\":\"db\"},\"spec\":{%s\"serviceName\":\"db\",\"replicas\":%d,\"selector\":{\"matchLabels\":{\"app\":\"db\"}},"
                      + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"db\"},\"annotations\":{%s}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"%s\"}]}},"
                      + "\"volumeClaimTemplates\":[{\"metadata\":{\"name\":\"data\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}]}}")
                  .formatted(spec, replicas, annotations, image)));
    }

    private void image(String image) {
      expect(
          200,
          api.merge(
              SET,
              "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"%s\"}]}}}}"
                  .formatted(image)));
    }
  }

  @Nested
  class Daemons {
    private static final String SET = APPS + "daemonsets/agent";

    @Test
    void runOnEveryNodeThatTakesThem() {
      node("other", "");
      node("tainted", "\"taints\":[{\"key\":\"k\",\"effect\":\"NoSchedule\"}]");
      create("a");
      assertThat(nodes()).containsExactly("foundation-node", "other");
      assertThat(api.get(SET).at("status", "desiredNumberScheduled")).isEqualTo("2");
      assertThat(api.get(SET).at("status", "numberAvailable")).isEqualTo("2");

      node("new", "");
      assertThat(nodes()).containsExactly("foundation-node", "new", "other");
      api.delete("/api/v1/nodes/other");
      assertThat(nodes()).containsExactly("foundation-node", "new");
    }

    @Test
    void areRenewedOneByOne() {
      node("other", "");
      create("a");
      expect(
          200,
          api.merge(
              SET,
              "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"b\"}]}}}}"));

      assertThat(images()).containsExactly("b", "b");
      assertThat(api.get(SET).at("status", "updatedNumberScheduled")).isEqualTo("2");
    }

    private void create(String image) {
      expect(
          201,
          api.post(
              APPS + "daemonsets",
              ("{\"metadata\":{\"name\":\"agent\"},\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"agent\"}},"
                      + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"agent\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"%s\"}]}}}}")
                  .formatted(image)));
    }

    private void node(String name, String spec) {
      expect(
          201,
          api.post(
              "/api/v1/nodes",
              "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec)));
    }

    private List<String> nodes() {
      return api.get(PODS).items().stream()
          .map(pod -> Values.string(pod, "spec", "nodeName").orElse(""))
          .sorted()
          .toList();
    }
  }

  @Nested
  class Working {
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";

    @Test
    void isCompleteOnceItsPodsHaveSucceeded() {
      create("\"completions\":3,\"parallelism\":2,", "");
      assertThat(api.get(PODS).items()).hasSize(2);
      assertThat(api.get(JOBS + "/work").at("status", "active")).isEqualTo("2");
      assertThat(api.get(JOBS + "/work").at("status", "ready")).isEqualTo("2");

      for (int i = 0; i < 3; i++) {
        end("Succeeded");
      }
      Api.Answer job = api.get(JOBS + "/work");
      assertThat(job.at("status", "succeeded")).isEqualTo("3");
      assertThat(job.at("status", "completionTime")).isNotEmpty();
      assertThat(job.text()).contains("\"type\":\"SuccessCriteriaMet\"", "\"type\":\"Complete\"");
      assertThat(api.get(PODS).items()).hasSize(3);
    }

    @Test
    void endsAtOnceWherePodsAreToSucceed() {
      create("", "\"foundation.terraorbit.io/phase\":\"Succeeded\"");

      assertThat(api.get(JOBS + "/work").text()).contains("\"reason\":\"CompletionsReached\"");
    }

    @Test
    void givesUpAfterTooManyFailures() {
      create("\"backoffLimit\":2,", "\"foundation.terraorbit.io/phase\":\"Failed\"");

      Api.Answer job = api.get(JOBS + "/work");
      assertThat(job.at("status", "failed")).isEqualTo("3");
      assertThat(job.text()).contains("\"reason\":\"BackoffLimitExceeded\"");
    }

    @Test
    void numbersItsPodsWhereEachHasAnIndex() {
      create("\"completions\":3,\"parallelism\":3,\"completionMode\":\"Indexed\",", "");
      assertThat(
              api.get(PODS).items().stream()
                  .map(
                      pod ->
                          Values.string(
                                  pod,
                                  "metadata",
                                  "annotations",
                                  "batch.kubernetes.io/job-completion-index")
                              .orElse("")))
          .containsExactlyInAnyOrder("0", "1", "2");

      end("Succeeded");
      end("Succeeded");
      end("Succeeded");
      assertThat(api.get(JOBS + "/work").at("status", "completedIndexes")).isEqualTo("0-2");
    }

    @Test
    void runsNothingWhileSuspendedAndNothingPastItsDeadline() {
      create("\"suspend\":true,\"activeDeadlineSeconds\":30,", "");
      assertThat(api.get(PODS).items()).isEmpty();

      api.merge(JOBS + "/work", "{\"spec\":{\"suspend\":false}}");
      assertThat(api.get(PODS).items()).hasSize(1);
      time.advance(Duration.ofSeconds(30));
      assertThat(api.get(PODS).items()).isEmpty();
      assertThat(api.get(JOBS + "/work").text()).contains("\"reason\":\"DeadlineExceeded\"");
    }

    @Test
    void goesByItselfSomeTimeAfterItsEnd() {
      create("\"ttlSecondsAfterFinished\":60,", "\"foundation.terraorbit.io/phase\":\"Succeeded\"");
      assertThat(api.get(JOBS + "/work").code()).isEqualTo(200);

      time.advance(Duration.ofSeconds(60));
      assertThat(api.get(JOBS + "/work").code()).isEqualTo(404);
    }

    private void create(String spec, String annotations) {
      expect(
          201,
          api.post(
              JOBS,
              ("{\"metadata\":{\"name\":\"work\"},\"spec\":{%s\"template\":{\"metadata\":{\"annotations\":{%s}},"
                      + "\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}")
                  .formatted(spec, annotations)));
    }

    private void end(String phase) {
      String running =
          api.get(PODS).items().stream()
              .filter(pod -> Values.string(pod, "status", "phase").orElse("").equals("Running"))
              .map(pod -> Values.string(pod, "metadata", "name").orElse(""))
              .findFirst()
              .orElseThrow();
      api.merge(
          PODS + "/" + running,
          "{\"metadata\":{\"annotations\":{\"foundation.terraorbit.io/phase\":\"%s\"}}}"
              .formatted(phase));
    }
  }

  @Nested
  class Budgeting {
    private static final String BUDGET =
        "/apis/policy/v1/namespaces/default/poddisruptionbudgets/b";

    @Test
    void letsPodsGoOnlyAsFarAsEnoughAreLeft() {
      expect(
          201,
          api.post(
              APPS + "replicasets",
              "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":2,\"selector\":{\"matchLabels\":{\"app\":\"web\"}},"
                  + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"},\"annotations\":{\"foundation.terraorbit.io/ready\":\"1s\"}},"
                  + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}"));
      time.advance(Duration.ofSeconds(1));
      expect(
          201,
          api.post(
              "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
              "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"maxUnavailable\":\"50%\",\"selector\":{\"matchLabels\":{\"app\":\"web\"}}}}"));
      assertThat(api.get(BUDGET).at("status", "disruptionsAllowed")).isEqualTo("1");
      assertThat(api.get(BUDGET).at("status", "expectedPods")).isEqualTo("2");

      List<String> pods = api.get(PODS).names();
      expect(201, evict(pods.get(0)));
      assertThat(api.get(BUDGET).at("status", "disruptionsAllowed")).isEqualTo("0");
      expect(429, evict(pods.get(1)));
      time.advance(Duration.ofSeconds(1));
      assertThat(api.get(BUDGET).at("status", "disruptionsAllowed")).isEqualTo("1");
      expect(201, evict(pods.get(1)));
    }

    private Api.Answer evict(String pod) {
      return api.post(
          PODS + "/" + pod + "/eviction",
          "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}}"
              .formatted(pod));
    }
  }

  private void ready(String pod) {
    expect(
        200,
        api.merge(
            PODS + "/" + pod,
            "{\"metadata\":{\"annotations\":{\"foundation.terraorbit.io/ready\":null}}}"));
  }

  private List<String> images() {
    return api.get(PODS).items().stream()
        .map(pod -> Values.listAt(pod, "spec", "containers").get(0))
        .map(container -> Values.string(container, "image").orElse(""))
        .toList();
  }

  private static void expect(int code, Api.Answer answer) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
  }
}
