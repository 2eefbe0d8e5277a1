package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What LimitRanges fill in and refuse, and what they and ResourceQuotas must look like. */
class LimitRangeTest {
  private static final String TEAM = "/api/v1/namespaces/team";
  private static final String RANGES = TEAM + "/limitranges";
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
  class Defaults {
    @Test
    void reachContainersAndInitContainersAndAreTold() {
      range(
          "'type':'Container','default':{'cpu':'1','memory':'1Gi'},'defaultRequest':{'cpu':'100m'}");

      Api.Answer made =
          pod(
              "{'name':'c','image':'i','resources':{'requests':{'memory':'64Mi'}}}",
              "{'name':'j','image':'i'}");

      assertThat(made.code()).as(made.text()).isEqualTo(201);
      assertThat(resources(made, "containers"))
          .isEqualTo("{requests={memory=64Mi, cpu=100m}, limits={cpu=1, memory=1Gi}}");
      assertThat(resources(made, "initContainers"))
          .isEqualTo("{requests={cpu=100m, memory=1Gi}, limits={cpu=1, memory=1Gi}}");
      assertThat(made.at("metadata", "annotations", "kubernetes.io/limit-ranger"))
          .isEqualTo(
              "LimitRanger plugin set: cpu request for container c; cpu, memory limit for"
                  + " container c; cpu, memory request for init container j; cpu, memory limit for"
                  + " init container j");
      assertThat(made.at("status", "qosClass")).isEqualTo("Burstable");
      assertThat(api.get(PODS + "/p").body()).isEqualTo(made.body());
    }

    @Test
    void leaveAPodAloneThatSaysAll() {
      range("'type':'Container','default':{'cpu':'1'},'defaultRequest':{'cpu':'100m'}");

      Api.Answer made =
          pod("{'name':'c','image':'i','resources':{'requests':{'cpu':'1'},'limits':{'cpu':'2'}}}");

      assertThat(made.at("metadata", "annotations")).isEmpty();
      assertThat(resources(made, "containers")).isEqualTo("{requests={cpu=1}, limits={cpu=2}}");
    }

    @Test
    void comeFromTheMostAndTheLeastWhenTheRangeHasNone() {
      Api.Answer made =
          range("'type':'Container','max':{'cpu':'2'},'min':{'cpu':'1','memory':'64Mi'}");

      Object limit = Values.listAt(made.body(), "spec", "limits").get(0);
      assertThat(Values.objectAt(limit, "default")).isEqualTo(Map.of("cpu", "2"));
      assertThat(Values.objectAt(limit, "defaultRequest"))
          .isEqualTo(Map.of("cpu", "2", "memory", "64Mi"));
    }

    @Test
    void countInAQuotaThatDemandsThem() {
      range("'type':'Container','default':{'cpu':'1'},'defaultRequest':{'cpu':'100m'}");
      api.post(
          TEAM + "/resourcequotas",
          json("{'metadata':{'name':'q'},'spec':{'hard':{'requests.cpu':'150m'}}}"));

      assertThat(pod("{'name':'c','image':'i'}").code()).isEqualTo(201);
      assertThat(api.get(TEAM + "/resourcequotas/q").at("status", "used", "requests.cpu"))
          .isEqualTo("100m");
    }
  }

  @Nested
  class Limits {
    @Test
    void boundWhatContainersAskFor() {
      range("'type':'Container','min':{'cpu':'200m'},'max':{'cpu':'2','memory':'1Gi'}");

      assertRefused(
          "{'name':'c','image':'i','resources':{'requests':{'cpu':'100m','memory':'2Gi'},"
              + "'limits':{'cpu':'3','memory':'2Gi'}}}",
          "[minimum cpu usage per Container is 200m, but request is 100m, maximum cpu usage per"
              + " Container is 2, but limit is 3, maximum memory usage per Container is 1Gi, but"
              + " limit is 2Gi]");
      assertThat(
              pod("{'name':'c','image':'i','resources':{'requests':{'cpu':'1','memory':'1Gi'},"
                      + "'limits':{'cpu':'2','memory':'1Gi'}}}")
                  .code())
          .isEqualTo(201);
    }

