package io.terraorbit.foundation.benchmarks;

import io.terraorbit.foundation.harness.kube.InProcessApi;
import io.terraorbit.foundation.harness.kube.KubeApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What no ratio says: how late watchers hear of a write, and what ten thousand Pods weigh. Printed
 * beside what we aim at; the figures are of the machine and its load, so none is a gate.
 */
public final class KubeFigures {
  private static final String WATCH = Caller.MAPS + "?watch=true&labelSelector=app%3Dbench";
  private static final int PODS = 10_000;

  private KubeFigures() {}

  /** Prints the figures; takes no arguments. */
  public static void main(String[] args) throws Exception {
    System.out.printf("%n%-52s %10s  %s%n", "figures of our server", "measured", "aim");
    System.out.printf(
        Locale.ROOT,
        "%-52s %7.0f ms  under 700 ms%n",
        "start to first answer, fresh process",
        FreshProcess.median());
    fanOut("watch, 100 in process, a write each 10 ms", 100, 500, 10_000_000, false, 0.99, 20);
    fanOut("watch, 10 over HTTP, 200 writes/s", 10, 1_000, 5_000_000, true, 0.95, 10);
    weigh();
    String real = System.getenv("FOUNDATION_CONTRACT_KUBECONFIG");
    if (real != null && !real.isEmpty()) {
      BesideReal.print(Path.of(real));
    }
  }

  private static void fanOut(
      String name, int watchers, int writes, long gap, boolean http, double part, int aim)
      throws Exception {
    try (KubeApiServer server = KubeApiServer.start()) {
      InProcessApi api = server.inProcess("bench");
      CountDownLatch open = new CountDownLatch(watchers);
      CountDownLatch done = new CountDownLatch(watchers);
      long[][] delays = new long[watchers][writes];
      ExecutorService threads = Executors.newCachedThreadPool(KubeFigures::daemon);
      HttpClient client =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
      for (int i = 0; i < watchers; i++) {
        long[] mine = delays[i];
        threads.execute(
            () -> {
              try {
                if (http) {
                  overHttp(client, server, open, mine);
                } else {
                  inProcess(api, open, mine);
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              } finally {
                done.countDown();
              }
            });
      }
      open.await();
      write(api, writes, gap);
      if (!done.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not all watchers have seen all events");
      }
      threads.shutdownNow();
      long[] sorted = Arrays.stream(delays).flatMapToLong(LongStream::of).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%-52s %7.2f ms  p%.0f under %d ms%n",
          name,
          sorted[(int) (sorted.length * part)] / 1e6,
          part * 100,
          aim);
    }
  }

  private static void inProcess(InProcessApi api, CountDownLatch open, long[] delays)
      throws IOException {
    try (InProcessApi.Answer answer = api.send(InProcessApi.Request.get(WATCH));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      open.countDown();
      for (int i = 0; i < delays.length; i++) {
        delays[i] = age(lines.readLine());
      }
    }
  }

  private static void overHttp(
      HttpClient client, KubeApiServer server, CountDownLatch open, long[] delays)
      throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + server.url().getPort()).resolve(WATCH);
    try (Stream<String> lines =
        client
            .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofLines())
            .body()) {
      open.countDown();
      int i = 0;
      for (var each = lines.iterator(); i < delays.length; i++) {
        delays[i] = age(each.next());
      }
    }
  }

  /** Each write carries the time at which it was begun. */
  private static void write(InProcessApi api, int writes, long gap) throws IOException {
    long due = System.nanoTime();
    for (int i = 0; i < writes; i++) {
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      due += gap;
      post(api, Caller.MAPS, Caller.configMap("made-" + i, Long.toString(System.nanoTime())));
    }
  }

  private static long age(String line) {
    String key = "\"k\":\"";
    int start = line.indexOf(key) + key.length();
    return System.nanoTime() - Long.parseLong(line.substring(start, line.indexOf('"', start)));
  }

  private static void weigh() throws IOException {
    long before = used();
    try (KubeApiServer server = KubeApiServer.start()) {
      InProcessApi api = server.inProcess("bench");
      for (int i = 0; i < PODS; i++) {
        post(api, Caller.PODS, Caller.pod(i));
      }
      long after = used();
      System.out.printf(
          Locale.ROOT,
          "%-52s %6.1f MiB  %.1f KiB each, %d revisions kept%n",
          "memory for 10,000 Pods",
          (after - before) / 1048576.0,
          (after - before) / 1024.0 / PODS,
          server.revision());
    }
  }

  private static long used() {
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      System.gc();
      seen.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return seen.stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  private static void post(InProcessApi api, String path, String body) throws IOException {
    try (InProcessApi.Answer answer =
        api.send(
            new InProcessApi.Request(
                "POST",
                path,
                Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)))) {
      if (answer.code() != 201) {
        throw new IllegalStateException(
            "%d %s"
                .formatted(
                    answer.code(),
                    new String(answer.body().readAllBytes(), StandardCharsets.UTF_8)));
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "watcher");
    thread.setDaemon(true);
    return thread;
  }
}
