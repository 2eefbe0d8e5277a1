package io.terraorbit.foundation.harness.kube.internal.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
  private final Catalog catalog = Catalog.builtIn();

  @Test
  void hasTheGroupsOfARealServer() {
    assertThat(catalog.groups())
        .containsExactlyInAnyOrder(
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "apps",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "events.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");
    assertThat(catalog.types("", "v1")).hasSize(17);
    assertThat(catalog.types("apps", "v1"))
        .extracting(ResourceType::plural)
        .containsExactly(
            "controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets");
  }

  @Test
  void keepsEachKindOnce() {
    assertThat(catalog.storedTypes())
        .extracting(type -> type.storedApiVersion() + " " + type.kind())
        .doesNotHaveDuplicates();
    assertThat(catalog.types())
        .allSatisfy(
            type -> {
              assertThat(type.plural()).matches("[a-z0-9]+");
              assertThat(type.singular()).isEqualTo(type.kind().toLowerCase(java.util.Locale.ROOT));
              assertThat(type.version()).matches("v[12]");
            });
  }

  @Test
  void tellsTheKindsApartThatFollowOtherRules() {
    assertThat(flagged(Flag.CREATE_ON_UPDATE))
        .contains("Lease", "Endpoints", "Event", "Service", "RuntimeClass", "ClusterRole")
        .doesNotContain("ConfigMap", "Deployment");
    assertThat(flagged(Flag.LOCKED))
        .contains("Lease", "PodDisruptionBudget", "CSIDriver", "VolumeAttachment")
        .doesNotContain("ConfigMap", "Secret");
    assertThat(flagged(Flag.GENERATION))
        .contains("Deployment", "NetworkPolicy", "Ingress", "Job")
        .doesNotContain("ConfigMap", "Namespace", "Lease");
    assertThat(flagged(Flag.ORPHAN)).containsExactlyInAnyOrder("Job", "ReplicationController");
    assertThat(flagged(Flag.STATUS_DROPS_LABELS)).containsExactly("Deployment");
  }

  @ParameterizedTest
  @CsvSource({
    "v1, Namespace, /core/namespaces//x, false",
    "apps/v1, Deployment, /apps/deployments/n/x, true",
    "coordination.k8s.io/v1, Lease, /coordination.k8s.io/leases/n/x, true",
  })
  void findsKindsByNameAndKey(String apiVersion, String kind, String key, boolean namespaced) {
    ResourceType type = catalog.findKind(apiVersion, kind).orElseThrow();

    assertThat(type.namespaced()).isEqualTo(namespaced);
    assertThat(type.key("n", "x")).isEqualTo(key);
    assertThat(type.apiVersion()).isEqualTo(apiVersion);
    assertThat(catalog.findByKey(key)).contains(type);
    assertThat(catalog.findKind("v9", kind)).isEmpty();
  }

  @Test
  void keepsTwoFormsOfAKindInOnePlace() {
    ResourceType events = catalog.findKind("events.k8s.io/v1", "Event").orElseThrow();
    ResourceType scaler =
        catalog.findKind("autoscaling/v1", "HorizontalPodAutoscaler").orElseThrow();

    assertThat(events.key("n", "x")).isEqualTo("/core/events/n/x");
    assertThat(events.storedApiVersion()).isEqualTo("v1");
    assertThat(events.converted()).isTrue();
    assertThat(scaler.storedApiVersion()).isEqualTo("autoscaling/v2");
    assertThat(catalog.storedTypes()).doesNotContain(events, scaler);
    assertThat(catalog.versions("autoscaling")).containsExactly("v2", "v1");
  }

  @Test
  void keepsNoObjectsOfVirtualKinds() {
    assertThat(catalog.storedTypes())
        .extracting(ResourceType::plural)
        .doesNotContain("subjectaccessreviews", "tokenreviews", "bindings", "componentstatuses");
    assertThat(catalog.findKind("authorization.k8s.io/v1", "SubjectAccessReview"))
        .hasValueSatisfying(type -> assertThat(type.verbs()).containsExactly("create"));
  }

  @Test
  void knowsWhatSubresourcesExchange() {
    ResourceType pods = catalog.findKind("v1", "Pod").orElseThrow();
    ResourceType deployments = catalog.findKind("apps/v1", "Deployment").orElseThrow();

    assertThat(pods.subresource("eviction"))
        .contains(new Subresource("eviction", "policy", "v1", "Eviction", List.of("create")));
    assertThat(pods.subresource("exec"))
        .contains(new Subresource("exec", "", "v1", "PodExecOptions", List.of("create", "get")));
    assertThat(deployments.subresource("status"))
        .contains(
            new Subresource(
                "status", "apps", "v1", "Deployment", List.of("get", "patch", "update")));
    assertThat(deployments.subresource("scale").orElseThrow().apiVersion())
        .isEqualTo("autoscaling/v1");
    assertThat(deployments.subresource("exec")).isEmpty();
  }

  @Test
  void ordersVersionsAsARealServerDoes() {
    assertThat(
            Stream.of("v1alpha1", "foo1", "v2", "v1", "v10", "v1beta1", "v3beta1", "v1beta2", "bar")
                .sorted(Versions.BEST_FIRST))
        .containsExactly(
            "v10", "v2", "v1", "v3beta1", "v1beta2", "v1beta1", "v1alpha1", "bar", "foo1");
  }

  @Test
  void refusesATableThatIsBroken() {
    assertThatThrownBy(() -> BuiltInTypes.parse("core\tv1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a kind has 11 columns, got 2: core\tv1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Service | A | a lowercase RFC 1123 label must consist of",
        "Service | a-1 | ''",
        "ClusterRole | system:x | ''",
        "ClusterRole | . | may not be '.'",
        "ClusterRole | .. | may not be '..'",
        "ClusterRole | a/b%c | may not contain '/'",
        "Secret | a.b-c | ''",
        "Secret | a..b | a lowercase RFC 1123 subdomain",
      })
  void knowsTheSyntaxOfNames(String kind, String name, String problem) {
    ResourceType type =
        catalog.types().stream().filter(t -> t.kind().equals(kind)).findFirst().orElseThrow();
    List<String> problems = Names.problems(type, name);

    if (problem.isEmpty()) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems.get(0)).startsWith(problem);
    }
  }

  @Test
  void boundsTheLengthOfNames() {
    ResourceType secret = catalog.findKind("v1", "Secret").orElseThrow();

    assertThat(Names.problems(secret, "a".repeat(253))).isEmpty();
    assertThat(Names.problems(secret, "a".repeat(254)))
        .containsExactly("must be no more than 253 characters");
  }

  private List<String> flagged(Flag flag) {
    return catalog.types().stream().filter(type -> type.has(flag)).map(ResourceType::kind).toList();
  }
}