    @Test
    void boundInitContainersToo() {
      range("'type':'Container','max':{'cpu':'1'}");

      Api.Answer refused =
          pod(
              "{'name':'c','image':'i'}",
              "{'name':'j','image':'i','resources':{'limits':{'cpu':'2'}}}");

      assertThat(refused.message())
          .isEqualTo(
              "pods \"p\" is forbidden: maximum cpu usage per Container is 1, but limit is 2");
    }

    @Test
    void boundThePodAsAWhole() {
      range("'type':'Pod','min':{'memory':'1Gi'},'max':{'cpu':'2'}");

      assertRefused(
          "{'name':'c','image':'i','resources':{'limits':{'cpu':'1500m','memory':'512Mi'}}},"
              + "{'name':'d','image':'i','resources':{'limits':{'cpu':'1','memory':'256Mi'}}}",
          "[minimum memory usage per Pod is 1Gi, but request is 768Mi, maximum cpu usage per Pod"
              + " is 2, but limit is 2500m]");
      assertRefused(
          "{'name':'c','image':'i'}",
          "[minimum memory usage per Pod is 1Gi.  No request is specified, maximum cpu usage per"
              + " Pod is 2.  No limit is specified]");
    }

    @Test
    void boundTheRatioOfLimitToRequest() {
      range("'type':'Container','maxLimitRequestRatio':{'cpu':'2'}");

      assertRefused(
          "{'name':'c','image':'i','resources':{'requests':{'cpu':'300m'},'limits':{'cpu':'1'}}}",
          "cpu max limit to request ratio per Container is 2, but provided ratio is 3.333333");
      assertRefused(
          "{'name':'c','image':'i'}",
          "cpu max limit to request ratio per Container is 2, but no request is specified or"
              + " request is 0");
      assertRefused(
          "{'name':'c','image':'i','resources':{'requests':{'cpu':'300m'}}}",
          "cpu max limit to request ratio per Container is 2, but no limit is specified or limit is"
              + " 0");
      assertThat(
              pod("{'name':'c','image':'i','resources':{'requests':{'cpu':'500m'},'limits':{'cpu':'1'}}}")
                  .code())
          .isEqualTo(201);
    }

    @Test
    void boundVolumeClaimsOnCreateAndUpdate() {
      range("'type':'PersistentVolumeClaim','min':{'storage':'1Gi'},'max':{'storage':'2Gi'}");

      assertThat(claim("512Mi").message())
          .isEqualTo(
              "persistentvolumeclaims \"v\" is forbidden: minimum storage usage per"
                  + " PersistentVolumeClaim is 1Gi, but request is 512Mi");
      assertThat(claim("3Gi").message())
          .isEqualTo(
              "persistentvolumeclaims \"v\" is forbidden: maximum storage usage per"
                  + " PersistentVolumeClaim is 2Gi, but request is 3Gi");
      assertThat(claim("1Gi").code()).isEqualTo(201);
    }

    @Test
    void leaveUpdatesOfPodsAlone() {
      pod("{'name':'c','image':'i'}");
      range("'type':'Container','min':{'cpu':'1'}");

      assertThat(api.merge(PODS + "/p", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}").code())
          .isEqualTo(200);
    }
  }

  @Nested
  class Validation {
    @Test
    void ofARangeComparesItsAmounts() {
      assertInvalid(
          rangeOf(
              "'type':'Container','min':{'cpu':'3'},'max':{'cpu':'1'},'default':{'cpu':'2'},"
                  + "'defaultRequest':{'cpu':'2500m'},'maxLimitRequestRatio':{'cpu':'500m'}"),
          "spec.limits[0].min[cpu]: Invalid value: \"3\": min value 3 is greater than max value 1",
          "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2500m\": min value 3 is greater"
              + " than default request value 2500m",
          "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2500m\": default request value"
              + " 2500m is greater than max value 1",
          "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2500m\": default request value"
              + " 2500m is greater than default limit value 2",
          "spec.limits[0].default[cpu]: Invalid value: \"3\": min value 3 is greater than default"
              + " value 2",
          "spec.limits[0].default[cpu]: Invalid value: \"1\": default value 2 is greater than max"
              + " value 1",
          "spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: \"500m\": ratio 500m is less"
              + " than 1",
          "spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: \"500m\": ratio 500m is"
              + " greater than max/min = 0.333333");
    }

