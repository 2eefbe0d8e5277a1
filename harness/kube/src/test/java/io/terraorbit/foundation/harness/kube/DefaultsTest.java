package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server fills into objects of the built-in kinds. */
class DefaultsTest {
  private static final String APPS = "/apis/apps/v1/namespaces/default/";
  private static final String CORE = "/api/v1/namespaces/default/";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void makeAPodRunnable() {
    Api.Answer pod = api.post(CORE + "pods", Manifests.pod("p"));

    assertThat(pod.code()).isEqualTo(201);
    assertThat(Values.objectAt(pod.body(), "spec"))
        .containsEntry("restartPolicy", "Always")
        .containsEntry("dnsPolicy", "ClusterFirst")
        .containsEntry("terminationGracePeriodSeconds", 30L)
        .containsEntry("schedulerName", "default-scheduler")
        .containsEntry("securityContext", Map.of())
        .containsEntry("enableServiceLinks", true);
    assertThat(container(pod))
        .containsEntry("imagePullPolicy", "IfNotPresent")
        .containsEntry("terminationMessagePath", "/dev/termination-log")
        .containsEntry("terminationMessagePolicy", "File")
        .containsEntry("resources", Map.of());
    assertThat(pod.at("status", "phase")).isEqualTo("Pending");
    assertThat(pod.at("status", "qosClass")).isEqualTo("BestEffort");
    assertThat(pod.at("metadata", "generation")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, Always",
    "nginx:latest, Always",
    "nginx:1.27, IfNotPresent",
    "localhost:5000/nginx, Always",
    "localhost:5000/nginx:1, IfNotPresent",
    "nginx@sha256:0000, IfNotPresent",
    "nginx:latest@sha256:0000, Always",
  })
  void pullByTheTag(String image, String policy) {
    Api.Answer pod = api.post(CORE + "pods", Manifests.pod("p").replace("i:1", image));

    assertThat(container(pod)).containsEntry("imagePullPolicy", policy);
  }

  @Test
  void reachIntoProbesPortsVolumesAndVariables() {
    Api.Answer pod =
        api.post(
            CORE + "pods",
            """
            {"metadata":{"name":"p"},"spec":{"hostNetwork":true,
              "volumes":[{"name":"e"},{"name":"s","secret":{"secretName":"x"}},
                {"name":"m","configMap":{"name":"x"}},{"name":"h","hostPath":{"path":"/x"}},
                {"name":"d","downwardAPI":{"items":[{"path":"l","fieldRef":{"fieldPath":"metadata.labels"}}]}},
                {"name":"j","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}],
              "containers":[{"name":"c","image":"i:1","ports":[{"containerPort":80}],
                "env":[{"name":"N","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],
                "lifecycle":{"preStop":{"httpGet":{"port":80}}},
                "livenessProbe":{"httpGet":{"port":80}},"readinessProbe":{"grpc":{"port":1}},
                "resources":{"limits":{"cpu":"0.5","memory":"1024Mi"},"requests":{"cpu":0.25}}}]}}""");

    Map<String, Object> container = container(pod);
    assertThat(Values.listAt(container, "ports"))
        .containsExactly(Map.of("containerPort", 80L, "hostPort", 80L, "protocol", "TCP"));
    assertThat(Values.objectAt(container, "livenessProbe"))
        .isEqualTo(
            Json.readObject(
                "{\"httpGet\":{\"port\":80,\"path\":\"/\",\"scheme\":\"HTTP\"},\"timeoutSeconds\":1,"
                    + "\"periodSeconds\":10,\"successThreshold\":1,\"failureThreshold\":3}"));
    assertThat(Values.string(container, "readinessProbe", "grpc", "service")).contains("");
    assertThat(Values.string(container, "lifecycle", "preStop", "httpGet", "scheme"))
        .contains("HTTP");
    assertThat(Values.objectAt(container, "resources"))
        .isEqualTo(
            Json.readObject(
                "{\"limits\":{\"cpu\":\"500m\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"250m\","
                    + "\"memory\":\"1Gi\"}}"));
    List<Object> volumes = Values.listAt(pod.body(), "spec", "volumes");
    assertThat(Values.objectAt(volumes.get(0))).containsEntry("emptyDir", Map.of());
    assertThat(Values.at(volumes.get(1), "secret", "defaultMode")).contains(420L);
    assertThat(Values.at(volumes.get(2), "configMap", "defaultMode")).contains(420L);
    assertThat(Values.at(volumes.get(3), "hostPath", "type")).contains("");
    assertThat(volumes.get(4).toString()).contains("apiVersion=v1").contains("defaultMode=420");
    assertThat(volumes.get(5).toString()).contains("expirationSeconds=3600");
    assertThat(pod.at("status", "qosClass")).isEqualTo("Burstable");
  }

