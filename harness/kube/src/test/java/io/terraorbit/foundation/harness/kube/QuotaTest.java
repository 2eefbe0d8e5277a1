package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What ResourceQuotas count and refuse. */
class QuotaTest {
  private static final String TEAM = "/api/v1/namespaces/team";
  private static final String QUOTAS = TEAM + "/resourcequotas";
  private static final String PODS = TEAM + "/pods";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @BeforeEach
  void makeNamespace() {
    api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"team\"}}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Status {
    @Test
    void isThereAsSoonAsTheQuotaIs() {
      api.post(TEAM + "/configmaps", configMap("a", ""));

      Api.Answer made = quota("q", "'configmaps':'5','count/secrets':'2','requests.cpu':'1000m'");

      assertThat(made.code()).isEqualTo(201);
      assertThat(made.at("status")).isEqualTo("{}");
      assertThat(hard("q")).isEqualTo("{configmaps=5, count/secrets=2, requests.cpu=1}");
      assertThat(used("q")).isEqualTo("{configmaps=2, count/secrets=0, requests.cpu=0}");
    }

    @Test
    void followsCreationChangeAndDeletionWithinTheWrite() {
      quota("q", "'pods':'5','requests.cpu':'2','limits.memory':'4Gi','count/pods':'9'");
      assertThat(pod("a", "'requests':{'cpu':'500m'},'limits':{'cpu':'1','memory':'1Gi'}").code())
          .isEqualTo(201);
      assertThat(pod("b", "'requests':{'cpu':'250m'},'limits':{'memory':'512Mi'}").code())
          .isEqualTo(201);
      assertThat(used("q"))
          .isEqualTo("{count/pods=2, limits.memory=1536Mi, pods=2, requests.cpu=750m}");

      api.merge(PODS + "/a/status", "{\"status\":{\"phase\":\"Succeeded\"}}");
      assertThat(used("q"))
          .isEqualTo("{count/pods=2, limits.memory=512Mi, pods=1, requests.cpu=250m}");

      api.delete(PODS + "/b");
      assertThat(used("q")).isEqualTo("{count/pods=1, limits.memory=0, pods=0, requests.cpu=0}");
      api.delete(PODS + "/a");
      assertThat(used("q")).isEqualTo("{count/pods=0, limits.memory=0, pods=0, requests.cpu=0}");
    }

    @Test
    void isAnEventOfItsOwnAfterTheWriteThatItCounts() {
      quota("q", "'configmaps':'5'");
      try (Api.Watch watch = api.watch(QUOTAS + "?resourceVersion=" + server.revision())) {
        Api.Answer made = api.post(TEAM + "/configmaps", configMap("a", ""));

        Object event = watch.next();
        assertThat(Values.string(event, "type")).contains("MODIFIED");
        assertThat(Values.string(event, "object", "status", "used", "configmaps")).contains("2");
        assertThat(Values.string(event, "object", "metadata", "resourceVersion"))
            .contains(String.valueOf(Long.parseLong(made.at("metadata", "resourceVersion")) + 1));
      }
    }

    @Test
    void staysWhatItIsWhenNothingCountedChanges() {
      quota("q", "'configmaps':'5'");
      api.post(TEAM + "/configmaps", configMap("a", ""));
      String revision = api.get(QUOTAS + "/q").at("metadata", "resourceVersion");

      api.merge(TEAM + "/configmaps/a", "{\"data\":{\"k\":\"w\"}}");
      api.post(TEAM + "/secrets", "{\"metadata\":{\"name\":\"s\"}}");
      api.post("/api/v1/namespaces/default/configmaps", configMap("a", ""));

      assertThat(api.get(QUOTAS + "/q").at("metadata", "resourceVersion")).isEqualTo(revision);
    }

    @Test
    void followsTheSpecification() {
      quota("q", "'configmaps':'5'");

      api.merge(
          QUOTAS + "/q", "{\"spec\":{\"hard\":{\"configmaps\":\"1\",\"count/secrets\":\"3\"}}}");

      assertThat(hard("q")).isEqualTo("{configmaps=1, count/secrets=3}");
      assertThat(used("q")).isEqualTo("{configmaps=1, count/secrets=0}");
    }

    @Test
    void thatAClientWritesStandsUntilTheNextChangeOfWhatIsCounted() {
      quota("q", "'configmaps':'5'");

      Api.Answer written =
          api.merge(QUOTAS + "/q/status", "{\"status\":{\"used\":{\"configmaps\":\"5\"}}}");
      Api.Answer refused = api.post(TEAM + "/configmaps", configMap("a", ""));

      assertThat(written.at("status", "used", "configmaps")).isEqualTo("5");
      assertThat(used("q")).isEqualTo("{configmaps=5}");
      assertThat(refused.message())
          .endsWith("requested: configmaps=1, used: configmaps=5, limited: configmaps=5");

      api.delete(TEAM + "/configmaps/kube-root-ca.crt");
      assertThat(used("q")).isEqualTo("{configmaps=1}");
    }

    @Test
    void countsWhatWasDeletedTogetherOnce() {
      quota("q", "'count/secrets':'9'");
      for (String name : List.of("a", "b", "c")) {
        api.post(TEAM + "/secrets", "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
      }
      assertThat(used("q")).isEqualTo("{count/secrets=3}");

      api.delete(TEAM + "/secrets");

      assertThat(used("q")).isEqualTo("{count/secrets=0}");
    }

    @Test
    void isTrueInAForkToo() {
      quota("q", "'configmaps':'9'");
      api.post(TEAM + "/configmaps", configMap("a", ""));
      long revision = server.revision();
      api.post(TEAM + "/configmaps", configMap("b", ""));

      try (KubeApiServer fork = server.fork(revision)) {
        Api other = new Api(fork, "tester");
        other.post(TEAM + "/configmaps", configMap("c", ""));
        other.post(TEAM + "/configmaps", configMap("d", ""));
        assertThat(other.get(QUOTAS + "/q").at("status", "used")).isEqualTo("{configmaps=4}");
      }
      assertThat(used("q")).isEqualTo("{configmaps=3}");
    }
  }

  @Nested
  class Refusal {
    @Test
    void namesTheQuotaAndAllThatIsExceeded() {
      quota("q", "'pods':'1','requests.cpu':'1','count/pods':'5'");
      pod("a", "'requests':{'cpu':'600m'}");

      Api.Answer refused = pod("b", "'requests':{'cpu':'600m'}");

      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.reason()).isEqualTo("Forbidden");
      assertThat(refused.at("details", "kind")).isEqualTo("pods");
      assertThat(refused.at("details", "name")).isEqualTo("b");
      assertThat(refused.message())
          .isEqualTo(
              "pods \"b\" is forbidden: exceeded quota: q, requested: pods=1,requests.cpu=600m,"
                  + " used: pods=1,requests.cpu=600m, limited: pods=1,requests.cpu=1");
      assertThat(api.get(PODS).names()).containsExactly("a");
      assertThat(used("q")).isEqualTo("{count/pods=1, pods=1, requests.cpu=600m}");
    }

    @Test
    void asksForWhatEveryContainerMustSay() {
      quota("q", "'limits.cpu':'9','memory':'9Gi','limits.ephemeral-storage':'1Gi'");

      Api.Answer refused =
          api.post(
              PODS,
              json(
                  "{'metadata':{'name':'p'},'spec':{'containers':["
                      + "{'name':'c','image':'i','resources':{'limits':{'cpu':'1'}}},"
                      + "{'name':'d','image':'i'}],'initContainers':[{'name':'b','image':'i'}]}}"));

      assertThat(refused.message())
          .isEqualTo(
              "pods \"p\" is forbidden: failed quota: q: must specify limits.cpu for: b,d; memory"
                  + " for: b,c,d");
    }

    @Test
    void comesBeforeThatOfATakenNameAndAfterThatOfAnInvalidObject() {
      quota("q", "'count/secrets':'1'");
      api.post(TEAM + "/secrets", "{\"metadata\":{\"name\":\"a\"}}");

      assertThat(api.post(TEAM + "/secrets", "{\"metadata\":{\"name\":\"a\"}}").code())
          .isEqualTo(403);
      assertThat(api.post(TEAM + "/secrets", "{\"metadata\":{\"name\":\"A\"}}").code())
          .isEqualTo(422);
    }

    @Test
    void comesWithDryRunTooWhichCountsNothing() {
      quota("q", "'count/secrets':'1'");
      String dry = TEAM + "/secrets?dryRun=All";

      assertThat(api.post(dry, "{\"metadata\":{\"name\":\"a\"}}").code()).isEqualTo(201);
      assertThat(used("q")).isEqualTo("{count/secrets=0}");
      api.post(TEAM + "/secrets", "{\"metadata\":{\"name\":\"a\"}}");
      assertThat(api.post(dry, "{\"metadata\":{\"name\":\"b\"}}").code()).isEqualTo(403);
    }

    @Test
    void leavesOtherNamespacesAlone() {
      quota("q", "'count/secrets':'0'");

      assertThat(api.post(TEAM + "/secrets", "{\"metadata\":{\"name\":\"a\"}}").code())
          .isEqualTo(403);
      assertThat(
              api.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"a\"}}")
                  .code())
          .isEqualTo(201);
    }

