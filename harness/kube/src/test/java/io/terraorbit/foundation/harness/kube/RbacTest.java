package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles decide who may do what. */
@Timeout(60)
class RbacTest {
  private static final String GROUP = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String IN_DEFAULT = GROUP + "namespaces/default/";
  private static final String ACCESS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final KubeApiServer server = KubeApiServer.builder().rbac().start();
  private final Api admin = new Api(server.url(), server.token("root", List.of("system:masters")));
  private final Api ann = new Api(server.url(), server.token("ann", List.of("devs")));

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Refusing {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "GET | /api/v1/namespaces/default/configmaps | configmaps is forbidden: User \"ann\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\"",
          "GET | /api/v1/configmaps?watch=true | configmaps is forbidden: User \"ann\" cannot watch resource \"configmaps\" in API group \"\" at the cluster scope",
          "GET | /api/v1/namespaces/default/pods/p/log | pods \"p\" is forbidden: User \"ann\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"default\"",
          "POST | /apis/apps/v1/namespaces/default/deployments | deployments.apps is forbidden: User \"ann\" cannot create resource \"deployments\" in API group \"apps\" in the namespace \"default\"",
          "PUT | /apis/apps/v1/namespaces/default/deployments/d/scale | deployments.apps \"d\" is forbidden: User \"ann\" cannot update resource \"deployments/scale\" in API group \"apps\" in the namespace \"default\"",
          "PATCH | /api/v1/nodes/n | nodes \"n\" is forbidden: User \"ann\" cannot patch resource \"nodes\" in API group \"\" at the cluster scope",
          "DELETE | /api/v1/namespaces/shop | namespaces \"shop\" is forbidden: User \"ann\" cannot delete resource \"namespaces\" in API group \"\" in the namespace \"shop\"",
          "DELETE | /api/v1/namespaces/default/secrets | secrets is forbidden: User \"ann\" cannot deletecollection resource \"secrets\" in API group \"\" in the namespace \"default\"",
          "GET | /apis/nope.example/v1/things | things.nope.example is forbidden: User \"ann\" cannot list resource \"things\" in API group \"nope.example\" at the cluster scope",
          "GET | /metrics | forbidden: User \"ann\" cannot get path \"/metrics\"",
        })
    void namesTheVerbTheResourceAndThePlace(String method, String path, String message) {
      Api.Answer refused =
          ann.send(method, path, method.equals("PATCH") ? Api.MERGE : "application/json", "{}");

      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.reason()).isEqualTo("Forbidden");
      assertThat(refused.message()).isEqualTo(message);
    }

    @Test
    void hasTheDetailsOfTheResource() {
      assertThat(ann.get(CONFIG_MAPS + "/a").text())
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"configmaps \\\"a\\\" is forbidden: User \\\"ann\\\" cannot get"
                  + " resource \\\"configmaps\\\" in API group \\\"\\\" in the namespace"
                  + " \\\"default\\\"\",\"reason\":\"Forbidden\",\"details\":{\"name\":\"a\","
                  + "\"kind\":\"configmaps\"},\"code\":403}");
    }

    @Test
    void sparesWhatEveryUserMayDo() {
      Api nobody = new Api(server.url(), "");

      assertThat(ann.get("/api").code()).isEqualTo(200);
      assertThat(ann.get("/apis/apps/v1").code()).isEqualTo(200);
      assertThat(nobody.get("/version").code()).isEqualTo(200);
      assertThat(nobody.get("/healthz").code()).isEqualTo(200);
      assertThat(nobody.get("/api").message())
          .isEqualTo("forbidden: User \"system:anonymous\" cannot get path \"/api\"");
      assertThat(new Api(server.url(), "unknown").get("/version").code()).isEqualTo(401);
    }
  }

  @Nested
  class Allowing {
    @Test
    void goesByARoleInItsNamespaceOnly() {
      grant("reader", "[{%s,\"resources\":[\"configmaps\"],\"verbs\":[\"get\",\"list\"]}]");

      assertThat(ann.get(CONFIG_MAPS).code()).isEqualTo(200);
      assertThat(ann.get("/api/v1/namespaces/kube-system/configmaps").code()).isEqualTo(403);
      assertThat(ann.get("/api/v1/configmaps").code()).isEqualTo(403);
      assertThat(ann.post(CONFIG_MAPS, configMap("a", "")).code()).isEqualTo(403);
      admin.delete(IN_DEFAULT + "rolebindings/reader");
      assertThat(ann.get(CONFIG_MAPS).code()).isEqualTo(403);
    }

    @Test
    void goesByNamesAlsoOfAListOfOne() {
      grant(
          "one",
          "[{%s,\"resources\":[\"configmaps\"],\"resourceNames\":[\"a\"],\"verbs\":[\"get\",\"list\",\"watch\"]}]");
      admin.post(CONFIG_MAPS, configMap("a", ""));

      assertThat(ann.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
      assertThat(ann.get(CONFIG_MAPS + "/b").code()).isEqualTo(403);
      assertThat(ann.get(CONFIG_MAPS).code()).isEqualTo(403);
      assertThat(ann.get(CONFIG_MAPS + "?fieldSelector=metadata.name%3Da").names())
          .containsExactly("a");
      assertThat(ann.get(CONFIG_MAPS + "?fieldSelector=metadata.name!%3Da").code()).isEqualTo(403);
    }

    @Test
    void tellsASubresourceFromItsObject() {
      grant(
          "scaler",
          "[{\"apiGroups\":[\"apps\"],\"resources\":[\"*/scale\"],\"verbs\":[\"*\"]},"
              + "{%s,\"resources\":[\"pods/status\"],\"verbs\":[\"get\"]}]");

      assertThat(ann.get("/apis/apps/v1/namespaces/default/deployments/d/scale").code())
          .isEqualTo(404);
      assertThat(ann.get("/apis/apps/v1/namespaces/default/deployments/d").code()).isEqualTo(403);
      assertThat(ann.get("/api/v1/namespaces/default/pods/p/status").code()).isEqualTo(404);
      assertThat(ann.get("/api/v1/namespaces/default/pods/p").code()).isEqualTo(403);
    }

    @Test
    void knowsTheRolesThatEveryClusterHas() {
      bind("view", "ann");
      assertThat(ann.get(CONFIG_MAPS).code()).isEqualTo(200);
      assertThat(ann.get("/api/v1/namespaces/default/secrets").code()).isEqualTo(403);
      assertThat(ann.post(CONFIG_MAPS, configMap("a", "")).code()).isEqualTo(403);
      bind("edit", "ann");
      assertThat(ann.get("/api/v1/namespaces/default/secrets").code()).isEqualTo(200);
      assertThat(ann.post(CONFIG_MAPS, configMap("a", "")).code()).isEqualTo(201);
      assertThat(ann.get(IN_DEFAULT + "roles").code()).isEqualTo(403);
      bind("admin", "ann");
      assertThat(ann.get(IN_DEFAULT + "roles").code()).isEqualTo(200);
      assertThat(ann.get("/api/v1/nodes").code()).isEqualTo(403);
    }

    @Test
    void addsToAnAggregatedRoleWhateverItsSelectorFinds() {
      admin.post(
          GROUP + "clusterroles",
          "{\"metadata\":{\"name\":\"shops\",\"labels\":{\"rbac.authorization.k8s.io/aggregate-to-view\":\"true\"}},"
              + "\"rules\":[{\"apiGroups\":[\"acme.com\"],\"resources\":[\"shops\"],\"verbs\":[\"list\"]}]}");
      bind("view", "ann");

      assertThat(ann.get("/apis/acme.com/v1/namespaces/default/shops").code()).isEqualTo(404);
    }

    @Test
    void knowsGroupsAndServiceAccountsAmongTheSubjects() {
      admin.post(
          IN_DEFAULT + "rolebindings",
          "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"view\"},"
              + "\"subjects\":[{\"kind\":\"Group\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"devs\"},{\"kind\":\"ServiceAccount\",\"name\":\"default\",\"namespace\":\"default\"}]}");
      String token =
          admin
              .post("/api/v1/namespaces/default/serviceaccounts/default/token", "{}")
              .at("status", "token");
      Api robot = new Api(server.url(), token);

      assertThat(ann.get(CONFIG_MAPS).code()).isEqualTo(200);
      assertThat(robot.get(CONFIG_MAPS).code()).isEqualTo(200);
      assertThat(robot.get("/openid/v1/jwks").code()).isEqualTo(200);
      assertThat(ann.get("/openid/v1/jwks").code()).isEqualTo(403);
      assertThat(access(robot, "list", "configmaps"))
          .isEqualTo(
              "{\"allowed\":true,\"reason\":\"RBAC: allowed by RoleBinding \\\"b/default\\\" of"
                  + " ClusterRole \\\"view\\\" to ServiceAccount \\\"default/default\\\"\"}");
    }

    @Test
    void tellsItsReasons() {
      assertThat(access(ann, "list", "configmaps")).isEqualTo("{\"allowed\":false}");
      assertThat(access(admin, "list", "configmaps")).isEqualTo("{\"allowed\":true}");
      bind("none", "ann");
      assertThat(access(ann, "list", "configmaps"))
          .isEqualTo(
              "{\"allowed\":false,\"reason\":\"RBAC: clusterrole.rbac.authorization.k8s.io"
                  + " \\\"none\\\" not found\"}");
      assertThat(ann.get(CONFIG_MAPS).message())
          .endsWith(": RBAC: clusterrole.rbac.authorization.k8s.io \"none\" not found");
    }

    @Test
    void listsTheRulesOfACaller() {
      grant(
          "reader",
          "[{%s,\"resources\":[\"configmaps\"],\"resourceNames\":[\"a\"],\"verbs\":[\"get\"]}]");

      Api.Answer review =
          ann.post(
              "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
              "{\"spec\":{\"namespace\":\"default\"}}");

      assertThat(Json.text(review.body().get("status")))
          .contains(
              "{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"resourceNames\":[\"a\"]}",
              "\"nonResourceURLs\":[\"/api\"");
      assertThat(
              admin
                  .post(
                      "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                      "{\"spec\":{\"namespace\":\"default\"}}")
                  .text())
          .contains("{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}");
    }
  }

  @Nested
  class Impersonating {
    @Test
    void needsTheRightForEachPartOfWhoIsActedAs() throws IOException {
      assertThat(as(ann, "Impersonate-User", "bob").message())
          .isEqualTo(
              "users \"bob\" is forbidden: User \"ann\" cannot impersonate resource \"users\" in API"
                  + " group \"\" at the cluster scope");
      assertThat(as(ann, "Impersonate-User", "system:serviceaccount:shop:robot").message())
          .isEqualTo(
              "serviceaccounts \"robot\" is forbidden: User \"ann\" cannot impersonate resource"
                  + " \"serviceaccounts\" in API group \"\" in the namespace \"shop\"");
      admin.post(
          GROUP + "clusterroles",
          "{\"metadata\":{\"name\":\"imp\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"users\"],\"verbs\":[\"impersonate\"]}]}");
      bindCluster("imp", "ann");
      assertThat(as(ann, "Impersonate-User", "bob").message())
          .startsWith("configmaps is forbidden: User \"bob\"");
      assertThat(as(ann, "Impersonate-User", "bob", "Impersonate-Group", "ops").message())
          .startsWith("groups \"ops\" is forbidden: ");
      assertThat(as(ann, "Impersonate-User", "bob", "Impersonate-Uid", "7").message())
          .startsWith("uids.authentication.k8s.io \"7\" is forbidden: ");
      assertThat(as(ann, "Impersonate-User", "bob", "Impersonate-Extra-Scope", "x").message())
          .isEqualTo(
              "userextras.authentication.k8s.io \"x\" is forbidden: User \"ann\" cannot impersonate"
                  + " resource \"userextras/scope\" in API group \"authentication.k8s.io\" at the"
                  + " cluster scope");
    }

    @Test
    void actsWithTheRightsOfTheOtherOnly() throws IOException {
      bind("view", "bob");

      assertThat(as(admin, "Impersonate-User", "bob").code()).isEqualTo(200);
      assertThat(as(admin, "Impersonate-User", "carl").code()).isEqualTo(403);
      assertThat(
              as(admin, "Impersonate-User", "carl", "Impersonate-Group", "system:masters").code())
          .isEqualTo(200);
    }

    private Api.Answer as(Api api, String... headers) throws IOException {
      return api.exchange("GET", CONFIG_MAPS, "", "", headers);
    }
  }

  @Nested
  class Granting {
    @Test
    void givesNoMoreThanTheGiverHas() {
      bind("admin", "ann");
      String role =
          "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"%s\"],\"verbs\":[\"get\",\"list\"]}]}";

      assertThat(ann.post(IN_DEFAULT + "roles", role.formatted("pods")).code()).isEqualTo(201);
      Api.Answer refused = ann.put(IN_DEFAULT + "roles/r", role.formatted("nodes"));
      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.message())
          .isEqualTo(
              "roles.rbac.authorization.k8s.io \"r\" is forbidden: user \"ann\" (groups=[\"devs\""
                  + " \"system:authenticated\"]) is attempting to grant RBAC permissions not"
                  + " currently held:\n"
                  + "{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\" \"list\"]}");
      assertThat(
              ann.merge(
                      IN_DEFAULT + "roles/r",
                      "{\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"*\"],\"verbs\":[\"*\"]}]}")
                  .code())
          .isEqualTo(403);
      assertThat(admin.get(IN_DEFAULT + "roles/r").text()).contains("pods").doesNotContain("nodes");
      assertThat(ann.post(IN_DEFAULT + "rolebindings", binding("more", "cluster-admin")).code())
          .isEqualTo(403);
      assertThat(ann.post(IN_DEFAULT + "rolebindings", binding("same", "view")).code())
          .isEqualTo(201);
      assertThat(ann.post(IN_DEFAULT + "rolebindings", binding("lost", "nothing")).code())
          .isEqualTo(404);
    }

    @Test
    void isLeftToWhoMayEscalateOrBind() {
      grant(
          "lord",
          "[{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"roles\",\"rolebindings\",\"clusterroles\"],\"verbs\":[\"*\"]}]");

      assertThat(
              ann.post(
                      IN_DEFAULT + "roles",
                      "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"nodes\"],\"verbs\":[\"get\"]}]}")
                  .code())
          .isEqualTo(201);
      assertThat(ann.post(IN_DEFAULT + "rolebindings", binding("all", "cluster-admin")).code())
          .isEqualTo(201);
    }

    @Test
    void keepsAggregationForThoseWhoMayDoEverything() {
      admin.post(
          GROUP + "clusterroles",
          "{\"metadata\":{\"name\":\"maker\"},\"rules\":[{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"clusterroles\"],\"verbs\":[\"create\"]}]}");
      bindCluster("maker", "ann");
      String aggregated =
          "{\"metadata\":{\"name\":\"agg\"},\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchLabels\":{\"a\":\"b\"}}]}}";

      assertThat(ann.post(GROUP + "clusterroles", aggregated).message())
          .isEqualTo(
              "clusterroles.rbac.authorization.k8s.io \"agg\" is forbidden: must have cluster-admin"
                  + " privileges to use an aggregationRule");
      assertThat(admin.post(GROUP + "clusterroles", aggregated).code()).isEqualTo(201);
    }
  }

  private void grant(String name, String rules) {
    String filled = rules.replace("%s", "\"apiGroups\":[\"\"]");
    Api.Answer role =
        admin.post(
            IN_DEFAULT + "roles",
            "{\"metadata\":{\"name\":\"%s\"},\"rules\":%s}".formatted(name, filled));
    assertThat(role.code()).isEqualTo(201);
    Api.Answer bound = admin.post(IN_DEFAULT + "rolebindings", subjects(name, "ann", "Role", name));
    assertThat(bound.code()).isEqualTo(201);
  }

  private void bind(String clusterRole, String user) {
    bindAt(IN_DEFAULT + "rolebindings", clusterRole, user);
  }

  private void bindCluster(String clusterRole, String user) {
    bindAt(GROUP + "clusterrolebindings", clusterRole, user);
  }

  private void bindAt(String path, String clusterRole, String user) {
    assertThat(admin.post(path, subjects(clusterRole, user, "ClusterRole", clusterRole)).code())
        .isEqualTo(201);
  }

  private static String binding(String name, String clusterRole) {
    return subjects(name, "bob", "ClusterRole", clusterRole);
  }

  private static String subjects(String name, String user, String kind, String role) {
    return "{\"metadata\":{\"name\":\"%s\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"%s\",\"name\":\"%s\"},\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"%s\"}]}"
        .formatted(name, kind, role, user);
  }

  private static String access(Api api, String verb, String resource) {
    Api.Answer answer =
        api.post(
            ACCESS,
            "{\"spec\":{\"resourceAttributes\":{\"namespace\":\"default\",\"verb\":\"%s\",\"resource\":\"%s\"}}}"
                .formatted(verb, resource));
    return Json.text(answer.body().get("status"));
  }
}
