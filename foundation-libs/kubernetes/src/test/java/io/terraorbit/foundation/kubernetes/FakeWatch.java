package io.terraorbit.foundation.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.kubernetes.FakeKubeServer.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Serves one watch of a fake server until it is interrupted. */
final class FakeWatch {
  private FakeWatch() {}

  static void serve(HttpExchange exchange, Seen request, FakeHistory history) throws IOException {
    String plural = FakeHistory.Target.of(request.path()).plural();
    long from = Long.parseLong(request.query().get("resourceVersion"));
    long before = history.begin();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    if (history.forgotten(from)) {
      expire(out);
    } else {
      follow(out, history, plural, from, before);
    }
    exchange.close();
  }

  private static void follow(
      OutputStream out, FakeHistory history, String plural, long from, long before)
      throws IOException {
    long position = from;
    while (true) {
      for (FakeHistory.Event event : history.after(plural, position, before)) {
        switch (event.type()) {
          case "end" -> {
            return;
          }
          case "cut" -> {
            // In the middle of a line; the exception drops the connection without the last chunk.
            out.write("{\"type\":\"ADD".getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw new IOException("cut");
          }
          case "expire" -> {
            expire(out);
            return;
          }
          case "noise" -> {
            out.write("<html>\n".getBytes(StandardCharsets.UTF_8));
            return;
          }
          default -> {
            line(out, event.type(), event.object());
            if (history.takeDuplicate()) {
              line(out, event.type(), event.object());
            }
            position = event.version();
          }
        }
      }
    }
  }

  private static void expire(OutputStream out) throws IOException {
    line(out, "ERROR", FakeHistory.status(410, "Expired", "too old resource version: 5 (200)"));
  }

  private static void line(OutputStream out, String type, Map<String, Object> object)
      throws IOException {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", type);
    event.put("object", object);
    out.write(Json.write(event));
    out.write('\n');
    out.flush();
  }
}
