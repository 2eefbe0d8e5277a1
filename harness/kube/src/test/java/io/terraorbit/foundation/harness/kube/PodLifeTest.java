package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of Pods: admission, binding, debugging, resizing, eviction, and their end. */
class PodLifeTest {
  private static final String CORE = "/api/v1/namespaces/default/";
  private static final String PODS = CORE + "pods";
  private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
  private static final String CLASSES = "/apis/scheduling.k8s.io/v1/priorityclasses";

  private final VirtualTime time = new VirtualTime();
  private final KubeApiServer server = KubeApiServer.builder().time(time).start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Admission {
    @Test
    void givesAnAccountAPriorityAndTolerations() {
      Api.Answer pod = api.post(PODS, Manifests.pod("p"));

      assertThat(Values.objectAt(pod.body(), "spec"))
          .containsEntry("serviceAccountName", "default")
          .containsEntry("serviceAccount", "default")
          .containsEntry("priority", 0L)
          .containsEntry("preemptionPolicy", "PreemptLowerPriority");
      assertThat(Values.listAt(pod.body(), "spec", "tolerations"))
          .extracting(toleration -> Values.string(toleration, "key").orElse(""))
          .containsExactly("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    }

    @Test
    void leavesTolerationsThatCoverTheTrouble() {
      Api.Answer pod =
          api.post(PODS, Manifests.pod("p", "\"tolerations\":[{\"operator\":\"Exists\"}],"));

      assertThat(pod.at("spec", "tolerations")).isEqualTo("[{operator=Exists}]");
    }

    @Test
    void wantsAnAccountThatExists() {
      Api.Answer refused = api.post(PODS, Manifests.pod("p", "\"serviceAccountName\":\"no\","));

      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.message())
          .isEqualTo(
              "pods \"p\" is forbidden: error looking up service account default/no:"
                  + " serviceaccount \"no\" not found");
    }

    @Test
    void takesPullSecretsFromTheAccount() {
      api.merge(CORE + "serviceaccounts/default", "{\"imagePullSecrets\":[{\"name\":\"s\"}]}");

      assertThat(api.post(PODS, Manifests.pod("p")).at("spec", "imagePullSecrets"))
          .isEqualTo("[{name=s}]");
    }

    @Test
    void looksPrioritiesUp() {
      api.post(
          CLASSES, "{\"metadata\":{\"name\":\"high\"},\"value\":7,\"preemptionPolicy\":\"Never\"}");

      Api.Answer high = api.post(PODS, Manifests.pod("h", "\"priorityClassName\":\"high\","));
      Api.Answer critical =
          api.post(PODS, Manifests.pod("c", "\"priorityClassName\":\"system-node-critical\","));
      Api.Answer none = api.post(PODS, Manifests.pod("n", "\"priorityClassName\":\"no\","));
      Api.Answer cheat = api.post(PODS, Manifests.pod("x", "\"priority\":9,"));
      api.post(CLASSES, "{\"metadata\":{\"name\":\"usual\"},\"value\":3,\"globalDefault\":true}");
      Api.Answer usual = api.post(PODS, Manifests.pod("u"));

      assertThat(high.at("spec", "priority")).isEqualTo("7");
      assertThat(high.at("spec", "preemptionPolicy")).isEqualTo("Never");
      assertThat(critical.at("spec", "priority")).isEqualTo("2000001000");
      assertThat(none.message())
          .isEqualTo("pods \"n\" is forbidden: no PriorityClass with name no was found");
      assertThat(cheat.message())
          .contains("the integer value of priority (9) must not be provided");
      assertThat(usual.at("spec", "priorityClassName")).isEqualTo("usual");
    }

    @Test
    void holdsGatedPodsBack() {
      Api.Answer pod =
          api.post(PODS, Manifests.pod("p", "\"schedulingGates\":[{\"name\":\"g\"}],"));

      assertThat(pod.at("status", "conditions")).contains("SchedulingGated");
      assertThat(bind("p", "n").message()).contains("pod p has non-empty .spec.schedulingGates");
      assertThat(
              api.merge(PODS + "/p", "{\"spec\":{\"schedulingGates\":[{\"name\":\"h\"}]}}")
                  .message())
          .contains("only deletion is allowed, but found new scheduling gate 'h'");
      assertThat(api.merge(PODS + "/p", "{\"spec\":{\"schedulingGates\":null}}").code())
          .isEqualTo(200);
    }
  }

  @Nested
  class Bound {
    @Test
    void areOnANode() {
      api.post(PODS, Manifests.pod("p"));

      Api.Answer bound = bind("p", "n1");
      Api.Answer again = bind("p", "n2");

      assertThat(bound.code()).isEqualTo(201);
      assertThat(bound.text())
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
                  + "\"code\":201}");
      assertThat(api.get(PODS + "/p").at("spec", "nodeName")).isEqualTo("n1");
      assertThat(api.get(PODS + "/p").at("status", "conditions"))
          .contains("type=PodScheduled", "status=True");
      assertThat(again.code()).isEqualTo(409);
      assertThat(again.message())
          .isEqualTo(
              "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to"
                  + " node \"n1\"");
    }

    @Test
    void mayBeBoundByABindingOfItsOwn() {
      api.post(PODS, Manifests.pod("p"));

      Api.Answer bound =
          api.post(
              CORE + "bindings",
              "{\"metadata\":{\"name\":\"p\",\"annotations\":{\"by\":\"me\"}},\"target\":{\"name\":\"n\"}}");

      assertThat(bound.code()).as(bound.text()).isEqualTo(201);
      assertThat(api.get(PODS + "/p").at("spec", "nodeName")).isEqualTo("n");
      assertThat(api.get(PODS + "/p").at("metadata", "annotations")).isEqualTo("{by=me}");
      assertThat(api.get(CORE + "bindings").code()).isEqualTo(405);
    }

    @Test
    void needANodeAndTheRightPod() {
      api.post(PODS, Manifests.pod("p"));

      assertThat(bind("p", "").message())
          .isEqualTo("Binding \"p\" is invalid: target.name: Required value");
      assertThat(bind("q", "n").code()).isEqualTo(404);
      assertThat(
              api.post(
                      PODS + "/p/binding",
                      "{\"metadata\":{\"name\":\"p\",\"uid\":\"x\"},\"target\":{\"name\":\"n\"}}")
                  .message())
          .contains("Precondition failed: UID in precondition: x");
      assertThat(
              api.post(
                      PODS + "/p/binding",
                      "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Pod\",\"name\":\"n\"}}")
                  .message())
          .contains("target.kind: Unsupported value: \"Pod\"");
      assertThat(api.post(PODS + "/p/binding", "{\"target\":{\"name\":\"n\"}}").message())
          .isEqualTo("name in URL does not match name in Binding object");
      assertThat(
              api.post(
                      PODS + "/p/binding?dryRun=All",
                      "{\"metadata\":{\"name\":\"p\"},\"target\":{\"name\":\"n\"}}")
                  .code())
          .isEqualTo(201);
      assertThat(api.get(PODS + "/p").at("spec", "nodeName")).isEmpty();
    }

    @Test
    void areNotBoundWhileTheyGo() {
      api.post(PODS, Manifests.pod("p"));
      api.merge(PODS + "/p", "{\"metadata\":{\"finalizers\":[\"x/y\"]}}");
      api.delete(PODS + "/p");

      assertThat(bind("p", "n").message())
          .contains("pod p is being deleted, cannot be assigned to a host");
    }
  }

