package io.terraorbit.foundation.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Carries requests to a Kubernetes API and brings the answers back, in place of connections of the
 * client's own: to a server in the same process, for example. Safe for many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface KubeTransport {
  /**
   * Carries a request, once; blocks until there is an answer.
   *
   * @throws IOException if the request cannot be carried, or its answer was lost
   */
  Answer send(Request request) throws IOException;

  /**
   * A request.
   *
   * @param target path and query, encoded as in a URL
   * @param headers the last value of each
   * @param body empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(String method, String target, Map<String, String> headers, byte[] body) {
    public Request {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * An answer.
   *
   * @param headers in order
   * @param body of a watch, ends with the watch; closed by the client, from any thread, which ends
   *     a read that waits
   */
  record Answer(int status, List<Map.Entry<String, String>> headers, InputStream body) {
    public Answer {
      headers = List.copyOf(headers);
    }
  }
}
