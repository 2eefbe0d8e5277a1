package io.terraorbit.foundation.harness.embedded.internal.postgres;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Names of databases: readable, never given twice. Safe for many threads. */
final class DatabaseNames {
  /** Leaves room for the number within PostgreSQL's 63 bytes. */
  private static final int HINT_LENGTH = 44;

  private final AtomicLong given = new AtomicLong();
  private final Set<String> live = ConcurrentHashMap.newKeySet();

  String next(String hint) {
    String words = hint.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "");
    String readable = words.isEmpty() ? "db" : words;
    String name =
        "%s_%d"
            .formatted(
                readable.substring(0, Math.min(HINT_LENGTH, readable.length())),
                given.incrementAndGet());
    live.add(name);
    return name;
  }

  void requireOurs(String name) {
    if (!live.contains(name)) {
      throw new IllegalArgumentException(
          "no database '%s' was created here, or it was dropped already".formatted(name));
    }
  }

  void forget(String name) {
    live.remove(name);
  }
}
