package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.harness.kube.internal.http.InProcess;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * A server's API for one user without a socket: HTTP's requests and answers as values, with the
 * same headers and the same bytes as over the wire. A request is served on the thread that brings
 * it. For clients that can be given a transport of one's own. Safe for many threads; ends with its
 * server.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class InProcessApi {
  private final InProcess server;
  private final String token;

  InProcessApi(InProcess server, String token) {
    this.server = server;
    this.token = token;
  }

  /**
   * Serves a request; one without the header {@code Authorization} is the user's.
   *
   * @throws IOException where a client on the wire would see its connection drop: the user was cut
   *     off, a fault says so, or the server is closed
   */
  public Answer send(Request request) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("authorization", "Bearer " + token);
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    InProcess.Answered answered =
        server.send(request.method(), request.target(), headers, request.body());
    return new Answer(answered.code(), answered.headers(), answered.body());
  }

  /**
   * A request.
   *
   * @param method such as {@code GET}
   * @param target path and query, encoded as in a URL
   * @param headers of each name one, by a name in any case
   * @param body empty for none; not to be changed afterwards
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Request(String method, String target, Map<String, String> headers, byte[] body) {
    public Request {
      headers = Map.copyOf(headers);
    }

    public static Request get(String target) {
      return new Request("GET", target, Map.of(), new byte[0]);
    }
  }

  /**
   * An answer. Whoever gets it closes it.
   *
   * @param headers in order, several of a name among them
   * @param body all there, but for a watch: then a line of JSON for each event as it happens, until
   *     the watch ends or this is closed, by any thread; a read waits for the next event, and
   *     throws where a client on the wire would see its connection drop
   */
  public record Answer(int code, List<Map.Entry<String, String>> headers, InputStream body)
      implements AutoCloseable {
    public Answer {
      headers = List.copyOf(headers);
    }

    /** The first value of a header; empty when there is none. */
    public String header(String name) {
      return headers.stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("");
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
