package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Kinds that are served in two versions from one stored object. */
class ConversionTest {
  private static final String V1 =
      "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
  private static final String V2 =
      "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
  private static final String CORE = "/api/v1/namespaces/default/events";
  private static final String NEW = "/apis/events.k8s.io/v1/namespaces/default/events";
  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Autoscalers {
    @Test
    void ofVersion1AreMetricsInVersion2() {
      Api.Answer made = api.post(V1, v1("h", "'targetCPUUtilizationPercentage':70"));

      assertThat(made.code()).as(made.text()).isEqualTo(201);
      assertThat(made.at("apiVersion")).isEqualTo("autoscaling/v1");
      assertThat(made.at("spec", "targetCPUUtilizationPercentage")).isEqualTo("70");
      assertThat(made.at("spec", "minReplicas")).isEqualTo("1");
      assertThat(made.at("status")).isEqualTo("{desiredReplicas=0, currentReplicas=0}");
      assertThat(made.at("metadata", "annotations")).isEmpty();
      Api.Answer other = api.get(V2 + "/h");
      assertThat(other.at("apiVersion")).isEqualTo("autoscaling/v2");
      assertThat(other.at("spec", "metrics"))
          .isEqualTo(
              "[{type=Resource, resource={name=cpu, target={type=Utilization,"
                  + " averageUtilization=70}}}]");
      assertThat(other.at("spec", "targetCPUUtilizationPercentage")).isEmpty();
      assertThat(other.at("metadata", "uid")).isEqualTo(made.at("metadata", "uid"));
      assertThat(api.get(V1 + "/h").body()).isEqualTo(made.body());
    }

    @Test
    void withoutAnyMetricGetCpuAtEightyPercent() {
      Api.Answer made = api.post(V1, v1("h", ""));

      assertThat(made.at("spec", "targetCPUUtilizationPercentage")).isEqualTo("80");
    }

    @Test
    void carryWhatVersion1CannotHoldInAnnotations() {
      api.post(V2, golden("v2"));
      api.merge(V2 + "/h/status", golden("v2"));

      Api.Answer shown = api.get(V1 + "/h");

      Map<String, Object> expected = Json.readObject(golden("v1"));
      for (String annotation : List.of("metrics", "current-metrics", "conditions", "behavior")) {
        assertThat(shown.at("metadata", "annotations", PREFIX + annotation))
            .isEqualTo(
                Values.string(expected, "metadata", "annotations", PREFIX + annotation)
                    .orElseThrow());
      }
      assertThat(shown.at("metadata", "annotations", "mine")).isEqualTo("1");
      assertThat(shown.body().get("spec")).isEqualTo(expected.get("spec"));
      assertThat(shown.body().get("status")).isEqualTo(expected.get("status"));
    }

    @Test
    void comeBackWholeThroughVersion1() {
      api.post(V2, golden("v2"));
      api.merge(V2 + "/h/status", golden("v2"));
      Map<String, Object> before = api.get(V2 + "/h").body();

      Api.Answer written = api.put(V1 + "/h", api.get(V1 + "/h").text());
      api.put(V1 + "/h/status", written.text());

      assertThat(written.code()).as(written.text()).isEqualTo(200);
      Api.Answer after = api.get(V2 + "/h");
      Map<String, Object> expected = Json.readObject(golden("v2-again"));
      assertThat(after.body().get("spec")).isEqualTo(expected.get("spec"));
      assertThat(after.body().get("status")).isEqualTo(expected.get("status"));
      assertThat(after.at("metadata", "annotations")).isEqualTo("{mine=1}");
      assertThat(after.at("metadata", "uid"))
          .isEqualTo(Values.string(before, "metadata", "uid").orElseThrow());
    }

    @Test
    void arePatchedInTheVersionThatIsAsked() {
      api.post(V2, golden("v2"));

      Api.Answer patched =
          api.merge(V1 + "/h", json("{'spec':{'targetCPUUtilizationPercentage':33}}"));

      assertThat(patched.at("spec", "targetCPUUtilizationPercentage")).isEqualTo("33");
      assertThat(
              Values.listAt(api.get(V2 + "/h").body(), "spec", "metrics").stream()
                  .map(metric -> Values.at(metric, "resource", "target", "averageUtilization"))
                  .flatMap(java.util.Optional::stream)
                  .toList())
          .containsExactly(33L);
    }

    @Test
    void thatAreWrittenUnchangedAreNotWritten() {
      Api.Answer made = api.post(V1, v1("h", "'targetCPUUtilizationPercentage':70"));

      Api.Answer same = api.put(V1 + "/h", made.text());

      assertThat(same.at("metadata", "resourceVersion"))
          .isEqualTo(made.at("metadata", "resourceVersion"));
      assertThat(same.body()).isEqualTo(made.body());
    }

    @Test
    void areListedAndWatchedInTheVersionThatIsAsked() {
      api.post(V2, golden("v2"));

      Object item = api.get(V1).items().get(0);
      assertThat(Values.at(item, "spec", "metrics")).isEmpty();
      assertThat(Values.at(item, "spec", "targetCPUUtilizationPercentage")).contains(70L);
      assertThat(Values.at(item, "kind")).isEmpty();
      try (Api.Watch watch = api.watch(V1)) {
        Map<String, Object> added = watch.next();
        assertThat(Values.string(added, "object", "apiVersion")).contains("autoscaling/v1");
        assertThat(Values.at(added, "object", "spec", "metrics")).isEmpty();
        api.delete(V2 + "/h");
        Map<String, Object> deleted = watch.next();
        assertThat(Values.string(deleted, "type")).contains("DELETED");
        assertThat(Values.at(deleted, "object", "spec", "targetCPUUtilizationPercentage"))
            .contains(70L);
      }
    }

    @Test
    void ignoreAnnotationsThatCannotBeRead() {
      String broken =
          json(
              "{'metadata':{'name':'h','annotations':{'%smetrics':'[','%sbehavior':'3','%sconditions':'{}'}},"
                      .formatted(PREFIX, PREFIX, PREFIX)
                  + "'spec':{'maxReplicas':3,'scaleTargetRef':{'kind':'Deployment','name':'d'}}}");

      assertThat(api.post(V1, broken).code()).isEqualTo(201);

      Api.Answer shown = api.get(V2 + "/h");
      assertThat(shown.at("metadata", "annotations")).isEmpty();
      assertThat(shown.at("spec", "behavior")).isEmpty();
    }

    @Test
    void areDryRunInTheVersionThatIsAsked() {
      Api.Answer dry = api.post(V1 + "?dryRun=All", v1("h", "'targetCPUUtilizationPercentage':70"));

      assertThat(dry.at("spec", "targetCPUUtilizationPercentage")).isEqualTo("70");
      assertThat(api.get(V2 + "/h").code()).isEqualTo(404);
    }
  }

