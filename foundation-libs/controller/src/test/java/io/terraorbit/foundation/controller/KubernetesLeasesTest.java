package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.kubernetes.KubeClient;
import io.terraorbit.foundation.kubernetes.KubeClientSettings;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KubernetesLeasesTest {
  private static final ObjectKey KEY = new ObjectKey("default", "test");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");

  private final ResourceClient<Lease> client = new FakeApi().client(Lease.class);
  private final LeaseStore store = new KubernetesLeases(client, KEY);
  private final LeaseStore other = new KubernetesLeases(client, KEY);

  @Test
  void writesWhatTheApiAsksFor() {
    store.tryCreate(record("a", Duration.ofMillis(1500)));
    String json = new KubernetesSerialization().asJson(client.get(KEY).getSpec());
    assertThat(json)
        .contains("\"acquireTime\":\"2026-01-02T03:04:05.123456Z\"")
        .contains("\"renewTime\":\"2026-01-02T03:04:05.123456Z\"")
        .contains("\"holderIdentity\":\"a\"")
        .contains("\"leaseDurationSeconds\":2")
        .contains("\"leaseTransitions\":3");
  }

  @Test
  void readsBackWhatItWrote() {
    assertThat(store.fetch()).isEmpty();
    StoredLease written = store.tryCreate(record("a", Duration.ofSeconds(15))).orElseThrow();
    assertThat(other.fetch()).contains(written);
    assertThat(written.record())
        .isEqualTo(
            new LeaseRecord(
                "a",
                Duration.ofSeconds(15),
                3,
                Instant.parse("2026-01-02T03:04:05.123456Z"),
                Instant.parse("2026-01-02T03:04:05.123456Z")));
  }

  @Test
  void aReleasedLeaseHasNoHolderAndLastsASecond() {
    StoredLease written = store.tryCreate(record("a", Duration.ofSeconds(15))).orElseThrow();
    StoredLease released = store.tryReplace(written, record("", Duration.ZERO)).orElseThrow();
    assertThat(client.get(KEY).getSpec().getHolderIdentity()).isNull();
    assertThat(released.record().free()).isTrue();
    assertThat(released.record().duration()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void saysWhenSomebodyElseWasFaster() {
    StoredLease written = store.tryCreate(record("a", Duration.ofSeconds(15))).orElseThrow();
    assertThat(other.tryCreate(record("b", Duration.ofSeconds(15)))).isEmpty();
    StoredLease seen = other.fetch().orElseThrow();
    assertThat(other.tryReplace(seen, record("b", Duration.ofSeconds(15)))).isPresent();
    assertThat(store.tryReplace(written, record("a", Duration.ofSeconds(15)))).isEmpty();
    StoredLease latest = store.fetch().orElseThrow();
    client.delete(KEY);
    assertThat(store.tryReplace(latest, record("a", Duration.ofSeconds(15)))).isEmpty();
  }

  @Test
  void keepsTheLabelsThatOthersPutOn() {
    store.tryCreate(record("a", Duration.ofSeconds(15)));
    client.mergePatch(KEY, Map.of("metadata", Map.of("labels", Map.of("team", "x"))));
    StoredLease seen = store.fetch().orElseThrow();
    store.tryReplace(seen, record("a", Duration.ofSeconds(15)));
    assertThat(client.get(KEY).getMetadata().getLabels()).containsEntry("team", "x");
  }

  @Test
  void readsALeaseWithoutASpecAsFree() {
    client.create(
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("test")
            .endMetadata()
            .build());
    assertThat(store.fetch().orElseThrow().record())
        .isEqualTo(new LeaseRecord("", Duration.ZERO, 0, Instant.EPOCH, Instant.EPOCH));
    client.mergePatch(KEY, Map.of("spec", Map.of("strategy", "OldestEmulationVersion")));
    assertThat(store.fetch().orElseThrow().record())
        .isEqualTo(new LeaseRecord("", Duration.ZERO, 0, Instant.EPOCH, Instant.EPOCH));
  }

  @Test
  void replacesOnlyWhatItReadLast() {
    StoredLease written = store.tryCreate(record("a", Duration.ofSeconds(15))).orElseThrow();
    assertThatThrownBy(() -> other.tryReplace(written, record("b", Duration.ofSeconds(15))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("only the lease that was read last can be replaced, got ");
  }

  @Test
  void passesOtherFailuresOn() {
    FakeApi api = new FakeApi();
    LeaseStore cut = new KubernetesLeases(api.client(Lease.class), KEY);
    api.abandon();
    assertThatThrownBy(() -> cut.tryCreate(record("a", Duration.ofSeconds(15))))
        .isInstanceOf(AppException.class)
        .hasMessageContaining("KUBE_CLIENT_CLOSED");
  }

  @Test
  @SuppressWarnings("unchecked")
  void needsVersionsThatAreNumbers() {
    Lease opaque =
        new LeaseBuilder().withNewMetadata().withResourceVersion("x7f").endMetadata().build();
    ResourceClient<Lease> strange =
        (ResourceClient<Lease>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ResourceClient.class},
                (proxy, method, arguments) -> Optional.of(opaque));
    LeaseStore odd = new KubernetesLeases(strange, KEY);
    assertThatThrownBy(odd::fetch)
        .hasMessage(
            ("LEASE_VERSION_OPAQUE: lease 'default/test' has the resource version 'x7f'."
                    + " Leader election needs versions that are decimal numbers and only rise.%n"
                    + "Elect on an API that follows KEP-5504.")
                .formatted());
  }

  @Test
  void isMadeFromAClient() {
    try (KubeClient unused = KubeClient.connect(KubeClientSettings.of("http://127.0.0.1:1"))) {
      assertThat(LeaseStore.kubernetes(unused, KEY)).isInstanceOf(KubernetesLeases.class);
    }
  }

  private static LeaseRecord record(String holder, Duration duration) {
    return new LeaseRecord(holder, duration, 3, NOW, NOW);
  }
}