  @Nested
  class Parts {
    private static final String DEBUGGER =
        "{\"spec\":{\"ephemeralContainers\":[{\"name\":\"d\",\"image\":\"%s\"}]}}";

    @Test
    void ephemeralContainersComeAndStay() {
      api.post(PODS, Manifests.pod("p"));
      String path = PODS + "/p/ephemeralcontainers";

      Api.Answer added = api.merge(path, DEBUGGER.formatted("i"));
      Api.Answer changed = api.merge(path, DEBUGGER.formatted("j"));
      Api.Answer removed = api.merge(path, "{\"spec\":{\"ephemeralContainers\":null}}");
      Api.Answer invalid =
          api.merge(
              path, "{\"spec\":{\"ephemeralContainers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");

      assertThat(added.code()).isEqualTo(200);
      assertThat(added.at("metadata", "generation")).isEqualTo("2");
      assertThat(added.at("spec", "ephemeralContainers")).contains("terminationMessagePolicy=File");
      assertThat(changed.message())
          .contains("existing ephemeral containers \"d\" may not be changed");
      assertThat(removed.message())
          .contains("existing ephemeral containers \"d\" may not be removed");
      assertThat(invalid.code()).isEqualTo(422);
      assertThat(api.get(path).body()).isEqualTo(added.body());
    }

