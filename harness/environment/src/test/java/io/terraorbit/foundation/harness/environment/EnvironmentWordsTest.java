package io.terraorbit.foundation.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small types around an environment. */
class EnvironmentWordsTest {
  private static final ObjectRef SHOP = new ObjectRef("v1", "ConfigMap", "shop", "settings");

  @Test
  void findsAServiceByItsKey() {
    assertThat(Service.ofKey("postgres")).contains(Service.POSTGRES);
    assertThat(Service.ofKey("POSTGRES")).isEmpty();
    assertThat(Service.KUBERNETES.key()).isEqualTo("kubernetes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536})
  void refusesAPortThatIsNone(int port) {
    assertThatThrownBy(() -> new Endpoint("host", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a port is 1 to 65535, got " + port);
  }

  @Test
  void showsAnEndpointAsUsersTypeIt() {
    assertThat(new Endpoint("db.local", 65_535)).hasToString("db.local:65535");
    assertThat(Endpoint.loopback(1)).hasToString("127.0.0.1:1");
  }

  @Test
  void showsAnObjectWithItsNamespaceIfItHasOne() {
    assertThat(SHOP).hasToString("ConfigMap/shop/settings");
    assertThat(new ObjectRef("v1", "Namespace", "", "shop")).hasToString("Namespace/shop");
  }

  @Test
  void cutsNoDirectLink() {
    try (DirectLinks links = new DirectLinks()) {
      Link link = links.open("orders", Service.REDIS, Endpoint.loopback(6379));

      assertThat(link.endpoint()).isEqualTo(Endpoint.loopback(6379));
      assertThat(link.client()).isEqualTo("orders");
      assertThat(link.service()).isEqualTo(Service.REDIS);
      assertThatThrownBy(link::sever)
          .isInstanceOf(AppException.class)
          .hasMessage(
              "LINK_DIRECT: the link from 'orders' to 'redis' is direct. Only a link that passes"
                  + " the fault proxy can be cut.%nOpen the environment with proxied links."
                      .formatted());
      link.close();
    }
  }

  @Test
  void buildsAddressesThatGoThroughALink() {
    FakeProvider.Fake fake = new FakeProvider.Fake(Service.POSTGRES, "embedded");
    Endpoint via = new Endpoint("proxy", 9000);

    assertThat(fake.jdbcUrl(via, "orders")).isEqualTo("jdbc:postgresql://proxy:9000/orders");
    assertThat(fake.uri(via, 7)).isEqualTo("redis://proxy:9000/7");
    assertThat(fake.logTail(10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', '', '', true",
    "create, '', '', '', '', true",
    "delete, '', '', '', '', false",
    "write, '', '', '', '', true",
    "'', ConfigMap, shop, settings, ann, true",
    "'', Secret, '', '', '', false",
    "'', '', bank, '', '', false",
    "'', '', '', other, '', false",
    "'', '', '', '', bob, false",
  })
  void selectsRequests(
      String verb, String kind, String namespace, String name, String user, boolean selected) {
    RequestMatch match = new RequestMatch(verb, kind, namespace, name, user);

    assertThat(match.matches("create", "ann", SHOP)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({
    "create, true",
    "update, true",
    "patch, true",
    "apply, true",
    "delete, false",
    "get, false"
  })
  void countsNoDeletionAmongTheWrites(String verb, boolean selected) {
    RequestMatch writes = new RequestMatch("write", "", "", "", "");

    assertThat(writes.matches(verb, "ann", SHOP)).isEqualTo(selected);
    assertThat(RequestMatch.any().matches(verb, "ann", SHOP)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429, 500, 503, 504})
  void refusesRequestsWithTheCodesThatServersSend(int code) {
    assertThat(new ApiFault.Reject("f", RequestMatch.any(), code, 1).code()).isEqualTo(code);
  }

  @Test
  void observesNothingUnlessToldTo() {
    ApiObserver observer = new ApiObserver() {};

    observer.committed(
        new ApiCommit(
            1, "ann", "create", SHOP, "", ApiCommit.Change.ADDED, null, Map.of("kind", "x")));
    observer.rejected(new ApiRejection("f", "ann", "create", SHOP, 409));
    ApiRequest request = new ApiRequest("create", "ann", "", "configmaps", "", SHOP);
    ApiFault fault = new ApiFault.Reject("f", RequestMatch.any(), 503, 1);
    observer.struck(new ApiFaultHit(fault, 1, Instant.EPOCH, 1, request, "refused"));
  }

  @Test
  void plansAreNotChangedByWhatIsDerivedFromThem() {
    EnvironmentPlan plan = EnvironmentPlan.of(Set.of());

    EnvironmentPlan derived =
        plan.withKind(Service.REDIS, "external").withPort(Service.REDIS, 6379);

    assertThat(plan.kinds()).isEmpty();
    assertThat(plan.ports()).isEmpty();
    assertThat(plan.services()).isEmpty();
    assertThat(derived.kinds()).containsExactly(Map.entry(Service.REDIS, "external"));
    assertThat(derived.ports()).containsExactly(Map.entry(Service.REDIS, 6379));
    assertThat(derived.providers()).isEqualTo(List.of());
  }
}