    @Test
    void ofARangeKnowsTypesAndNames() {
      assertInvalid(
          rangeOf(
              "'type':'Pod','default':{'cpu':'1'},'max':{'storage':'1'}},{'type':'Pod'},"
                  + "{'type':'Fish'},{'type':'PersistentVolumeClaim','min':{'fish':'1'}},"
                  + "{'type':'Container','default':{'a.io/b':'1'},'defaultRequest':{'a.io/b':'2'}"),
          "spec.limits[0].max[storage]: Invalid value: \"storage\": must be a standard resource for"
              + " containers",
          "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'",
          "spec.limits[1].type: Duplicate value: \"Pod\"",
          "spec.limits[2].type: Invalid value: \"Fish\": must be a standard limit type or fully"
              + " qualified",
          "spec.limits[3].min[fish]: Invalid value: \"fish\": must be a standard resource type or"
              + " fully qualified",
          "spec.limits[3].limits: Required value: either minimum or maximum storage value is"
              + " required, but neither was provided",
          "spec.limits[4].defaultRequest[a.io/b]: Invalid value: \"2\": default request value 2 is"
              + " greater than default limit value 1",
          "spec.limits[4].defaultRequest[a.io/b]: Invalid value: \"2\": default value 1 must equal"
              + " to defaultRequest value 2 in a.io/b");
    }

    @Test
    void ofAQuotaKnowsNamesAndAmounts() {
      assertInvalid(
          quotaOf(
              "'hard':{'fish':'1','storage':'1','pods':'1500m','cpu':'-1','a.io/b':'1',"
                  + "'count/secrets':'1','requests.hugepages-2Mi':'2Mi','A b':'1'}"),
          "spec.hard[fish]: Invalid value: \"fish\": must be a standard resource type or fully"
              + " qualified",
          "spec.hard[fish]: Invalid value: \"fish\": must be a standard resource for quota",
          "spec.hard[storage]: Invalid value: \"storage\": must be a standard resource for quota",
          "spec.hard[pods]: Invalid value: \"1500m\": must be an integer",
          "spec.hard[cpu]: Invalid value: \"-1\": must be greater than or equal to 0",
          "spec.hard[A b]: Invalid value: \"A b\": name part must consist of alphanumeric"
              + " characters, '-', '_' or '.', and must start and end with an alphanumeric character"
              + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
              + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
          "spec.hard[A b]: Invalid value: \"A b\": must be a standard resource for quota");
    }

    @Test
    void ofAQuotaKnowsScopesAndWhatGoesWithThem() {
      assertInvalid(
          quotaOf(
              "'hard':{'pods':'1','cpu':'1'}," + "'scopes':['BestEffort','NotBestEffort','Fish']"),
          "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\",\"Fish\"]: unsupported"
              + " scope applied to resource",
          "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\",\"Fish\"]: unsupported"
              + " scope",
          "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\",\"Fish\"]: conflicting"
              + " scopes");
      assertInvalid(
          quotaOf(
              "'hard':{'secrets':'1'},'scopeSelector':{'matchExpressions':["
                  + "{'scopeName':'Terminating','operator':'In'},"
                  + "{'scopeName':'PriorityClass','operator':'Exists','values':['a']},"
                  + "{'scopeName':'NotTerminating','operator':'Is'}]}"),
          scopeError("unsupported scope applied to resource"),
          "spec.scopeSelector.matchExpressions.operator: Invalid value: \"In\": must be 'Exists'"
              + " when scope is any of ResourceQuotaScopeTerminating,"
              + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
              + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
          "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value"
              + " when `operator` is 'In' or 'NotIn' for scope selector",
          scopeError("unsupported scope applied to resource"),
          "spec.scopeSelector.matchExpressions.values: Invalid value: [\"a\"]: must be no value"
              + " when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
          scopeError("unsupported scope applied to resource"),
          "spec.scopeSelector.matchExpressions.operator: Invalid value: \"Is\": must be 'Exists'"
              + " when scope is any of ResourceQuotaScopeTerminating,"
              + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
              + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
          "spec.scopeSelector.matchExpressions.operator: Invalid value: \"Is\": not a valid"
              + " selector operator",
          "spec.scopeSelector.matchExpressions: Invalid value: null: conflicting scopes");
    }