    @Test
    void resourcesAreResizedWithinTheClass() {
      api.post(
          PODS,
          Manifests.pod("p")
              .replace("\"image\"", "\"resources\":{\"requests\":{\"cpu\":\"1\"}},\"image\""));
      String path = PODS + "/p/resize";
      String resize =
          "{\"spec\":{\"hostname\":\"ignored\",\"containers\":[{\"name\":\"c\",\"image\":\"other\","
              + "\"resources\":%s}]}}";

      Api.Answer more = api.merge(path, resize.formatted("{\"requests\":{\"cpu\":\"2000m\"}}"));
      Api.Answer none = api.merge(path, resize.formatted("{}"));
      Api.Answer disk =
          api.merge(
              path,
              resize.formatted("{\"requests\":{\"cpu\":\"2\",\"ephemeral-storage\":\"1Gi\"}}"));
      Api.Answer direct =
          api.merge(PODS + "/p", resize.formatted("{\"requests\":{\"cpu\":\"3\"}}"));

      assertThat(more.code()).as(more.text()).isEqualTo(200);
      assertThat(more.at("spec", "containers"))
          .contains("requests={cpu=2}", "image=i:1")
          .doesNotContain("other");
      assertThat(more.at("spec", "hostname")).isEmpty();
      assertThat(none.message()).contains("Pod QOS Class may not change as a result of resizing");
      assertThat(disk.message()).contains("only cpu and memory resources are mutable");
      assertThat(direct.message()).contains("pod updates may not change fields other than");
    }
  }

  @Nested
  class Evicted {
    @Test
    void goWhenNothingHoldsThem() {
      running("p");

      Api.Answer evicted = evict("p");

      assertThat(evicted.code()).isEqualTo(201);
      assertThat(evicted.at("status")).isEqualTo("Success");
      assertThat(api.get(PODS + "/p").code()).isEqualTo(404);
      assertThat(evict("p").code()).isEqualTo(404);
      assertThat(api.post(PODS + "/p/eviction", "{\"metadata\":{\"name\":\"q\"}}").message())
          .isEqualTo("name in URL does not match name in Eviction object");
    }

    @Test
    void stayWhenTheBudgetIsUsedUp() {
      running("p");
      running("q");
      budget("b", 1);

      Api.Answer first = evict("p");
      Api.Answer second = evict("q");

      assertThat(first.code()).isEqualTo(201);
      assertThat(api.get(BUDGETS + "/b").at("status", "disruptedPods"))
          .isEqualTo("{p=2026-01-01T00:00:00Z}");
      assertThat(second.code()).isEqualTo(429);
      assertThat(second.reason()).isEqualTo("TooManyRequests");
      assertThat(second.message())
          .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
      assertThat(second.at("details", "causes"))
          .isEqualTo(
              "[{reason=DisruptionBudget, message=The disruption budget b needs 1 healthy pods and"
                  + " has 2 currently}]");
      assertThat(api.get(PODS + "/q").code()).isEqualTo(200);
    }

