package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletingTest {
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

  private final KubeApiServer server =
      KubeApiServer.builder().time(new VirtualTime()).random(new SplittableRandom(7)).start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersWithASuccess() {
    String uid = api.post(CONFIG_MAPS, configMap("a", "1")).at("metadata", "uid");
    long before = server.revision();

    Api.Answer deleted = api.delete(CONFIG_MAPS + "/a");

    assertThat(deleted.code()).isEqualTo(200);
    assertThat(deleted.text())
        .isEqualTo(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
                + "\"details\":{\"name\":\"a\",\"kind\":\"configmaps\",\"uid\":\""
                + uid
                + "\"}}");
    assertThat(server.revision()).isEqualTo(before + 1);
    assertThat(api.get(CONFIG_MAPS + "/a").message()).isEqualTo("configmaps \"a\" not found");
    assertThat(api.delete(CONFIG_MAPS + "/a").code()).isEqualTo(404);
  }

  @Test
  void checksPreconditions() {
    Api.Answer made = api.post(CONFIG_MAPS, configMap("a", "1"));
    String uid = made.at("metadata", "uid");

    Api.Answer wrongUid = api.delete(CONFIG_MAPS + "/a", "{\"preconditions\":{\"uid\":\"bad\"}}");
    Api.Answer wrongRevision =
        api.delete(CONFIG_MAPS + "/a", "{\"preconditions\":{\"resourceVersion\":\"1\"}}");

    assertThat(wrongUid.code()).isEqualTo(409);
    assertThat(wrongUid.message())
        .isEqualTo(
            "Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (bad)"
                + " does not match the UID in record ("
                + uid
                + "). The object might have been deleted and then recreated");
    assertThat(wrongUid.at("details", "kind")).isEqualTo("ConfigMap");
    assertThat(wrongRevision.code()).isEqualTo(409);
    assertThat(
            api.delete(CONFIG_MAPS + "/a", "{\"preconditions\":{\"uid\":\"" + uid + "\"}}").code())
        .isEqualTo(200);
  }

  @Test
  void waitsForFinalizers() {
    api.post(DEPLOYMENTS, Manifests.deployment("d"));
    api.merge(DEPLOYMENTS + "/d", "{\"metadata\":{\"finalizers\":[\"x/y\"]}}");

    Api.Answer marked = api.delete(DEPLOYMENTS + "/d");
    long revision = server.revision();
    Api.Answer again = api.delete(DEPLOYMENTS + "/d");
    Api.Answer more =
        api.merge(DEPLOYMENTS + "/d", "{\"metadata\":{\"finalizers\":[\"x/y\",\"z/w\"]}}");

    assertThat(marked.at("metadata", "deletionTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(marked.at("metadata", "deletionGracePeriodSeconds")).isEqualTo("0");
    assertThat(marked.at("metadata", "generation")).isEqualTo("2");
    assertThat(again.body()).isEqualTo(marked.body());
    assertThat(server.revision()).isEqualTo(revision);
    assertThat(more.message())
        .isEqualTo(
            "Deployment.apps \"d\" is invalid: metadata.finalizers: Forbidden: no new finalizers"
                + " can be added if the object is being deleted, found new finalizers"
                + " []string{\"z/w\"}");
    Api.Answer last = api.merge(DEPLOYMENTS + "/d", "{\"metadata\":{\"finalizers\":null}}");
    assertThat(last.code()).isEqualTo(200);
    assertThat(last.at("metadata", "name")).isEqualTo("d");
    assertThat(api.get(DEPLOYMENTS + "/d").code()).isEqualTo(404);
  }

  @Test
  void doesNothingInADryRun() {
    api.post(CONFIG_MAPS, configMap("a", "1"));
    long before = server.revision();

    assertThat(api.delete(CONFIG_MAPS + "/a?dryRun=All").code()).isEqualTo(200);
    assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
    assertThat(server.revision()).isEqualTo(before);
  }

  @Test
  void givesScheduledPodsTheirGrace() {
    String pods = "/api/v1/namespaces/default/pods";
    api.post(pods, Manifests.pod("waiting"));
    api.post(pods, Manifests.pod("bound", "\"nodeName\":\"n\","));
    api.post(pods, Manifests.pod("own", "\"nodeName\":\"n\",\"terminationGracePeriodSeconds\":7,"));

    assertThat(api.delete(pods + "/waiting").code()).isEqualTo(200);
    assertThat(api.get(pods + "/waiting").code()).isEqualTo(404);
    assertThat(api.delete(pods + "/own").at("metadata", "deletionGracePeriodSeconds"))
        .isEqualTo("7");
    Api.Answer bound = api.delete(pods + "/bound");
    assertThat(bound.at("metadata", "deletionGracePeriodSeconds")).isEqualTo("30");
    assertThat(bound.at("metadata", "deletionTimestamp")).isEqualTo("2026-01-01T00:00:30Z");
    assertThat(
            api.delete(pods + "/bound?gracePeriodSeconds=99")
                .at("metadata", "deletionGracePeriodSeconds"))
        .isEqualTo("30");
    assertThat(
            api.delete(pods + "/own?gracePeriodSeconds=-5")
                .at("metadata", "deletionGracePeriodSeconds"))
        .isEqualTo("1");
    assertThat(
            api.delete(pods + "/bound?gracePeriodSeconds=0")
                .at("metadata", "deletionGracePeriodSeconds"))
        .isEqualTo("0");
    assertThat(api.get(pods + "/bound").code()).isEqualTo(404);
  }

  @Test
  void refusesOptionsThatContradict() {
    api.post(CONFIG_MAPS, configMap("a", "1"));

    assertThat(api.delete(CONFIG_MAPS + "/a?orphanDependents=true&propagationPolicy=Orphan").code())
        .isEqualTo(422);
    assertThat(api.delete(CONFIG_MAPS + "/a?propagationPolicy=Sideways").message())
        .isEqualTo(
            "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value:"
                + " \"Sideways\": supported values: \"Foreground\", \"Background\","
                + " \"Orphan\", \"nil\"");
  }

  @Test
  void takesItsOptionsFromTheBodyAndThenFromNowhereElse() {
    api.post(CONFIG_MAPS, configMap("a", "1"));

    Api.Answer dry = api.delete(CONFIG_MAPS + "/a", "{\"dryRun\":[\"All\"]}");
    assertThat(dry.at("status")).isEqualTo("Success");
    assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
    Api.Answer real = api.delete(CONFIG_MAPS + "/a?dryRun=All&gracePeriodSeconds=x", "{}");
    assertThat(real.at("status")).isEqualTo("Success");
    assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
  }

  @Test
  void deletesNoneOfACollectionInADryRunOfTheBody() {
    api.post(CONFIG_MAPS, configMap("a", "1"));

    assertThat(api.delete(CONFIG_MAPS, "{\"dryRun\":[\"All\"]}").names()).contains("a");
    assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind":"Foo","apiVersion":"v1"} | 400 | no kind "Foo" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"
          {"gracePeriodSeconds":"x"} | 400 | json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64
          {"preconditions":7} | 400 | json: cannot unmarshal number into Go struct field DeleteOptions.preconditions of type v1.Preconditions
          {"dryRun":["x"]} | 422 | DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["x"]: supported values: "All"
          7 | 400 | couldn't get version/kind; json parse error: json: cannot unmarshal number into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }
          nope | 400 | couldn't get version/kind; json parse error: invalid character 'o' in literal null (expecting 'u')
          """)
  void refusesABodyThatIsNoOptions(String body, int code, String message) {
    api.post(CONFIG_MAPS, configMap("a", "1"));

    Api.Answer refused = api.delete(CONFIG_MAPS + "/a", body);

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.message()).isEqualTo(message);
    assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
  }

  @Test
  void answersWithTheObjectForTheKindsThatAreReturned() {
    String accounts = "/api/v1/namespaces/default/serviceaccounts";
    api.post(accounts, "{\"metadata\":{\"name\":\"s\"}}");

    Api.Answer gone = api.delete(accounts + "/s");

    assertThat(gone.at("kind")).isEqualTo("ServiceAccount");
    assertThat(gone.at("metadata", "deletionTimestamp")).isEmpty();
    assertThat(gone.at("metadata", "resourceVersion")).isEqualTo(String.valueOf(server.revision()));
  }

  @Test
  void showsAPodItsEndBeforeItGoes() {
    String pods = "/api/v1/namespaces/default/pods";
    long before = server.revision();
    api.post(pods, Manifests.pod("p"));
    Api.Answer gone = api.delete(pods + "/p");

    assertThat(gone.at("metadata", "deletionGracePeriodSeconds")).isEqualTo("0");
    try (Api.Watch watch = api.watch(pods + "?resourceVersion=" + before)) {
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Map<String, Object> event = watch.next();
        Map<String, Object> metadata = Values.objectAt(event, "object", "metadata");
        seen.add(
            event.get("type")
                + " "
                + metadata.get("generation")
                + " "
                + metadata.containsKey("deletionTimestamp"));
      }
      assertThat(seen).containsExactly("ADDED 1 false", "MODIFIED 2 true", "DELETED 2 true");
    }
  }

  @Test
  void deletesACollectionBySelector() {
    for (String name : List.of("a", "b", "c")) {
      api.post(
          CONFIG_MAPS,
          "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"n\":\"%s\"}}}".formatted(name, name));
    }

    Api.Answer deleted = api.delete(CONFIG_MAPS + "?labelSelector=n+in+(a,c)");

    assertThat(deleted.at("kind")).isEqualTo("ConfigMapList");
    assertThat(deleted.names()).containsExactly("a", "c");
    assertThat(api.get(CONFIG_MAPS).names()).containsExactly("b", "kube-root-ca.crt");
  }

  @Test
  void tellsObserversOfCommitsInOrderBeforeTheReply() throws Exception {
    List<String> seen = new ArrayList<>();
    try (AutoCloseable observing =
        server
            .control()
            .observe(
                new io.terraorbit.foundation.harness.environment.ApiObserver() {
                  @Override
                  public void committed(
                      io.terraorbit.foundation.harness.environment.ApiCommit commit) {
                    seen.add(
                        "%s %s %s %s%s"
                            .formatted(
                                commit.user(),
                                commit.verb(),
                                commit.change(),
                                commit.object(),
                                commit.subresource()));
                  }
                })) {
      assertThat(observing).isNotNull();
      api.post(CONFIG_MAPS, configMap("a", "1"));
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      api.delete(CONFIG_MAPS + "/a");
    }
    api.post(CONFIG_MAPS, configMap("later", "1"));

    assertThat(seen)
        .containsExactly(
            "tester create ADDED ConfigMap/default/a",
            "tester patch MODIFIED ConfigMap/default/a",
            "tester delete DELETED ConfigMap/default/a");
  }
}
