package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses and ports that Services get. */
class ServicesTest {
  private static final String SERVICES = "/api/v1/namespaces/default/services";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void getAnAddressOfTheirOwn() {
    Set<String> addresses = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Api.Answer made = api.post(SERVICES, Manifests.service("s" + i, ""));
      String address = made.at("spec", "clusterIP");
      assertThat(address).matches("10\\.96\\.\\d+\\.\\d+");
      assertThat(made.at("spec", "clusterIPs")).isEqualTo("[" + address + "]");
      addresses.add(address);
    }

    assertThat(addresses).hasSize(50);
    assertThat(api.get(SERVICES + "/s0").body())
        .extractingByKey("spec")
        .satisfies(
            spec ->
                assertThat(Values.object(spec))
                    .containsEntry("type", "ClusterIP")
                    .containsEntry("sessionAffinity", "None")
                    .containsEntry("internalTrafficPolicy", "Cluster")
                    .containsEntry("ipFamilyPolicy", "SingleStack")
                    .containsEntry("ipFamilies", List.of("IPv4"))
                    .containsEntry(
                        "ports",
                        List.of(
                            java.util.Map.of("port", 80L, "protocol", "TCP", "targetPort", 80L))));
    assertThat(api.get(SERVICES + "/s0").at("status")).isEqualTo("{loadBalancer={}}");
  }

  @Test
  void mayNameTheirAddressOnce() {
    String wanted = "\"clusterIP\":\"10.96.3.4\",";
    Api.Answer first = api.post(SERVICES, Manifests.service("a", wanted));
    Api.Answer second = api.post(SERVICES, Manifests.service("b", wanted));
    Api.Answer outside =
        api.post(SERVICES, Manifests.service("c", "\"clusterIP\":\"192.168.0.1\","));
    Api.Answer nonsense = api.post(SERVICES, Manifests.service("d", "\"clusterIP\":\"x\","));

    assertThat(first.at("spec", "clusterIPs")).isEqualTo("[10.96.3.4]");
    assertThat(second.code()).isEqualTo(422);
    assertThat(second.message())
        .isEqualTo(
            "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.3.4\"]: failed to"
                + " allocate IP 10.96.3.4: provided IP is already allocated");
    assertThat(outside.message())
        .endsWith(
            "failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid"
                + " range. The range of valid IPs is 10.96.0.0/16");
    assertThat(nonsense.code()).isEqualTo(422);

    api.delete(SERVICES + "/a");
    assertThat(api.post(SERVICES, Manifests.service("b", wanted)).code()).isEqualTo(201);
  }

  @Test
  void takeNothingInADryRun() {
    String wanted = "\"type\":\"NodePort\",\"clusterIP\":\"10.96.3.4\",";
    long before = server.revision();

    assertThat(api.post(SERVICES + "?dryRun=All", Manifests.service("a", wanted)).code())
        .isEqualTo(201);
    assertThat(server.revision()).isEqualTo(before);
    assertThat(api.post(SERVICES, Manifests.service("b", wanted)).code()).isEqualTo(201);
  }

  @Test
  void mayBeHeadlessOrElsewhere() {
    Api.Answer headless =
        api.post(
            SERVICES, Manifests.service("h", "\"clusterIP\":\"None\",\"selector\":{\"a\":\"b\"},"));
    Api.Answer free = api.post(SERVICES, Manifests.service("f", "\"clusterIP\":\"None\","));
    Api.Answer external =
        api.post(
            SERVICES,
            "{\"metadata\":{\"name\":\"e\"},\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"x.y\"}}");

    assertThat(headless.at("spec", "clusterIPs")).isEqualTo("[None]");
    assertThat(headless.at("spec", "ipFamilyPolicy")).isEqualTo("SingleStack");
    assertThat(free.at("spec", "ipFamilyPolicy")).isEqualTo("RequireDualStack");
    assertThat(free.at("spec", "ipFamilies")).isEqualTo("[IPv4, IPv6]");
    assertThat(external.at("spec", "clusterIP")).isEmpty();
    assertThat(external.at("spec", "ipFamilies")).isEmpty();
    assertThat(external.at("spec", "internalTrafficPolicy")).isEmpty();
  }

  @Test
  void keepTheirAddressForLife() {
    String address = api.post(SERVICES, Manifests.service("a", "")).at("spec", "clusterIP");

    Api.Answer bare = api.put(SERVICES + "/a", Manifests.service("a", ""));
    Api.Answer moved = api.merge(SERVICES + "/a", "{\"spec\":{\"clusterIP\":\"10.96.9.9\"}}");
    Api.Answer external =
        api.merge(
            SERVICES + "/a", "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"x.y\"}}");
    Api.Answer back =
        api.merge(SERVICES + "/a", "{\"spec\":{\"type\":\"ClusterIP\",\"externalName\":null}}");

    assertThat(bare.at("spec", "clusterIP")).isEqualTo(address);
    assertThat(moved.message()).contains("may not change once set");
    assertThat(external.at("spec", "clusterIP")).isEmpty();
    assertThat(back.at("spec", "clusterIP")).startsWith("10.96.");
  }

  @Test
  void getPortsOnNodes() {
    Api.Answer made = api.post(SERVICES, Manifests.service("a", "\"type\":\"NodePort\","));
    long port = port(made);
    String same =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80,"
            + "\"protocol\":\"%s\",\"nodePort\":%d}]}}";

    Api.Answer taken = api.post(SERVICES, same.formatted("b", "TCP", port));
    Api.Answer other = api.post(SERVICES, same.formatted("c", "UDP", port));
    Api.Answer low = api.post(SERVICES, same.formatted("d", "TCP", 80));

    assertThat(port).isBetween(30_000L, 32_767L);
    assertThat(made.at("spec", "externalTrafficPolicy")).isEqualTo("Cluster");
    assertThat(taken.message())
        .isEqualTo(
            "Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: %d: provided port is"
                    .formatted(port)
                + " already allocated");
    assertThat(other.code()).isEqualTo(201);
    assertThat(low.message())
        .endsWith(
            "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range."
                + " The range of valid ports is 30000-32767");
  }

  @Test
  void keepTheirPortsOnNodesUntilTheyNeedNone() {
    long port = port(api.post(SERVICES, Manifests.service("a", "\"type\":\"LoadBalancer\",")));

    Api.Answer bare = api.put(SERVICES + "/a", Manifests.service("a", "\"type\":\"NodePort\","));
    Api.Answer inside = api.merge(SERVICES + "/a", "{\"spec\":{\"type\":\"ClusterIP\"}}");
    Api.Answer none =
        api.post(
            SERVICES,
            Manifests.service(
                "n", "\"type\":\"LoadBalancer\",\"allocateLoadBalancerNodePorts\":false,"));

    assertThat(port(bare)).isEqualTo(port);
    assertThat(inside.code()).as(inside.text()).isEqualTo(200);
    assertThat(port(inside)).isZero();
    assertThat(port(none)).isZero();
  }

  @Test
  void leadToTheServerItself() {
    assertThat(api.get(SERVICES + "/kubernetes").at("spec", "clusterIP")).isEqualTo("10.96.0.1");
    assertThat(api.get("/api/v1/namespaces/default/endpoints/kubernetes").text())
        .contains("\"ip\":\"127.0.0.1\"")
        .contains("\"port\":" + server.url().getPort());
    assertThat(
            api.get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes")
                .at("endpoints"))
        .contains("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "externalTrafficPolicy":"Local", | spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
          "type":"NodePort","externalTrafficPolicy":"Near", | spec.externalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local"
          "loadBalancerClass":"a", | spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'
          "allocateLoadBalancerNodePorts":false, | spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'
          "loadBalancerSourceRanges":["10.0.0.0/8"], | spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'
          "type":"LoadBalancer","loadBalancerSourceRanges":[" 10.0.0.0/8 ","x"], | spec.LoadBalancerSourceRanges[1]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          "healthCheckNodePort":5, | spec.healthCheckNodePort: Invalid value: 5: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'
          """)
  void takeOnlyTheTrafficThatTheirTypeHas(String spec, String message) {
    assertThat(api.post(SERVICES, Manifests.service("a", spec)).message())
        .isEqualTo("Service \"a\" is invalid: " + message);
  }

  @Test
  void mayNotChangeTheFamilyOfTheirAddress() {
    String address = api.post(SERVICES, Manifests.service("a", "")).at("spec", "clusterIP");

    assertThat(api.merge(SERVICES + "/a", "{\"spec\":{\"ipFamilies\":[\"IPv6\"]}}").message())
        .isEqualTo(
            "Service \"a\" is invalid: spec.clusterIPs[0]: Invalid value: \"%s\": expected an IPv6 value as indicated by `ipFamilies[0]`"
                .formatted(address));
  }

  @Test
  void loseWhatOnlyTheirOldTypeHadUseFor() {
    api.post(
        SERVICES,
        Manifests.service("a", "\"type\":\"LoadBalancer\",\"loadBalancerClass\":\"x/y\","));

    Api.Answer plain = api.merge(SERVICES + "/a", "{\"spec\":{\"type\":\"ClusterIP\"}}");
    assertThat(Values.objectAt(plain.body(), "spec"))
        .doesNotContainKeys(
            "externalTrafficPolicy", "allocateLoadBalancerNodePorts", "loadBalancerClass");
    Api.Answer external =
        api.merge(
            SERVICES + "/a", "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"a.b\"}}");
    assertThat(Values.objectAt(external.body(), "spec")).doesNotContainKey("internalTrafficPolicy");
    Api.Answer kept =
        api.merge(
            SERVICES + "/a", "{\"spec\":{\"type\":\"ClusterIP\",\"loadBalancerClass\":\"x/z\"}}");
    assertThat(kept.message()).contains("spec.loadBalancerClass: Forbidden");
  }

  private static long port(Api.Answer service) {
    Object first = Values.listAt(service.body(), "spec", "ports").get(0);
    return Values.at(first, "nodePort").orElse(0L) instanceof Long port ? port : 0;
  }
}