    @Test
    void spendNothingInADryRun() {
      running("p");
      budget("b", 1);

      assertThat(
              api.post(PODS + "/p/eviction?dryRun=All", "{\"metadata\":{\"name\":\"p\"}}").code())
          .isEqualTo(201);
      assertThat(
              api.post(
                      PODS + "/p/eviction",
                      "{\"metadata\":{\"name\":\"p\"},\"deleteOptions\":{\"dryRun\":[\"All\"]}}")
                  .code())
          .isEqualTo(201);
      assertThat(api.get(BUDGETS + "/b").at("status", "disruptionsAllowed")).isEqualTo("1");
      assertThat(api.get(PODS + "/p").code()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {} | name in URL does not match name in Eviction object
            {"kind":"Eviction","apiVersion":"v1","metadata":{"name":"p"}} | Eviction in version "v1" cannot be handled as a Eviction: no kind "Eviction" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"p"}} | Pod in version "v1" cannot be handled as a Eviction: converting (v1.Pod) to (policy.Eviction): unknown conversion
            {"metadata":{"name":"p","namespace":"other"}} | the namespace of the provided object does not match the namespace sent on the request
            {"metadata":{"name":"p"},"deleteOptions":7} | Eviction in version "v1" cannot be handled as a Eviction: json: cannot unmarshal number into Go struct field Eviction.deleteOptions of type v1.DeleteOptions
            nope | the object provided is unrecognized (must be of type Eviction): couldn't get version/kind; json parse error: invalid character 'o' in literal null (expecting 'u') (6e6f7065)
            """)
    void areDecodedAsEvictions(String body, String message) {
      running("p");

      Api.Answer refused = api.post(PODS + "/p/eviction", body);

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.message()).isEqualTo(message);
    }

    @Test
    void areTakenInTheirOldVersionAndWarnOfFieldsThatTheyLack() {
      running("p");

      Api.Answer done =
          api.post(
              PODS + "/p/eviction",
              "{\"kind\":\"Eviction\",\"apiVersion\":\"policy/v1beta1\",\"metadata\":{\"name\":\"p\"},\"foo\":1}");

      assertThat(done.code()).as(done.text()).isEqualTo(201);
      assertThat(done.header("warning")).isEqualTo("299 - \"unknown field \\\"foo\\\"\"");
    }

    @Test
    void waitForABudgetThatWasNotCountedYet() {
      running("p");
      api.post(BUDGETS, disruption("b"));

      Api.Answer busy = evict("p");

      assertThat(busy.code()).isEqualTo(429);
      assertThat(busy.header("retry-after")).isEqualTo("10");
      assertThat(busy.at("details", "causes"))
          .contains("The disruption budget b is still being processed by the server.");
    }

    @Test
    void goInAnyCaseWhenTheyNeverRanOrMayGoUnhealthy() {
      api.post(PODS, labelled("pending"));
      api.post(PODS, labelled("sick"));
      api.merge(PODS + "/sick/status", "{\"status\":{\"phase\":\"Running\"}}");
      api.post(
          BUDGETS,
          disruption("b")
              .replace("\"spec\":{", "\"spec\":{\"unhealthyPodEvictionPolicy\":\"AlwaysAllow\","));

      assertThat(evict("pending").code()).isEqualTo(201);
      assertThat(evict("sick").code()).isEqualTo(201);
    }

    @Test
    void mayNotHaveTwoBudgets() {
      running("p");
      budget("a", 1);
      budget("b", 1);

      assertThat(evict("p").code()).isEqualTo(500);
      assertThat(evict("p").message())
          .isEqualTo(
              "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                  + " not support.");
    }

    private void budget(String name, int allowed) {
      api.post(BUDGETS, disruption(name));
      api.merge(
          BUDGETS + "/" + name + "/status",
          ("{\"status\":{\"disruptionsAllowed\":%d,\"currentHealthy\":2,\"desiredHealthy\":1,"
                  + "\"observedGeneration\":1,\"expectedPods\":2}}")
              .formatted(allowed));
    }

    private String disruption(String name) {
      return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}}"
          .formatted(name);
    }

    private void running(String name) {
      api.post(PODS, labelled(name));
      api.merge(
          PODS + "/" + name + "/status",
          "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    }

    private String labelled(String name) {
      return Manifests.pod(name)
          .replace("\"metadata\":{", "\"metadata\":{\"labels\":{\"a\":\"b\"},");
    }

    private Api.Answer evict(String name) {
      return api.post(
          PODS + "/" + name + "/eviction",
          "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\""
              + name
              + "\"}}");
    }
  }

  @Nested
  class Ending {
    @Test
    void isSoonerWhenAskedAgainAndNeverLater() {
      api.post(PODS, Manifests.pod("p", "\"nodeName\":\"n\","));
      api.delete(PODS + "/p");
      time.advance(Duration.ofSeconds(5));

      Api.Answer sooner = api.delete(PODS + "/p?gracePeriodSeconds=10");
      Api.Answer later = api.delete(PODS + "/p?gracePeriodSeconds=20");

      assertThat(sooner.at("metadata", "deletionGracePeriodSeconds")).isEqualTo("10");
      assertThat(sooner.at("metadata", "deletionTimestamp")).isEqualTo("2026-01-01T00:00:10Z");
      assertThat(later.body()).isEqualTo(sooner.body());
    }

    @Test
    void isAtOnceForPodsThatHaveEnded() {
      for (String phase : List.of("Succeeded", "Failed")) {
        api.post(PODS, Manifests.pod("p", "\"nodeName\":\"n\","));
        api.merge(PODS + "/p/status", "{\"status\":{\"phase\":\"%s\"}}".formatted(phase));

        assertThat(api.delete(PODS + "/p").at("metadata", "deletionGracePeriodSeconds"))
            .isEqualTo("0");
        assertThat(api.get(PODS + "/p").code()).isEqualTo(404);
      }
    }

    @Test
    void holdsItsNamespaceUpWithAllThatIsInIt() {
      api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"t\"}}");
      String in = "/api/v1/namespaces/t/";
      api.post(in + "pods", Manifests.pod("p", "\"nodeName\":\"n\","));
      api.post(in + "configmaps", Api.configMap("c", ""));

      api.delete("/api/v1/namespaces/t");

      assertThat(api.get(in + "configmaps/c").at("metadata", "deletionTimestamp")).isEmpty();
      assertThat(api.get(in + "pods/p").at("metadata", "deletionTimestamp")).isNotEmpty();
      assertThat(Values.listAt(api.get("/api/v1/namespaces/t").body(), "status", "conditions"))
          .hasSize(5)
          .extracting(condition -> Values.string(condition, "message").orElse(""))
          .anySatisfy(message -> assertThat(message).contains("pods. has 1 resource instances"));
      api.delete(in + "pods/p?gracePeriodSeconds=0");
      assertThat(api.get("/api/v1/namespaces/t").code()).isEqualTo(404);
    }
  }

  private Api.Answer bind(String pod, String node) {
    return api.post(
        PODS + "/" + pod + "/binding",
        "{\"metadata\":{\"name\":\"%s\"},\"target\":{\"kind\":\"Node\",\"name\":\"%s\"}}"
            .formatted(pod, node));
  }
}