  @Test
  void leaveTemplatesTheirRequests() {
    Api.Answer deployment =
        api.post(
            APPS + "deployments",
            Manifests.deployment("d")
                .replace("\"image\"", "\"resources\":{\"limits\":{\"cpu\":1}},\"image\""));

    assertThat(deployment.text()).contains("\"resources\":{\"limits\":{\"cpu\":\"1\"}}");
    assertThat(deployment.at("spec", "template", "spec", "enableServiceLinks")).isEmpty();
  }

  @Test
  void completeEveryWorkload() {
    assertThat(spec(APPS + "deployments", Manifests.deployment("d")))
        .containsEntry("replicas", 1L)
        .containsEntry("revisionHistoryLimit", 10L)
        .containsEntry("progressDeadlineSeconds", 600L)
        .containsEntry(
            "strategy",
            Json.readObject(
                "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\","
                    + "\"maxSurge\":\"25%\"}}"));
    assertThat(spec(APPS + "replicasets", Manifests.deployment("r"))).containsEntry("replicas", 1L);
    assertThat(
            spec(
                APPS + "statefulsets",
                Manifests.deployment(
                    "s",
                    "\"volumeClaimTemplates\":[{\"metadata\":{\"name\":\"v\"},\"spec\":{"
                        + "\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{"
                        + "\"storage\":\"1024Mi\"}}}}],")))
        .containsEntry("podManagementPolicy", "OrderedReady")
        .containsEntry("replicas", 1L)
        .containsEntry("revisionHistoryLimit", 10L)
        .containsEntry(
            "updateStrategy",
            Json.readObject("{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"partition\":0}}"))
        .containsEntry(
            "persistentVolumeClaimRetentionPolicy",
            Map.of("whenDeleted", "Retain", "whenScaled", "Retain"))
        .hasEntrySatisfying(
            "volumeClaimTemplates",
            claims ->
                assertThat(claims.toString())
                    .contains("volumeMode=Filesystem", "storage=1Gi", "phase=Pending"));
    assertThat(spec(APPS + "daemonsets", Manifests.deployment("ds")))
        .containsEntry("revisionHistoryLimit", 10L)
        .containsEntry(
            "updateStrategy",
            Json.readObject(
                "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":1,"
                    + "\"maxSurge\":0}}"));
    assertThat(
            spec(
                CORE + "replicationcontrollers",
                "{\"metadata\":{\"name\":\"rc\"},\"spec\":{" + Manifests.TEMPLATE + "}}"))
        .containsEntry("replicas", 1L)
        .containsEntry("selector", Map.of("a", "b"));
    assertThat(api.get(CORE + "replicationcontrollers/rc").at("metadata", "labels"))
        .isEqualTo("{a=b}");
  }

