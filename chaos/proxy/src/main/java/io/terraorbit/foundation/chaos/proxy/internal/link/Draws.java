package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.terraorbit.foundation.time.Randomness;
import java.util.random.RandomGenerator;

/**
 * All chance of a server, split from one seed by names and numbers that are the same in every run,
 * so that neither timing nor the order of unrelated draws changes what a connection meets.
 */
public record Draws(long seed) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** The generator for one toxic on one connection, always in the same state. */
  public RandomGenerator generator(String proxy, long connection, StagePlan plan) {
    long key = mix(seed ^ hash(proxy));
    key = mix(key ^ connection);
    key = mix(key ^ (plan.upstream() ? 1 : 2));
    key = mix(key ^ hash(plan.toxic()));
    return Randomness.seeded(mix(key ^ plan.epoch()));
  }

  /** FNV-1a over the characters. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
