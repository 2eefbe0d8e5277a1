package io.terraorbit.foundation.harness.kube;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** As {@link FuzzTest} with new seeds, for the seconds of the property {@code stress.seconds}. */
class FuzzStress {
  private static final int REQUESTS = 20_000;

  @Test
  void noRequestBreaksTheServer() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong("stress.seconds", 60)).toNanos();
    SplittableRandom seeds = new SplittableRandom(Long.getLong("stress.seed", System.nanoTime()));
    do {
      long seed = seeds.nextLong();
      System.out.println("FuzzStress: seed " + seed);
      int[] left = {REQUESTS};
      new FuzzRun(seed).play(() -> left[0]-- > 0 && System.nanoTime() < end);
    } while (System.nanoTime() < end);
  }
}