  @Test
  void nameTheStatusThatControllersBeginWith() {
    api.post(APPS + "statefulsets", Manifests.deployment("s"));
    api.post(APPS + "daemonsets", Manifests.deployment("d"));

    assertThat(api.get(APPS + "statefulsets/s").at("status"))
        .contains("replicas=0", "availableReplicas=0");
    assertThat(api.get(APPS + "daemonsets/d").at("status")).contains("desiredNumberScheduled=0");
  }

  @Test
  void giveJobsASelectorOfTheirOwn() {
    Api.Answer job = api.post("/apis/batch/v1/namespaces/default/jobs", Manifests.job("j"));
    String uid = job.at("metadata", "uid");

    assertThat(Values.objectAt(job.body(), "spec"))
        .containsEntry("completions", 1L)
        .containsEntry("parallelism", 1L)
        .containsEntry("backoffLimit", 6L)
        .containsEntry("completionMode", "NonIndexed")
        .containsEntry("suspend", false)
        .containsEntry("manualSelector", false)
        .containsEntry("podReplacementPolicy", "TerminatingOrFailed")
        .containsEntry(
            "selector", Map.of("matchLabels", Map.of("batch.kubernetes.io/controller-uid", uid)));
    assertThat(Values.objectAt(job.body(), "spec", "template", "metadata", "labels"))
        .isEqualTo(
            Map.of(
                "batch.kubernetes.io/controller-uid",
                uid,
                "batch.kubernetes.io/job-name",
                "j",
                "controller-uid",
                uid,
                "job-name",
                "j"));
  }

  @Test
  void completeCronJobs() {
    assertThat(
            spec(
                "/apis/batch/v1/namespaces/default/cronjobs",
                "{\"metadata\":{\"name\":\"c\"},\"spec\":{\"schedule\":\"* * * * *\",\"jobTemplate\":"
                    + Manifests.job("x").replace("\"metadata\":{\"name\":\"x\"},", "")
                    + "}}"))
        .containsEntry("concurrencyPolicy", "Allow")
        .containsEntry("suspend", false)
        .containsEntry("successfulJobsHistoryLimit", 3L)
        .containsEntry("failedJobsHistoryLimit", 1L);
    assertThat(
            api.get("/apis/batch/v1/namespaces/default/cronjobs/c")
                .at("spec", "jobTemplate", "spec", "template", "spec", "dnsPolicy"))
        .isEqualTo("ClusterFirst");
  }

