package io.terraorbit.foundation.harness.environment;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A server that runs, and that whoever started it closes. Safe for many threads.
 *
 * <p>Each service has its own sub-interface with what its users need.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Backend extends AutoCloseable {
  Service service();

  /** How it runs: {@code embedded}, {@code containers} or {@code external}. */
  String kind();

  /** The server's own version, such as {@code 17.11}. */
  String version();

  /** Where it listens, with no fault proxy between. */
  Endpoint endpoint();

  /** The last lines of the server's log, oldest first; empty when it keeps none. */
  default List<String> logTail(int lines) {
    return List.of();
  }

  /** Stops the server and removes what it left behind. Idempotent, and done within 5 s. */
  @Override
  void close();
}
