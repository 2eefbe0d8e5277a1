package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.Fixtures.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.terraorbit.foundation.time.VirtualTime;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesOfTheApiTest {
  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {"abc", "-1", "1.5", "0x1", "٣", "1234567890123456789012345678901234567890"})
  void takesOnlyDecimalNumbersForVersions(String text) {
    assertThat(ResourceVersion.parse(text)).isEmpty();
  }

  @Test
  void comparesVersionsAsNumbers() {
    ResourceVersion nine = ResourceVersion.parse("9").orElseThrow();
    ResourceVersion ten = ResourceVersion.parse("10").orElseThrow();
    ResourceVersion huge =
        ResourceVersion.parse("340282366920938463463374607431768211455").orElseThrow();

    assertThat(nine).isLessThan(ten).isEqualTo(ResourceVersion.of(9)).hasToString("9");
    assertThat(huge).isGreaterThan(ten);
    assertThat(ResourceVersion.of(new ConfigMap())).isEmpty();
    assertThat(ResourceVersion.of(configMap("a", "red"))).isEmpty();
    assertThatThrownBy(() -> new ResourceVersion(BigInteger.valueOf(-1)))
        .hasMessage("a resource version is zero or more, got -1");
  }

  @Test
  void namesObjectsByKey() {
    assertThat(ObjectKey.of(configMap("a", "red"))).hasToString("team-a/a");
    assertThat(
            ObjectKey.of(
                new NamespaceBuilder().withNewMetadata().withName("n").endMetadata().build()))
        .isEqualTo(ObjectKey.cluster("n"))
        .hasToString("n");
    assertThatThrownBy(() -> ObjectKey.of(new ConfigMap()))
        .hasMessage("an object needs metadata.name, got a ConfigMap without");
    assertThatThrownBy(() -> ObjectKey.of(configMap("", "red")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesSettingsThatCannotWork() {
    assertThatThrownBy(() -> Query.of().limit(-1)).hasMessage("a limit is zero or more, got -1");
    CacheSettings settings = CacheSettings.of(new VirtualTime(), new Random(1));
    assertThatThrownBy(() -> settings.withPauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessage("a cache needs 0 < minPause <= maxPause, got minPause=PT2S maxPause=PT1S");
    assertThatThrownBy(() -> settings.withPauses(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings.withPauses(Duration.ofMillis(-1), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings.withWatchLife(Duration.ofMillis(999)))
        .hasMessage("watchLife is a second or more, got PT0.999S");
    assertThat(CacheSettings.system().minPause()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void pausesDoubleUpToTheirBoundAndNeverBeyond() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new SplittableRandom(7));
    for (int i = 0; i < 200; i++) {
      assertThat(backoff.after(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
      assertThat(backoff.after(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
      assertThat(backoff.after(1_000_000))
          .isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
    }
  }
}