  @Nested
  class Events {
    private static final String CORE_EVENT =
        "{'metadata':{'name':'%s'},'involvedObject':{'kind':'Pod','name':'p','namespace':'default'},"
            + "'reason':'Made','message':'m','source':{'component':'kubelet','host':'n'},"
            + "'firstTimestamp':'2026-01-01T00:00:00Z','lastTimestamp':'2026-01-01T00:01:00Z',"
            + "'count':3,'type':'Normal'}";
    private static final String NEW_EVENT =
        "{'metadata':{'name':'%s'},'eventTime':'2026-01-01T00:00:00.000000Z','regarding':"
            + "{'kind':'Pod','name':'q','namespace':'default'},'reason':'Seen','action':'Look',"
            + "'note':'n','type':'Warning','reportingController':'ex.io/c','reportingInstance':'c-1'}";

    @Test
    void ofTheCoreGroupHaveOtherNamesInTheirOwn() {
      Api.Answer made = api.post(CORE, json(CORE_EVENT.formatted("e")));

      assertThat(made.code()).as(made.text()).isEqualTo(201);
      Map<String, Object> shown = api.get(NEW + "/e").body();
      assertThat(shown)
          .containsEntry("apiVersion", "events.k8s.io/v1")
          .containsEntry("kind", "Event")
          .containsEntry("note", "m")
          .containsEntry("reason", "Made")
          .containsEntry("type", "Normal")
          .containsEntry("deprecatedCount", 3L)
          .containsEntry("deprecatedFirstTimestamp", "2026-01-01T00:00:00Z")
          .containsEntry("deprecatedLastTimestamp", "2026-01-01T00:01:00Z")
          .containsEntry("deprecatedSource", Map.of("component", "kubelet", "host", "n"))
          .containsEntry("regarding", Map.of("kind", "Pod", "name", "p", "namespace", "default"))
          .doesNotContainKeys(
              "message",
              "involvedObject",
              "source",
              "count",
              "reportingComponent",
              "reportingController",
              "reportingInstance",
              "firstTimestamp",
              "lastTimestamp");
    }