    @Test
    void keepsConcurrentCreatesWithinTheLimit() throws Exception {
      quota("q", "'count/secrets':'10'");
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<Integer>> creates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          String body = "{\"metadata\":{\"name\":\"s%d\"}}".formatted(i);
          creates.add(() -> api.post(TEAM + "/secrets", body).code());
        }
        List<Integer> codes = new ArrayList<>();
        for (Future<Integer> create : threads.invokeAll(creates)) {
          codes.add(create.get());
        }
        assertThat(codes).filteredOn(code -> code == 201).hasSize(10);
        assertThat(codes).filteredOn(code -> code == 403).hasSize(30);
      } finally {
        threads.shutdownNow();
      }
      assertThat(used("q")).isEqualTo("{count/secrets=10}");
    }

    @Test
    void holdsTheServersOwnPartsBackOnlyUntilThereIsRoom() {
      quota("q", "'configmaps':'0'");

      assertThat(api.delete(TEAM + "/configmaps/kube-root-ca.crt").code()).isEqualTo(200);
      assertThat(api.get(TEAM + "/configmaps").names()).isEmpty();

      api.merge(QUOTAS + "/q", "{\"spec\":{\"hard\":{\"configmaps\":\"1\"}}}");
      assertThat(api.get(TEAM + "/configmaps").names()).containsExactly("kube-root-ca.crt");
      assertThat(used("q")).isEqualTo("{configmaps=1}");
    }
  }

  @Nested
  class Counted {
    @Test
    void areServicesTheirNodePortsAndLoadBalancersOnUpdateToo() {
      quota("q", "'services':'5','services.nodeports':'3','services.loadbalancers':'1'");
      service("a", "'type':'NodePort','ports':[{'name':'x','port':1},{'name':'y','port':2}]");
      service("b", "'type':'ClusterIP','ports':[{'port':1}]");
      assertThat(used("q"))
          .isEqualTo("{services=2, services.loadbalancers=0, services.nodeports=2}");

      String two = "[{\"name\":\"x\",\"port\":1},{\"name\":\"y\",\"port\":2}]";
      Api.Answer refused =
          api.merge(
              TEAM + "/services/b",
              "{\"spec\":{\"type\":\"LoadBalancer\",\"ports\":%s}}".formatted(two));
      assertThat(refused.message())
          .isEqualTo(
              "services \"b\" is forbidden: exceeded quota: q, requested: services.nodeports=2,"
                  + " used: services.nodeports=2, limited: services.nodeports=3");

      assertThat(
              api.merge(
                      TEAM + "/services/b",
                      "{\"spec\":{\"type\":\"LoadBalancer\",\"allocateLoadBalancerNodePorts\":false}}")
                  .code())
          .isEqualTo(200);
      assertThat(used("q"))
          .isEqualTo("{services=2, services.loadbalancers=1, services.nodeports=2}");
      assertThat(
              api.merge(TEAM + "/services/a", "{\"metadata\":{\"labels\":{\"l\":\"1\"}}}").code())
          .isEqualTo(200);
    }

    @Test
    void areVolumeClaimsAndTheirStorageByClass() {
      quota(
          "q",
          "'persistentvolumeclaims':'5','requests.storage':'10Gi',"
              + "'gold.storageclass.storage.k8s.io/requests.storage':'4Gi',"
              + "'gold.storageclass.storage.k8s.io/persistentvolumeclaims':'2'");
      claim("a", "gold", "3Gi");
      claim("b", "lead", "5Gi");

      assertThat(used("q"))
          .isEqualTo(
              "{gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,"
                  + " gold.storageclass.storage.k8s.io/requests.storage=3Gi,"
                  + " persistentvolumeclaims=2, requests.storage=8Gi}");
      assertThat(claim("c", "gold", "1025Mi").message())
          .isEqualTo(
              "persistentvolumeclaims \"c\" is forbidden: exceeded quota: q, requested:"
                  + " gold.storageclass.storage.k8s.io/requests.storage=1025Mi, used:"
                  + " gold.storageclass.storage.k8s.io/requests.storage=3Gi, limited:"
                  + " gold.storageclass.storage.k8s.io/requests.storage=4Gi");
    }

    @Test
    void areExtendedResourcesAndHugePages() {
      quota(
          "q",
          "'requests.nvidia.com/gpu':'2','hugepages-2Mi':'4Mi','requests.hugepages-2Mi':'8Mi'");

      String wanted = "{'nvidia.com/gpu':'2','hugepages-2Mi':'2Mi','cpu':'1','memory':'1Gi'}";
      assertThat(pod("a", "'requests':%s,'limits':%s".formatted(wanted, wanted)).code())
          .isEqualTo(201);

      assertThat(used("q"))
          .isEqualTo("{hugepages-2Mi=2Mi, requests.hugepages-2Mi=2Mi, requests.nvidia.com/gpu=2}");
      String one = "{'nvidia.com/gpu':'1'}";
      assertThat(pod("b", "'requests':%s,'limits':%s".formatted(one, one)).message())
          .isEqualTo(
              "pods \"b\" is forbidden: exceeded quota: q, requested: requests.nvidia.com/gpu=1,"
                  + " used: requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=2");
    }

    @Test
    void areContainersTogetherAndInitContainersByTheGreatest() {
      quota("q", "'requests.cpu':'10','requests.memory':'10Gi'");

      Api.Answer made =
          api.post(
              PODS,
              json(
                  "{'metadata':{'name':'p'},'spec':{'containers':["
                      + container("c", "'cpu':'1','memory':'1Gi'")
                      + ","
                      + container("d", "'cpu':'500m','memory':'1Gi'")
                      + "],'initContainers':["
                      + container("i", "'cpu':'4','memory':'1Gi'")
                      + ",{'name':'s','image':'i','restartPolicy':'Always',"
                      + "'resources':{'requests':{'cpu':'250m','memory':'512Mi'}}},"
                      + container("j", "'cpu':'1','memory':'2Gi'")
                      + "]}}"));

      assertThat(made.code()).as(made.text()).isEqualTo(201);
      assertThat(used("q")).isEqualTo("{requests.cpu=4, requests.memory=2560Mi}");
    }

    @Test
    void areObjectsOfEveryKind() {
      quota(
          "q",
          "'count/deployments.apps':'1','count/leases.coordination.k8s.io':'2','secrets':'3',"
              + "'replicationcontrollers':'1','resourcequotas':'2','count/horizontalpodautoscalers"
              + ".autoscaling':'1','count/nothings.example.com':'1'");
      api.post(
          "/apis/coordination.k8s.io/v1/namespaces/team/leases", "{\"metadata\":{\"name\":\"l\"}}");
      api.post(
          "/apis/autoscaling/v2/namespaces/team/horizontalpodautoscalers",
          json(
              "{'metadata':{'name':'h'},'spec':{'maxReplicas':3,"
                  + "'scaleTargetRef':{'kind':'Deployment','name':'d'}}}"));

      assertThat(used("q"))
          .isEqualTo(
              "{count/deployments.apps=0, count/horizontalpodautoscalers.autoscaling=1,"
                  + " count/leases.coordination.k8s.io=1, replicationcontrollers=0,"
                  + " resourcequotas=1, secrets=0}");
      quota("r", "'pods':'1'");
      assertThat(quota("s", "'pods':'1'").message())
          .isEqualTo(
              "resourcequotas \"s\" is forbidden: exceeded quota: q, requested: resourcequotas=1,"
                  + " used: resourcequotas=2, limited: resourcequotas=2");
    }

    @Test
    void areCustomResources() {
      api.post(
          "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
          json(
              "{'metadata':{'name':'foos.ex.io'},'spec':{'group':'ex.io','scope':'Namespaced',"
                  + "'names':{'plural':'foos','kind':'Foo'},'versions':[{'name':'v1','served':true,"
                  + "'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}]}}"));
      quota("q", "'count/foos.ex.io':'1'");
      String foos = "/apis/ex.io/v1/namespaces/team/foos";
      String foo = "{'apiVersion':'ex.io/v1','kind':'Foo','metadata':{'name':'%s'}}";

      assertThat(api.post(foos, json(foo.formatted("a"))).code()).isEqualTo(201);

      assertThat(api.post(foos, json(foo.formatted("b"))).message())
          .isEqualTo(
              "foos.ex.io \"b\" is forbidden: exceeded quota: q, requested: count/foos.ex.io=1,"
                  + " used: count/foos.ex.io=1, limited: count/foos.ex.io=1");
    }

    @Test
    void areNoEvents() {
      quota("q", "'count/events':'0'");

      assertThat(
              api.post(
                      TEAM + "/events",
                      json(
                          "{'metadata':{'name':'e'},'involvedObject':{'namespace':'team'},"
                              + "'reason':'r'}"))
                  .code())
          .isEqualTo(201);
    }
  }

  @Nested
  class Scopes {
    @Test
    void tellBestEffortPodsFromOthers() {
      scoped("best", "'pods':'1'", "'scopes':['BestEffort']");
      scoped("rest", "'pods':'5','requests.cpu':'1'", "'scopes':['NotBestEffort']");
      pod("a", "");
      pod("b", "'requests':{'cpu':'300m'}");

      assertThat(used("best")).isEqualTo("{pods=1}");
      assertThat(used("rest")).isEqualTo("{pods=1, requests.cpu=300m}");
      assertThat(pod("c", "").message()).contains("exceeded quota: best");
      assertThat(pod("d", "'requests':{'cpu':'900m'}").message()).contains("exceeded quota: rest");
    }

    @Test
    void tellPodsWithADeadlineFromOthers() {
      scoped("soon", "'pods':'5'", "'scopes':['Terminating']");
      scoped("ever", "'pods':'5'", "'scopes':['NotTerminating']");
      podWith("a", "'activeDeadlineSeconds':10");
      podWith("b", "'restartPolicy':'Always'");
      podWith("c", "'restartPolicy':'Always'");

      assertThat(used("soon")).isEqualTo("{pods=1}");
      assertThat(used("ever")).isEqualTo("{pods=2}");
    }

    @Test
    void selectByPriorityClass() {
      for (String name : List.of("high", "low")) {
        api.post(
            "/apis/scheduling.k8s.io/v1/priorityclasses",
            json("{'metadata':{'name':'%s'},'value':5}".formatted(name)));
      }
      priority("in", "In", "['high']");
      priority("out", "NotIn", "['high']");
      priority("any", "Exists", "[]");
      priority("none", "DoesNotExist", "[]");
      podWith("a", "'priorityClassName':'high'");
      podWith("b", "'priorityClassName':'low'");
      podWith("c", "'restartPolicy':'Always'");

      assertThat(used("in")).isEqualTo("{pods=1}");
      assertThat(used("out")).isEqualTo("{pods=2}");
      assertThat(used("any")).isEqualTo("{pods=2}");
      assertThat(used("none")).isEqualTo("{pods=1}");
    }

    @Test
    void selectByAffinityToOtherNamespaces() {
      scoped("cross", "'pods':'1'", "'scopes':['CrossNamespacePodAffinity']");
      String term = "{'topologyKey':'k','namespaces':['x']}";

      podWith("a", "'restartPolicy':'Always'");
      podWith(
          "b",
          "'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':["
              + "{'weight':1,'podAffinityTerm':%s}]}}".formatted(term));

      assertThat(used("cross")).isEqualTo("{pods=1}");
      assertThat(
              podWith(
                      "c",
                      "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':["
                          + "%s]}}".formatted(term))
                  .message())
          .contains("exceeded quota: cross");
    }

    private void priority(String name, String operator, String values) {
      scoped(
          name,
          "'pods':'9'",
          "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'%s'%s}]}"
              .formatted(operator, values.equals("[]") ? "" : ",'values':" + values));
    }
  }

  private Api.Answer quota(String name, String hard) {
    return scoped(name, hard, "");
  }

  private Api.Answer scoped(String name, String hard, String scopes) {
    Api.Answer made =
        api.post(
            QUOTAS,
            json(
                "{'metadata':{'name':'%s'},'spec':{'hard':{%s}%s}}"
                    .formatted(name, hard, scopes.isEmpty() ? "" : "," + scopes)));
    assertThat(made.code()).as(made.text()).isIn(201, 403);
    return made;
  }

  private Api.Answer pod(String name, String resources) {
    return api.post(
        PODS,
        json(
            "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'c','image':'i','resources':{%s}}]}}"
                .formatted(name, resources)));
  }

  private Api.Answer podWith(String name, String member) {
    return api.post(
        PODS,
        json(
            "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'c','image':'i'}],%s}}"
                .formatted(name, member)));
  }

  private static String container(String name, String requests) {
    return "{'name':'%s','image':'i','resources':{'requests':{%s}}}".formatted(name, requests);
  }

  private void service(String name, String spec) {
    Api.Answer made =
        api.post(
            TEAM + "/services",
            json("{'metadata':{'name':'%s'},'spec':{%s}}".formatted(name, spec)));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private Api.Answer claim(String name, String storageClass, String storage) {
    return api.post(
        TEAM + "/persistentvolumeclaims",
        json(
            ("{'metadata':{'name':'%s'},'spec':{'accessModes':['ReadWriteOnce'],"
                    + "'storageClassName':'%s','resources':{'requests':{'storage':'%s'}}}}")
                .formatted(name, storageClass, storage)));
  }

  private String hard(String quota) {
    return sorted(api.get(QUOTAS + "/" + quota), "hard");
  }

  private String used(String quota) {
    return sorted(api.get(QUOTAS + "/" + quota), "used");
  }

  private static String sorted(Api.Answer quota, String member) {
    return new java.util.TreeMap<>(Values.objectAt(quota.body(), "status", member)).toString();
  }

  private static String json(String text) {
    return Json.text(Json.read(text.replace('\'', '"')));
  }
}
