package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.time.TimeSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What the server makes up: names, uids, times. Used under the store's lock only. */
final class Identity {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX = 5;

  private final TimeSource time;
  private final RandomGenerator random;

  Identity(TimeSource time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  String uid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  String name(String base) {
    int kept = Math.min(base.length(), Names.MAX_GENERATED_BASE);
    StringBuilder name = new StringBuilder(base.substring(0, kept));
    for (int i = 0; i < SUFFIX; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }

  /** Now, in whole seconds, as RFC 3339. */
  String now() {
    return later(0);
  }

  String later(long seconds) {
    return time.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
