package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import java.util.concurrent.TimeUnit;

/** Durations as callers give them, made harmless: never negative, never near overflow. */
final class Spans {
  private static final long TEN_YEARS_IN_MILLIS = TimeUnit.DAYS.toMillis(3650);

  private Spans() {}

  static long millis(long given) {
    return Math.max(0, Math.min(given, TEN_YEARS_IN_MILLIS));
  }

  static long millisToNanos(long given) {
    return TimeUnit.MILLISECONDS.toNanos(millis(given));
  }

  static long microsToNanos(long given) {
    return TimeUnit.MICROSECONDS.toNanos(
        Math.max(0, Math.min(given, TimeUnit.MILLISECONDS.toMicros(TEN_YEARS_IN_MILLIS))));
  }
}
