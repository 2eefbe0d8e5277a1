package io.terraorbit.foundation.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API that is just good enough to test a client against: ConfigMaps, Namespaces and a
 * custom Gadget, with history, paging, watches, and answers that a test may script.
 */
final class FakeKubeServer implements AutoCloseable {
  /** One request as it arrived. */
  record Seen(String method, String path, Map<String, String> query, String body, String token) {}

  /** Answers in the server's place. */
  interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  final FakeHistory history = new FakeHistory();
  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Deque<Script> scripts = new ArrayDeque<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fake-kube");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpServer http;

  FakeKubeServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  KubeClientSettings settings() {
    return KubeClientSettings.of(url());
  }

  /** The next request that nobody else's script takes is answered by this one. */
  void script(Script script) {
    synchronized (scripts) {
      scripts.add(script);
    }
  }

  void script(int status, String contentType, String body) {
    script(exchange -> send(exchange, status, contentType, body.getBytes(StandardCharsets.UTF_8)));
  }

  void script(int status, String reason) {
    script(
        exchange ->
            send(
                exchange,
                status,
                "application/json",
                Json.write(FakeHistory.status(status, reason, "as scripted"))));
  }

  /** The next request's connection is cut without an answer. */
  void scriptCut() {
    script(
        exchange -> {
          throw new IOException("cut");
        });
  }

  Seen last() {
    return seen.get(seen.size() - 1);
  }

  @Override
  public void close() {
    history.close();
    http.stop(0);
    threads.shutdownNow();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void send(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    if (!contentType.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", contentType);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Seen request =
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            query(exchange.getRequestURI().getRawQuery()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    seen.add(request);
    Script script = nextScript();
    if (script != null) {
      script.answer(exchange);
    } else if (history.takeRefusal()) {
      send(exchange, 503, "text/plain", "refused".getBytes(StandardCharsets.UTF_8));
    } else if (request.query().containsKey("watch")) {
      FakeWatch.serve(exchange, request, history);
    } else {
      FakeHistory.Answer answer = history.answer(request);
      send(exchange, answer.status(), "application/json", Json.write(answer.body()));
    }
  }

  private @Nullable Script nextScript() {
    synchronized (scripts) {
      return scripts.poll();
    }
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int at = pair.indexOf('=');
        query.put(
            URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  static String version(Map<String, Object> object) {
    return Values.string(object, "metadata", "resourceVersion").orElseThrow();
  }
}
