package io.terraorbit.foundation.harness.embedded.internal.redis;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Lends the logical databases of a server; number 0 stays with whoever selects none. Safe for many
 * threads.
 */
final class LogicalDatabases {
  private final Endpoint endpoint;
  private final int count;
  private final Duration patience;
  private final BlockingQueue<Integer> free = new LinkedBlockingQueue<>();
  private final Set<Integer> lent = ConcurrentHashMap.newKeySet();

  /**
   * Over a server that has {@code count} databases.
   *
   * @param patience how long a borrower waits for one to come free
   */
  LogicalDatabases(Endpoint endpoint, int count, Duration patience) {
    this.endpoint = endpoint;
    this.count = count;
    this.patience = patience;
    IntStream.range(1, count).forEach(free::add);
  }

  int acquire() {
    int database = take();
    try {
      flush(database); // whoever had it may have written after giving it back
    } catch (RuntimeException e) {
      free.add(database);
      throw e;
    }
    lent.add(database);
    return database;
  }

  void release(int database) {
    if (!lent.remove(database)) {
      throw new IllegalArgumentException("the logical database %d is not lent".formatted(database));
    }
    try {
      flush(database);
    } finally {
      free.add(database);
    }
  }

  private int take() {
    try {
      Integer database = free.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (database != null) {
        return database;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AppException.of(
          ErrorKind.CANCELLED,
          "ENV_REDIS_WAIT_INTERRUPTED",
          "the wait for a logical Redis database was interrupted",
          "",
          "Ask again if it is still wanted.");
    }
    throw AppException.of(
        ErrorKind.UNAVAILABLE,
        "ENV_REDIS_EXHAUSTED",
        "all %d logical Redis databases are lent, and none came back within %d ms"
            .formatted(count - 1, patience.toMillis()),
        "Each test has one, and gives it back at its end",
        "Run fewer tests at once, or release what was acquired.");
  }

  private void flush(int database) {
    try (RespConnection connection = RespConnection.open(endpoint)) {
      connection.call("SELECT", Integer.toString(database));
      connection.call("FLUSHDB");
    } catch (IOException e) {
      throw new AppException(
          new AppError(
              ErrorKind.UNAVAILABLE,
              "ENV_REDIS_UNREACHABLE",
              "Redis on %s does not empty the logical database %d: %s"
                  .formatted(endpoint, database, e.getMessage()),
              "",
              "See whether the server still runs, and the end of its log."),
          e);
    }
  }
}