    @Test
    void ofAQuotasStatusIsThatOfItsSpecification() {
      api.post(
          TEAM + "/resourcequotas", json("{'metadata':{'name':'q'},'spec':{'hard':{'pods':'1'}}}"));

      Api.Answer refused =
          api.merge(
              TEAM + "/resourcequotas/q/status",
              json("{'status':{'used':{'fish':'1'},'hard':{'pods':'-2'}}}"));

      assertThat(refused.code()).isEqualTo(422);
      assertThat(refused.message())
          .contains("status.hard[pods]: Invalid value: \"-2\": must be greater than or equal to 0")
          .contains("status.used[fish]: Invalid value: \"fish\": must be a standard");
    }

    @Test
    void ofAQuotaKeepsItsScopes() {
      api.post(
          TEAM + "/resourcequotas",
          json("{'metadata':{'name':'q'},'spec':{'hard':{'pods':'1'},'scopes':['BestEffort']}}"));

      Api.Answer refused =
          api.merge(TEAM + "/resourcequotas/q", json("{'spec':{'scopes':['NotBestEffort']}}"));

      assertThat(refused.message())
          .isEqualTo(
              "ResourceQuota \"q\" is invalid: spec.scopes: Invalid value: [\"NotBestEffort\"]:"
                  + " field is immutable");
    }

    private String scopeError(String detail) {
      return "spec.scopeSelector.matchExpressions: Invalid value: {\"MatchExpressions\":["
          + "{\"ScopeName\":\"Terminating\",\"Operator\":\"In\",\"Values\":null},"
          + "{\"ScopeName\":\"PriorityClass\",\"Operator\":\"Exists\",\"Values\":[\"a\"]},"
          + "{\"ScopeName\":\"NotTerminating\",\"Operator\":\"Is\",\"Values\":null}]}: "
          + detail;
    }

    private void assertInvalid(Api.Answer answer, String... errors) {
      assertThat(answer.code()).as(answer.text()).isEqualTo(422);
      assertThat(
              Values.listAt(answer.body(), "details", "causes").stream()
                  .map(
                      cause ->
                          Values.string(cause, "field").orElse("")
                              + ": "
                              + Values.string(cause, "message").orElse(""))
                  .toList())
          .isEqualTo(List.of(errors));
    }

    private Api.Answer quotaOf(String spec) {
      return api.post(
          TEAM + "/resourcequotas", json("{'metadata':{'name':'q'},'spec':{%s}}".formatted(spec)));
    }
  }

  private void assertRefused(String containers, String why) {
    Api.Answer refused = pod(containers);
    assertThat(refused.code()).as(refused.text()).isEqualTo(403);
    assertThat(refused.message()).isEqualTo("pods \"p\" is forbidden: " + why);
  }

  private Api.Answer range(String limit) {
    Api.Answer made = rangeOf(limit);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    return made;
  }

  private Api.Answer rangeOf(String limit) {
    return api.post(
        RANGES, json("{'metadata':{'name':'l'},'spec':{'limits':[{%s}]}}".formatted(limit)));
  }

  private Api.Answer pod(String containers) {
    return pod(containers, "");
  }

  private Api.Answer pod(String containers, String initContainers) {
    String init =
        initContainers.isEmpty() ? "" : ",'initContainers':[%s]".formatted(initContainers);
    return api.post(
        PODS,
        json("{'metadata':{'name':'p'},'spec':{'containers':[%s]%s}}".formatted(containers, init)));
  }

  private Api.Answer claim(String storage) {
    return api.post(
        TEAM + "/persistentvolumeclaims",
        json(
            ("{'metadata':{'name':'v'},'spec':{'accessModes':['ReadWriteOnce'],"
                    + "'resources':{'requests':{'storage':'%s'}}}}")
                .formatted(storage)));
  }

  private static String resources(Api.Answer pod, String member) {
    return Values.objectAt(Values.listAt(pod.body(), "spec", member).get(0), "resources")
        .toString();
  }

  private static String json(String text) {
    return Json.text(Json.read(text.replace('\'', '"')));
  }
}
