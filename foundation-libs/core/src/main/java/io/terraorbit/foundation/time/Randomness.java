package io.terraorbit.foundation.time;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/** Where chance comes from when nobody asks for a run that can be repeated. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Randomness {
  private Randomness() {}

  /** A new generator with a seed of the machine's choice, for one thread at a time. */
  public static RandomGenerator system() {
    return new SplittableRandom();
  }

  /** A new generator that gives the same numbers for the same seed, for one thread at a time. */
  public static RandomGenerator seeded(long seed) {
    return new SplittableRandom(seed);
  }
}