    @Test
    void ofTheirOwnGroupHaveTheOldNamesInTheCoreGroup() {
      Api.Answer made = api.post(NEW, json(NEW_EVENT.formatted("f")));

      assertThat(made.code()).as(made.text()).isEqualTo(201);
      assertThat(made.at("note")).isEqualTo("n");
      Map<String, Object> shown = api.get(CORE + "/f").body();
      assertThat(shown)
          .containsEntry("apiVersion", "v1")
          .containsEntry("message", "n")
          .containsEntry("reportingComponent", "ex.io/c")
          .containsEntry("reportingInstance", "c-1")
          .containsEntry(
              "involvedObject", Map.of("kind", "Pod", "name", "q", "namespace", "default"))
          .doesNotContainKeys("note", "regarding", "reportingController");
      assertThat(api.get(NEW + "/f").body()).isEqualTo(made.body());
    }

    @Test
    void areSelectedByTheNamesOfTheVersion() {
      api.post(CORE, json(CORE_EVENT.formatted("e")));
      api.post(NEW, json(NEW_EVENT.formatted("f")));

      assertThat(api.get(CORE + "?fieldSelector=involvedObject.name=q").names())
          .containsExactly("f");
      assertThat(api.get(NEW + "?fieldSelector=regarding.name=p").names()).containsExactly("e");
      assertThat(api.get(NEW + "?fieldSelector=reportingController=ex.io/c").names())
          .containsExactly("f");
      assertThat(api.get(CORE + "?fieldSelector=reportingComponent=ex.io/c").names())
          .containsExactly("f");
      assertThat(api.get(CORE + "?fieldSelector=source=kubelet").names()).containsExactly("e");
      assertThat(api.get(NEW + "?fieldSelector=involvedObject.name=q").message())
          .isEqualTo("field label not supported: involvedObject.name");
      assertThat(api.get(CORE + "?fieldSelector=regarding.name=q").message())
          .isEqualTo("field label not supported: regarding.name");
    }

    @Test
    void areWatchedInBothGroups() {
      try (Api.Watch core = api.watch(CORE + "?fieldSelector=involvedObject.name=q");
          Api.Watch own = api.watch(NEW + "?fieldSelector=regarding.name=q")) {
        api.post(CORE, json(CORE_EVENT.formatted("e")));
        api.post(NEW, json(NEW_EVENT.formatted("f")));

        assertThat(Values.string(core.next(), "object", "message")).contains("n");
        assertThat(Values.string(own.next(), "object", "note")).contains("n");
        api.merge(
            NEW + "/f",
            json("{'series':{'count':2,'lastObservedTime':'2026-01-01T00:00:00.000000Z'}}"));
        assertThat(Values.at(core.next(), "object", "series", "count")).contains(2L);
        assertThat(Values.at(own.next(), "object", "series", "count")).contains(2L);
      }
    }

    @Test
    void ofTheirOwnGroupAreCheckedStrictly() {
      Api.Answer bare =
          api.post(
              NEW,
              json(
                  "{'metadata':{'name':'g'},'deprecatedCount':1,'deprecatedSource':{'host':'h'},"
                      + "'deprecatedFirstTimestamp':'2026-01-01T00:00:00Z','series':{'count':1}}"));

      assertThat(bare.code()).isEqualTo(422);
      assertThat(fields(bare))
          .containsExactly(
              "series.count",
              "series.lastObservedTime",
              "eventTime",
              "type",
              "firstTimestamp",
              "count",
              "source");
      Api.Answer nameless =
          api.post(
              NEW,
              json(
                  "{'metadata':{'name':'g'},'eventTime':'2026-01-01T00:00:00.000000Z',"
                      + "'type':'Normal'}"));
      assertThat(fields(nameless))
          .containsExactly(
              "reportingController",
              "reportingController",
              "reportingController",
              "reportingInstance",
              "action",
              "reason");
    }

    @Test
    void ofTheirOwnGroupChangeOnlyTheirSeries() {
      api.post(NEW, json(NEW_EVENT.formatted("f")));

      Api.Answer changed = api.merge(NEW + "/f", json("{'note':'other','type':'Normal'}"));
      Api.Answer inCore = api.merge(CORE + "/f", json("{'message':'other'}"));

      assertThat(fields(changed)).containsExactly("message", "type");
      assertThat(inCore.code()).as(inCore.text()).isEqualTo(200);
      assertThat(api.get(NEW + "/f").at("note")).isEqualTo("other");
    }

