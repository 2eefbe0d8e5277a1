package io.terraorbit.foundation.harness.environment;

import io.terraorbit.foundation.time.Randomness;
import org.apiguardian.api.API;

/**
 * Which of the requests that match a fault are hit, by their number: the first to match is 1. The
 * same for every run: chance comes from the seed and the number alone. Immutable.
 *
 * @param from the first that may be hit; 1 or more
 * @param to the last that may be hit; not less than {@code from}
 * @param every of those every n-th, beginning with {@code from}; 1 or more
 * @param probability of those a share, by chance; above 0, at most 1
 * @param seed of the chance
 * @param limit how many are hit at most; 1 or more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record CallSelection(
    long from, long to, long every, double probability, long seed, long limit) {
  private static final long NO_END = Long.MAX_VALUE;
  private static final CallSelection ALL = new CallSelection(1, NO_END, 1, 1, 0, NO_END);

  public CallSelection {
    if (from < 1 || to < from || every < 1) {
      throw Mistake.of(
          "FAULT_SELECTION_EMPTY",
          "a fault is to hit the calls %d to %d, every %d.".formatted(from, to, every),
          "Calls are numbered from 1, and at least one must be among those",
          "Choose 1 <= from <= to and every >= 1.");
    }
    if (!(probability > 0 && probability <= 1)) {
      throw Mistake.of(
          "FAULT_PROBABILITY_OUT_OF_RANGE",
          "a fault is to hit with probability %s".formatted(probability),
          "It is above 0 and at most 1",
          "Choose a probability in this range, or leave the fault out.");
    }
    if (limit < 1) {
      throw Mistake.of(
          "FAULT_LIMIT_TOO_SMALL",
          "a fault is to act %d times".formatted(limit),
          "A fault acts once or more",
          "Give a count of 1 or more, or leave the fault out.");
    }
  }

  /** Every call. */
  public static CallSelection all() {
    return ALL;
  }

  /** Only the n-th call. */
  public static CallSelection nth(long n) {
    return between(n, n);
  }

  /** The first calls. */
  public static CallSelection first(long count) {
    return ALL.atMost(count);
  }

  /** Every n-th call, beginning with the n-th. */
  public static CallSelection every(long n) {
    return new CallSelection(n, NO_END, n, 1, 0, NO_END);
  }

  /** The calls from one to another, both included. */
  public static CallSelection between(long from, long to) {
    return new CallSelection(from, to, 1, 1, 0, NO_END);
  }

  /** Of these calls a share by chance, always the same for the same seed. */
  public CallSelection withProbability(double newProbability, long newSeed) {
    return new CallSelection(from, to, every, newProbability, newSeed, limit);
  }

  /** Of these calls the first ones. */
  public CallSelection atMost(long newLimit) {
    return new CallSelection(from, to, every, probability, seed, newLimit);
  }

  /** Whether a call is to be hit, the limit aside. */
  public boolean picks(long call) {
    return call >= from
        && call <= to
        && (call - from) % every == 0
        && (probability == 1 || Randomness.seeded(mixed(call)).nextDouble() < probability);
  }

  /** Spreads neighbouring numbers far apart, as MurmurHash3's finalizer does. */
  private long mixed(long call) {
    long mixed = seed * 0x9E3779B97F4A7C15L + call;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