  @Test
  void completeTheRest() {
    assertThat(
            spec(
                "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
                "{\"metadata\":{\"name\":\"h\"},\"spec\":{\"maxReplicas\":3,\"scaleTargetRef\":{"
                    + "\"kind\":\"Deployment\",\"name\":\"d\",\"apiVersion\":\"apps/v1\"},"
                    + "\"behavior\":{\"scaleUp\":{},\"scaleDown\":{}}}}"))
        .containsEntry("minReplicas", 1L)
        .hasEntrySatisfying(
            "metrics", metrics -> assertThat(metrics.toString()).contains("averageUtilization=80"))
        .hasEntrySatisfying(
            "behavior", behavior -> assertThat(behavior.toString()).contains("selectPolicy=Max"));
    assertThat(
            spec(
                "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
                "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"egress\":[{\"ports\":[{\"port\":1}]}]}}"))
        .containsEntry("policyTypes", List.of("Ingress", "Egress"))
        .containsEntry("podSelector", Map.of());
    assertThat(
            api.post(
                    "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
                    "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"kind\":\"Role\",\"name\":\"r\"},"
                        + "\"subjects\":[{\"kind\":\"User\",\"name\":\"u\"},"
                        + "{\"kind\":\"ServiceAccount\",\"name\":\"s\",\"namespace\":\"n\"}]}")
                .text())
        .contains("\"roleRef\":{\"kind\":\"Role\",\"name\":\"r\",\"apiGroup\":\"rbac")
        .contains("{\"kind\":\"User\",\"name\":\"u\",\"apiGroup\":\"rbac")
        .contains("{\"kind\":\"ServiceAccount\",\"name\":\"s\",\"namespace\":\"n\"}");
    assertThat(
            api.post(
                    "/apis/scheduling.k8s.io/v1/priorityclasses",
                    "{\"metadata\":{\"name\":\"p\"},\"value\":5}")
                .at("preemptionPolicy"))
        .isEqualTo("PreemptLowerPriority");
    assertThat(
            api.post(
                    "/apis/storage.k8s.io/v1/storageclasses",
                    "{\"metadata\":{\"name\":\"s\"},\"provisioner\":\"p\"}")
                .text())
        .contains("\"reclaimPolicy\":\"Delete\"", "\"volumeBindingMode\":\"Immediate\"");
    assertThat(
            spec(
                "/api/v1/persistentvolumes",
                "{\"metadata\":{\"name\":\"v\"},\"spec\":{\"capacity\":{\"storage\":\"1024Mi\"},"
                    + "\"accessModes\":[\"ReadWriteOnce\"],\"hostPath\":{\"path\":\"/x\"}}}"))
        .containsEntry("persistentVolumeReclaimPolicy", "Retain")
        .containsEntry("volumeMode", "Filesystem")
        .containsEntry("capacity", Map.of("storage", "1Gi"));
    assertThat(
            spec(
                "/apis/storage.k8s.io/v1/csidrivers",
                "{\"metadata\":{\"name\":\"d.x\"},\"spec\":{}}"))
        .containsEntry("attachRequired", true);
    assertThat(
            api.post(
                    "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                    "{\"metadata\":{\"name\":\"e\"},\"addressType\":\"IPv4\",\"endpoints\":[],"
                        + "\"ports\":[{\"port\":1}]}")
                .at("ports"))
        .isEqualTo("[{port=1, name=, protocol=TCP}]");
  }

  @Test
  void letANodeReportItself() {
    Api.Answer node =
        api.post(
            "/api/v1/nodes",
            "{\"metadata\":{\"name\":\"n\"},\"status\":{\"capacity\":{\"cpu\":\"4000m\"}}}");

    assertThat(node.at("status", "capacity")).isEqualTo("{cpu=4}");
    assertThat(node.at("status", "allocatable")).isEqualTo("{cpu=4}");
  }

  static List<List<String>> objects() {
    String batch = "/apis/batch/v1/namespaces/default/jobs";
    return List.of(
        List.of(CORE + "pods", Manifests.pod("x", "\"volumes\":[{\"name\":\"v\"}],")),
        List.of(CORE + "services", Manifests.service("x", "\"type\":\"NodePort\",")),
        List.of(CORE + "secrets", "{\"metadata\":{\"name\":\"x\"},\"stringData\":{\"a\":\"b\"}}"),
        List.of(APPS + "deployments", Manifests.deployment("x")),
        List.of(APPS + "statefulsets", Manifests.deployment("x")),
        List.of(APPS + "daemonsets", Manifests.deployment("x")),
        List.of(APPS + "replicasets", Manifests.deployment("x")),
        List.of(batch, Manifests.job("x")));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void areStable(List<String> pathAndBody) {
    String path = pathAndBody.get(0);
    Api.Answer made = api.post(path, pathAndBody.get(1));
    long revision = server.revision();

    Api.Answer again = api.put(path + "/x", made.text());
    Api.Answer patched = api.merge(path + "/x", "{\"metadata\":{\"annotations\":null}}");

    assertThat(made.code()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(made.body());
    assertThat(patched.body()).isEqualTo(made.body());
    assertThat(server.revision()).isEqualTo(revision);
  }

  private Map<String, Object> spec(String path, String body) {
    Api.Answer made = api.post(path, body);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    return Values.objectAt(made.body(), "spec");
  }

  private static Map<String, Object> container(Api.Answer pod) {
    return Values.object(Values.listAt(pod.body(), "spec", "containers").get(0));
  }
}
