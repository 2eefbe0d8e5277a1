package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** ClusterRoles that gather the rules of others; the answers are those of a real 1.36 cluster. */
class RoleAggregationTest {
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
  private static final String SELECTING =
      ",\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchLabels\":{\"x\":\"1\"}},"
          + "{\"matchLabels\":{\"y\":\"1\"}}]}";

  @AutoClose private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @Test
  void theRulesOfAllThatAreSelectedComeOnceInTheOrderOfTheirNames() {
    create("sum", "", "nodes", SELECTING);
    create("b", "\"x\":\"1\",\"y\":\"1\"", "pods configmaps", "");
    create("a", "\"x\":\"1\"", "configmaps secrets", "");
    create("other", "\"z\":\"1\"", "events", "");

    assertThat(resources("sum")).isEqualTo("configmaps secrets pods");
  }

  @Test
  void itsOwnRulesGiveWayAndThoseOfWhatIsGoneGoToo() {
    create("sum", "\"x\":\"1\"", "nodes", SELECTING);
    assertThat(resources("sum")).isEmpty();
    create("a", "\"y\":\"1\"", "secrets", "");
    assertThat(resources("sum")).isEqualTo("secrets");

    api.merge(ROLES + "/a", "{\"metadata\":{\"labels\":{\"y\":\"2\"}}}");
    assertThat(resources("sum")).isEmpty();
    api.merge(ROLES + "/a", "{\"metadata\":{\"labels\":{\"y\":\"1\"}}}");
    assertThat(resources("sum")).isEqualTo("secrets");
    api.delete(ROLES + "/a");
    assertThat(resources("sum")).isEmpty();
  }

  @Test
  void rulesPassOnThroughRolesThatAreGatheredThemselves() {
    create("outer", "", "", SELECTING.replace("\"x\"", "\"level\""));
    create("inner", "\"level\":\"1\"", "", SELECTING);
    create("leaf", "\"x\":\"1\"", "pods", "");

    assertThat(resources("outer")).isEqualTo("pods");
  }

  @Test
  void rolesThatGatherEachOtherComeToRest() {
    create("one", "\"x\":\"1\"", "", SELECTING);
    create("two", "\"x\":\"1\"", "", SELECTING);
    create("leaf", "\"x\":\"1\"", "pods", "");

    assertThat(List.of(resources("one"), resources("two"))).containsExactly("pods", "pods");
    long rested = server.revision();
    api.merge(ROLES + "/leaf", "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
    assertThat(server.revision()).as("only the patch is written").isEqualTo(rested + 1);
  }

  @Test
  void aForkTakesUpWhatTheOriginalHadNotWritten() {
    create("sum", "", "", SELECTING);
    create("a", "\"x\":\"1\"", "pods", "");
    long half = server.revision() - 1; // the role is there, its rules are not gathered yet

    try (KubeApiServer fork = server.fork(half)) {
      Api other = new Api(fork, "tester");
      assertThat(other.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"n\"}}").code())
          .isEqualTo(201);
      assertThat(resources(other, "sum")).isEqualTo("pods");
    }
  }

  private void create(String name, String labels, String resources, String more) {
    String rules =
        resources.isEmpty()
            ? ""
            : String.join(
                ",",
                Stream.of(resources.split(" "))
                    .map(
                        "{\"apiGroups\":[\"\"],\"resources\":[\"%s\"],\"verbs\":[\"get\"]}"
                            ::formatted)
                    .toList());
    Api.Answer made =
        api.post(
            ROLES,
            "{\"metadata\":{\"name\":\"%s\",\"labels\":{%s}},\"rules\":[%s]%s}"
                .formatted(name, labels, rules, more));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private String resources(String role) {
    return resources(api, role);
  }

  private static String resources(Api api, String role) {
    return Values.listAt(api.get(ROLES + "/" + role).body(), "rules").stream()
        .flatMap(rule -> Values.listAt(rule, "resources").stream())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
