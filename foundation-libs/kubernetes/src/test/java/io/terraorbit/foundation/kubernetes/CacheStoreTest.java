package io.terraorbit.foundation.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a list and the events after it may tell twice, or in an order that nobody would choose. */
class CacheStoreTest {
  private final CacheStore<ConfigMap> store = new CacheStore<>();

  @Test
  void takesNoEventAboutAnObjectThatTheListHadNewerThanItself() {
    store.replace(List.of(at(120)), version(118));

    assertThat(store.put(at(119), version(119))).isEmpty();
    assertThat(store.put(at(120), version(120))).isEmpty();
    assertThat(store.list()).containsExactly(at(120));
    assertThat(store.observed()).contains(version(120));
  }

  @Test
  void keepsAnObjectThatWasMadeAnewAfterTheDeletionThatIsToldLate() {
    store.replace(List.of(at(120)), version(118));

    assertThat(store.remove(at(110), version(119))).isEmpty();
    assertThat(store.list()).containsExactly(at(120));
  }

  @Test
  void takesWhatIsNewer() {
    store.replace(List.of(at(120)), version(118));

    assertThat(store.put(at(121), version(121))).hasSize(1);
    assertThat(store.remove(at(121), version(122))).hasSize(1);
    assertThat(store.list()).isEmpty();
  }

  private static ConfigMap at(int version) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("team-a")
        .withName("a")
        .withResourceVersion(String.valueOf(version))
        .endMetadata()
        .build();
  }

  private static ResourceVersion version(int value) {
    return new ResourceVersion(BigInteger.valueOf(value));
  }
}
