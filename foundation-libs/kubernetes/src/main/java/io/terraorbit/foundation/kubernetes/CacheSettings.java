package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * How a cache behaves. Immutable, but for the state of {@code random}.
 *
 * @param minPause first pause after a failure; doubles with each failure in a row
 * @param maxPause longest pause after a failure
 * @param watchLife shortest time after which a watch is begun anew; the longest is twice that
 * @param random spreads pauses and watch lives; used on the cache's thread only
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record CacheSettings(
    Duration minPause,
    Duration maxPause,
    Duration watchLife,
    TimeSource time,
    RandomGenerator random,
    CacheObserver observer) {
  public CacheSettings {
    if (minPause.isNegative() || minPause.isZero() || maxPause.compareTo(minPause) < 0) {
      throw new IllegalArgumentException(
          "a cache needs 0 < minPause <= maxPause, got minPause=%s maxPause=%s"
              .formatted(minPause, maxPause));
    }
    if (watchLife.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("watchLife is a second or more, got " + watchLife);
    }
  }

  /** Pauses from 100 ms to 5 s, watches of five to ten minutes, nobody observes. */
  public static CacheSettings of(TimeSource time, RandomGenerator random) {
    return new CacheSettings(
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        Duration.ofMinutes(5),
        time,
        random,
        CacheObserver.NONE);
  }

  /** As {@link #of}, on the machine's clocks and with a seed taken from them. */
  public static CacheSettings system() {
    TimeSource time = TimeSource.system();
    return of(time, new SplittableRandom(time.nanoTime()));
  }

  public CacheSettings withPauses(Duration min, Duration max) {
    return new CacheSettings(min, max, watchLife, time, random, observer);
  }

  public CacheSettings withWatchLife(Duration life) {
    return new CacheSettings(minPause, maxPause, life, time, random, observer);
  }

  public CacheSettings withObserver(CacheObserver newObserver) {
    return new CacheSettings(minPause, maxPause, watchLife, time, random, newObserver);
  }
}
