package io.terraorbit.foundation.time;

import java.time.Instant;

/** The only class that reads the machine's clocks. */
enum SystemTime implements TimeSource {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }
}
