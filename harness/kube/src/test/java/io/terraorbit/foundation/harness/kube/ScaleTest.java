package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ScaleTest {
  private static final String APPS = "/apis/apps/v1/namespaces/default/";
  private static final String WEB = APPS + "deployments/web";
  private static final String BODY =
      """
      {"metadata":{"name":"web"},"spec":{"replicas":3,"serviceName":"s",
        "selector":{"matchLabels":{"app":"web"},
          "matchExpressions":[{"key":"tier","operator":"In","values":["b","a"]}]},
        "template":{"metadata":{"labels":{"app":"web","tier":"a"}},
          "spec":{"containers":[{"name":"c","image":"i"}]}}}}
      """;

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"deployments", "replicasets", "statefulsets"})
  void showsWhatTheObjectWantsAndSelects(String plural) {
    Api.Answer object = api.post(APPS + plural, BODY);
    assertThat(object.code()).isEqualTo(201);
    api.merge(APPS + plural + "/web/status", "{\"status\":{\"replicas\":2}}");

    Api.Answer scale = api.get(APPS + plural + "/web/scale");

    assertThat(scale.at("kind")).isEqualTo("Scale");
    assertThat(scale.at("apiVersion")).isEqualTo("autoscaling/v1");
    assertThat(scale.at("metadata", "uid")).isEqualTo(object.at("metadata", "uid"));
    assertThat(scale.at("metadata", "resourceVersion"))
        .isEqualTo(api.get(APPS + plural + "/web").at("metadata", "resourceVersion"));
    assertThat(scale.at("spec")).isEqualTo("{replicas=3}");
    assertThat(scale.at("status")).isEqualTo("{replicas=2, selector=app=web,tier in (a,b)}");
  }

  @Test
  void aReplicationControllerSelectsByAPlainMap() {
    String path = "/api/v1/namespaces/default/replicationcontrollers";
    api.post(
        path,
        """
        {"metadata":{"name":"rc"},"spec":{"replicas":0,"selector":{"b":"2","a":"1"},
          "template":{"metadata":{"labels":{"b":"2","a":"1"}},
            "spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """);

    Api.Answer scale = api.get(path + "/rc/scale");

    assertThat(scale.at("spec")).isEqualTo("{}");
    assertThat(scale.at("status", "selector")).isEqualTo("a=1,b=2");
  }

  @Test
  void isWrittenAsAnUpdateOfTheObject() {
    api.post(APPS + "deployments", BODY);

    Api.Answer patched = api.merge(WEB + "/scale", "{\"spec\":{\"replicas\":5}}");
    Api.Answer put =
        api.put(
            WEB + "/scale",
            """
            {"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"web",
              "namespace":"default","resourceVersion":"%s","uid":"%s"},"spec":{"replicas":7}}
            """
                .formatted(
                    patched.at("metadata", "resourceVersion"), patched.at("metadata", "uid")));
    Api.Answer same =
        api.jsonPatch(
            WEB + "/scale", "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":7}]");

    assertThat(patched.at("kind")).isEqualTo("Scale");
    assertThat(patched.at("spec", "replicas")).isEqualTo("5");
    assertThat(put.code()).isEqualTo(200);
    assertThat(put.at("spec", "replicas")).isEqualTo("7");
    assertThat(same.at("metadata", "resourceVersion"))
        .isEqualTo(put.at("metadata", "resourceVersion"));
    Api.Answer object = api.get(WEB);
    assertThat(object.at("spec", "replicas")).isEqualTo("7");
    assertThat(object.at("metadata", "generation")).isEqualTo("3");
    assertThat(object.at("metadata", "resourceVersion"))
        .isEqualTo(put.at("metadata", "resourceVersion"));
  }

  @Test
  void aDryRunScalesNothing() {
    api.post(APPS + "deployments", BODY);

    Api.Answer dry = api.merge(WEB + "/scale?dryRun=All", "{\"spec\":{\"replicas\":5}}");

    assertThat(dry.at("spec", "replicas")).isEqualTo("5");
    assertThat(api.get(WEB + "/scale").at("spec", "replicas")).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'spec':{'replicas':-1}} | 422 | Scale.autoscaling \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "{'metadata':{'resourceVersion':'1'}} | 409 | Operation cannot be fulfilled on deployments.apps \"web\": the object has been modified; please apply your changes to the latest version and try again",
        "{'metadata':{'name':'other'}} | 400 | the name of the object (other) does not match the name on the URL (web)"
      })
  void refusesWhatDoesNotFit(String patch, int code, String message) {
    api.post(APPS + "deployments", BODY);

    Api.Answer refused = api.merge(WEB + "/scale?fieldValidation=Strict", patch.replace('\'', '"'));

    assertRefused(refused, code, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'spec':{'replicas':'x'}} | json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32",
        "{'spec':{'replicas':3000000000}} | json: cannot unmarshal number 3000000000 into Go struct field ScaleSpec.spec.replicas of type int32",
        "{'kind':'Deployment'} | no kind \"Deployment\" is registered for version \"autoscaling/v1\" in scheme \"pkg/runtime/scheme.go:111\"",
        "{'spec':{'size':1}} | strict decoding error: unknown field \"spec.size\""
      })
  void citesThePatchedScaleThatCannotBeDecoded(String patch, String why) {
    api.post(APPS + "deployments", BODY);
    Map<String, Object> scale = api.get(WEB + "/scale").body();

    Api.Answer refused = api.merge(WEB + "/scale?fieldValidation=Strict", patch.replace('\'', '"'));

    Object patched = Values.mergePatch(scale, Json.read(patch.replace('\'', '"')));
    String cited = Json.text(new TreeMap<>(Values.object(patched)));
    assertRefused(
        refused,
        422,
        " \"\" is invalid: patch: Invalid value: %s: %s".formatted(Json.text(cited), why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'web'}} | Pod in version \"v1\" cannot be handled as a Scale: converting (v1.Pod) to (autoscaling.Scale): unknown conversion",
        "{'metadata':{'name':'web'},'spec':{'replicas':true}} | Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal bool into Go struct field ScaleSpec.spec.replicas of type int32",
        "{'metadata':{'name':'web'},'spec':{'replicas':1,'y':1,'replicas':2},'z':1} | Scale in version \"v1\" cannot be handled as a Scale: strict decoding error: unknown field \"spec.y\", duplicate field \"spec.replicas\", unknown field \"z\"",
        "{'metadata':{'name':'web','namespace':'other'}} | the namespace of the provided object does not match the namespace sent on the request",
        "{'spec':{'replicas':1}} | the name of the object (web based on URL) was undeterminable: name must be provided"
      })
  void refusesAsABadRequestWhatIsNoScaleOfTheObject(String body, String message) {
    api.post(APPS + "deployments", BODY);

    Api.Answer refused = api.put(WEB + "/scale?fieldValidation=Strict", body.replace('\'', '"'));

    assertRefused(refused, 400, message);
  }

  private void assertRefused(Api.Answer refused, int code, String message) {
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.message()).isEqualTo(message);
    assertThat(api.get(WEB).at("spec", "replicas")).isEqualTo("3");
  }

  @Test
  void refusesAnotherUidAndWhatIsNotThere() {
    api.post(APPS + "deployments", BODY);

    assertThat(api.merge(WEB + "/scale", "{\"metadata\":{\"uid\":\"x\"}}").message())
        .contains("Precondition failed: UID in precondition: x");
    assertThat(api.merge(WEB + "/scale", "{\"status\":{\"x\":1}}").header("warning"))
        .contains("unknown field");
    assertThat(api.get(APPS + "deployments/no/scale").message())
        .isEqualTo("deployments.apps \"no\" not found");
    assertThat(api.merge(APPS + "deployments/no/scale", "{}").code()).isEqualTo(404);
    assertThat(api.get(APPS + "daemonsets/no/scale").code()).isEqualTo(404);
    assertThat(api.delete(WEB + "/scale").code()).isEqualTo(405);
    assertThat(api.getAs("application/json;as=Table;v=v1;g=meta.k8s.io", WEB + "/scale").body())
        .extracting(table -> Values.listAt(table, "columnDefinitions").size())
        .isEqualTo(2);
  }

  @Nested
  class OfCustomResources {
    private static final String FOOS = "/apis/ex.io/v1/namespaces/default/foos";

    @Test
    void followsThePathsOfTheDefinition() {
      define();
      Api.Answer made = foo("f", "{\"size\":2}");
      api.merge(FOOS + "/f/status", "{\"status\":{\"met\":1,\"labels\":\"a=b\"}}");

      Api.Answer scaled = api.merge(FOOS + "/f/scale", "{\"spec\":{\"replicas\":4}}");

      assertThat(made.code()).isEqualTo(201);
      assertThat(scaled.at("spec", "replicas")).isEqualTo("4");
      assertThat(scaled.at("status")).isEqualTo("{replicas=1, selector=a=b}");
      assertThat(api.get(FOOS + "/f").at("spec", "size")).isEqualTo("4");
      assertThat(api.get(FOOS + "/f").at("metadata", "generation")).isEqualTo("2");
      assertThat(api.get("/apis/ex.io/v1").text()).contains("\"foos/scale\"");
    }

    @Test
    void isValidatedByTheSchemaAndNeedsAValueToBeRead() {
      define();
      foo("f", "{}");

      Api.Answer missing = api.get(FOOS + "/f/scale");
      Api.Answer large = api.merge(FOOS + "/f/scale", "{\"spec\":{\"replicas\":99}}");

      assertThat(missing.code()).isEqualTo(500);
      assertThat(missing.message())
          .isEqualTo(
              "Internal error occurred: the spec replicas field \".spec.size\" does not exist");
      assertThat(large.code()).isEqualTo(422);
      assertThat(large.message()).contains("spec.size in body should be less than or equal to 9");
      assertThat(api.merge(FOOS + "/f/scale", "{\"spec\":{\"replicas\":1}}").code()).isEqualTo(200);
      assertThat(api.get(FOOS + "/f/scale").at("spec", "replicas")).isEqualTo("1");
    }

    private Api.Answer foo(String name, String spec) {
      return api.post(
          FOOS,
          "{\"apiVersion\":\"ex.io/v1\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"%s\"},\"spec\":%s}"
              .formatted(name, spec));
    }

    private void define() {
      Api.Answer made =
          api.post(
              "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
              """
              {"metadata":{"name":"foos.ex.io"},"spec":{"group":"ex.io","scope":"Namespaced",
                "names":{"plural":"foos","kind":"Foo"},
                "versions":[{"name":"v1","served":true,"storage":true,
                  "subresources":{"status":{},"scale":{"specReplicasPath":".spec.size",
                    "statusReplicasPath":".status.met","labelSelectorPath":".status.labels"}},
                  "schema":{"openAPIV3Schema":{"type":"object","properties":{
                    "spec":{"type":"object","properties":{
                      "size":{"type":"integer","maximum":9}}},
                    "status":{"type":"object","properties":{"met":{"type":"integer"},
                      "labels":{"type":"string"}}}}}}}]}}
              """);
      assertThat(made.code()).as(made.text()).isEqualTo(201);
    }
  }
}