    @Test
    void areDeletedTogetherInEitherGroup() {
      api.post(CORE, json(CORE_EVENT.formatted("e")));
      api.post(NEW, json(NEW_EVENT.formatted("f")));

      Api.Answer deleted = api.delete(NEW + "?fieldSelector=regarding.name=q");

      assertThat(deleted.at("kind")).isEqualTo("EventList");
      assertThat(Values.string(deleted.items().get(0), "note")).contains("n");
      assertThat(api.get(CORE).names()).containsExactly("e");
    }

    @Test
    void ofTheCoreGroupMustBeOfTheirNamespace() {
      String elsewhere =
          CORE_EVENT.formatted("e").replace("'namespace':'default'", "'namespace':'x'");

      Api.Answer refused = api.post(CORE, json(elsewhere));

      assertThat(refused.message())
          .isEqualTo(
              "Event \"e\" is invalid: involvedObject.namespace: Invalid value: \"x\": does not"
                  + " match event.namespace");
      assertThat(
              api.post(
                      "/api/v1/namespaces/kube-system/events",
                      json("{'metadata':{'name':'e'},'involvedObject':{'kind':'Node'}}"))
                  .code())
          .isEqualTo(422);
      assertThat(
              api.post(CORE, json("{'metadata':{'name':'e'},'involvedObject':{'kind':'Node'}}"))
                  .code())
          .isEqualTo(201);
    }

    private List<String> fields(Api.Answer answer) {
      assertThat(answer.code()).as(answer.text()).isEqualTo(422);
      return Values.listAt(answer.body(), "details", "causes").stream()
          .map(cause -> Values.string(cause, "field").orElse(""))
          .toList();
    }
  }

  @Nested
  class OldKinds {
    @Test
    void tellOfTheComponents() {
      Api.Answer list = api.get("/api/v1/componentstatuses");

      assertThat(list.at("kind")).isEqualTo("ComponentStatusList");
      assertThat(list.names()).containsExactly("scheduler", "controller-manager", "etcd-0");
      assertThat(list.header("Warning"))
          .isEqualTo("299 - \"v1 ComponentStatus is deprecated in v1.19+\"");
      Api.Answer one = api.get("/api/v1/componentstatuses/etcd-0");
      assertThat(one.at("kind")).isEqualTo("ComponentStatus");
      assertThat(one.at("conditions")).isEqualTo("[{type=Healthy, status=True, message=ok}]");
      assertThat(api.get("/api/v1/componentstatuses?fieldSelector=metadata.name=etcd-0").names())
          .containsExactly("etcd-0");
      assertThat(api.get("/api/v1/componentstatuses?labelSelector=a=b").names()).isEmpty();
    }

    @Test
    void haveNoOtherComponentsAndNoOtherVerbs() {
      Api.Answer absent = api.get("/api/v1/componentstatuses/x");

      assertThat(absent.code()).isEqualTo(404);
      assertThat(absent.message()).isEqualTo("componentstatus \"x\" not found");
      assertThat(api.get("/api/v1/componentstatuses?watch=true").code()).isEqualTo(405);
      assertThat(api.post("/api/v1/componentstatuses", "{}").code()).isEqualTo(405);
      assertThat(api.delete("/api/v1/componentstatuses/etcd-0").code()).isEqualTo(405);
    }

    @Test
    void warnOfEndpoints() {
      Api.Answer made =
          api.put(
              "/api/v1/namespaces/default/endpoints/e",
              json(
                  "{'metadata':{'name':'e'},'subsets':[{'addresses':[{'ip':'10.0.0.1'}],"
                      + "'ports':[{'port':80}]}]}"));

      assertThat(made.code()).as(made.text()).isEqualTo(201);
      assertThat(made.header("Warning"))
          .isEqualTo(
              "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1"
                  + " EndpointSlice\"");
      assertThat(made.at("subsets"))
          .isEqualTo("[{addresses=[{ip=10.0.0.1}], ports=[{port=80, protocol=TCP}]}]");
      assertThat(api.get("/api/v1/namespaces/default/configmaps").header("Warning")).isEmpty();
    }
  }

  private static String v1(String name, String more) {
    return json(
        "{'metadata':{'name':'%s'},'spec':{'maxReplicas':5,'scaleTargetRef':{'kind':'Deployment','name':'d'}%s}}"
            .formatted(name, more.isEmpty() ? "" : "," + more));
  }

  /** An autoscaler, as the conversion functions of Kubernetes 1.36 have it in a version. */
  private static String golden(String version) {
    try (java.io.InputStream in =
        ConversionTest.class.getResourceAsStream("autoscaler-" + version + ".json")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(),
          java.nio.charset.StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String json(String text) {
    return Json.text(Json.read(text.replace('\'', '"')));
  }
}
