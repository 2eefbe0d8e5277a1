package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The harder cases of garbage collection. */
class GarbageTest {
  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void circlesDoNotBlock() {
    String a = make("a", "");
    String b = make("b", owned("a", a));
    String c = make("c", owned("b", b));
    api.merge(CONFIG_MAPS + "/a", "{\"metadata\":{\"ownerReferences\":[" + owned("c", c) + "]}}");

    api.delete(CONFIG_MAPS + "/a?propagationPolicy=Foreground");

    assertThat(api.get(CONFIG_MAPS).names()).containsExactly("kube-root-ca.crt");
  }

  @Test
  void aDependentWithoutDependentsGoesInTheBackground() {
    String owner = make("owner", "");
    make("child", owned("owner", owner));
    long before = server.revision();

    api.delete(CONFIG_MAPS + "/owner?propagationPolicy=Foreground");

    try (Api.Watch watch = api.watch(CONFIG_MAPS + "?resourceVersion=" + before)) {
      assertThat(List.of(watch.brief(), watch.brief(), watch.brief()))
          .containsExactly("MODIFIED owner", "DELETED child", "DELETED owner");
    }
  }

  @Test
  void aDependentOfTwoThatBothGoIsNotKeptByEither() {
    String first = make("first", "");
    String second = make("second", "");
    make("child", owned("first", first) + "," + owned("second", second));
    api.merge(CONFIG_MAPS + "/second", "{\"metadata\":{\"finalizers\":[\"x/y\"]}}");
    api.delete(CONFIG_MAPS + "/second?propagationPolicy=Foreground");

    api.delete(CONFIG_MAPS + "/first?propagationPolicy=Foreground");

    assertThat(api.get(CONFIG_MAPS + "/child").code()).isEqualTo(404);
    assertThat(api.get(CONFIG_MAPS + "/first").code()).isEqualTo(404);
  }

  @Test
  void anOwnerInAnotherNamespaceIsToldOf() {
    String uid =
        api.get("/api/v1/namespaces/kube-public/configmaps/kube-root-ca.crt").at("metadata", "uid");

    make("lost", owned("kube-root-ca.crt", uid));

    assertThat(api.get(CONFIG_MAPS + "/lost").code()).isEqualTo(404);
    List<Object> events = api.get("/api/v1/namespaces/default/events").items();
    assertThat(events).hasSize(1);
    assertThat(Values.string(events.get(0), "reason")).contains("OwnerRefInvalidNamespace");
    assertThat(Values.string(events.get(0), "type")).contains("Warning");
    assertThat(Values.string(events.get(0), "involvedObject", "name")).contains("lost");
    assertThat(Values.string(events.get(0), "message"))
        .contains(
            "ownerRef [v1/ConfigMap, namespace: default, name: kube-root-ca.crt, uid: "
                + uid
                + "] does not exist in namespace \"default\"");
  }

  @Test
  void whatEveryNamespaceHasComesBack() {
    String map = CONFIG_MAPS + "/kube-root-ca.crt";
    String account = "/api/v1/namespaces/default/serviceaccounts/default";
    String uid = api.get(map).at("metadata", "uid");

    api.delete(map);
    api.delete(account);

    assertThat(api.get(map).at("metadata", "uid")).isNotEmpty().isNotEqualTo(uid);
    assertThat(api.get(map).at("data", "ca.crt")).isEqualTo(server.certificateAuthority());
    assertThat(api.get(account).code()).isEqualTo(200);
  }

  private String make(String name, String owners) {
    return api.post(
            CONFIG_MAPS,
            "{\"metadata\":{\"name\":\"%s\",\"ownerReferences\":[%s]}}".formatted(name, owners))
        .at("metadata", "uid");
  }

  private static String owned(String name, String uid) {
    return ("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"%s\",\"uid\":\"%s\","
            + "\"blockOwnerDeletion\":true}")
        .formatted(name, uid);
  }
}
