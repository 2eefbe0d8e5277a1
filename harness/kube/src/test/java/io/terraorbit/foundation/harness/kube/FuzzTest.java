package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short version; {@link FuzzStress} takes new seeds and more time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTest {
  private static final int REQUESTS = 1_500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noRequestBreaksTheServer(long seed) throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    AtomicInteger left = new AtomicInteger(REQUESTS);

    FuzzRun run = new FuzzRun(seed);
    run.play(() -> left.getAndDecrement() > 0);

    assertThat(run.codes()).as("else it was too tame").containsKeys(200, 201, 400, 404, 409, 422);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!threads(before).isEmpty()) {
      assertThat(System.nanoTime()).as("%s", threads(before)).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static Set<String> threads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("foundation-kube"))
        .collect(Collectors.toSet());
  }
}
