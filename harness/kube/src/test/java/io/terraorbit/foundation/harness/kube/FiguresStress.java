package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.store.Origin;
import io.terraorbit.foundation.harness.kube.internal.store.Retention;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Measures what the README states, and prints it. */
class FiguresStress {
  private static final int PODS = 10_000;
  private static final int ROUNDS = 2_000;
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"pod-%d","labels":{"app":"web",\
      "pod-template-hash":"5d9c7b9c6b"},"annotations":{"team":"a"}},"spec":{"containers":[\
      {"name":"web","image":"registry.example/web:1.2.3","ports":[{"containerPort":8080}],\
      "env":[{"name":"MODE","value":"test"}],"resources":{"requests":{"cpu":"100m",\
      "memory":"128Mi"}}}]}}""";

  @Test
  void memoryOfAPodAndOfARevision() throws Exception {
    try (KubeApiServer server = KubeApiServer.builder().revisionsKept(100_000).start()) {
      InProcessApi api = server.inProcess("tester");
      long start = used();
      for (int i = 0; i < PODS; i++) {
        send(api, "POST", "/api/v1/namespaces/default/pods", "application/json", POD.formatted(i));
      }
      long made = used();
      for (int i = 0; i < PODS; i++) {
        send(
            api,
            "PATCH",
            "/api/v1/namespaces/default/pods/pod-" + i + "/status",
            "application/merge-patch+json",
            "{\"status\":{\"phase\":\"Running\",\"podIP\":\"10.0.0.1\"}}");
      }
      long changed = used();
      long forkNanos = System.nanoTime();
      server.fork(server.revision() - PODS).close();
      forkNanos = System.nanoTime() - forkNanos;
      System.out.printf(
          "memory: %,d bytes per Pod with its first revision, %,d per later revision;"
              + " %,d MiB for %,d Pods twice; a server forked and closed in %.1f ms%n",
          (made - start) / PODS,
          (changed - made) / PODS,
          (changed - start) >> 20,
          PODS,
          forkNanos / 1e6);
      assertThat((made - start) / PODS).isLessThan(20_000);
      assertThat((changed - made) / PODS).isLessThan(20_000);
    }
  }

  @Test
  void forksOfTheStoreAlone() {
    RevisionStore<String> store = new RevisionStore<>(Retention.of(PODS));
    Origin origin = new Origin("u", "create", "");
    for (int i = 0; i < PODS; i++) {
      String key = "/core/pods/default/pod-" + i;
      store.write(tx -> tx.put(key, revision -> key, origin));
    }
    long[] nanos = new long[ROUNDS];
    long size = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      size += store.fork(store.revision() - i).latest().size();
      nanos[i] = System.nanoTime() - begin;
    }
    System.out.printf("store: fork at any of %,d revisions %s (%,d)%n", PODS, spread(nanos), size);
    assertThat(median(nanos)).isLessThan(1_000_000);
  }

  @Test
  void latencyWithAndWithoutASocket() throws Exception {
    try (KubeApiServer server = KubeApiServer.start()) {
      InProcessApi direct = server.inProcess("tester");
      Api wire = new Api(server, "tester");
      wire.post(Api.CONFIG_MAPS, Api.configMap("kept", "v"));
      for (int round = 0; round < 3; round++) {
        print("get, in process", time(i -> read(direct, Api.CONFIG_MAPS + "/kept")));
        print("get, socket", time(i -> wire.get(Api.CONFIG_MAPS + "/kept")));
        String name = "r" + round;
        print(
            "create, in process",
            time(
                i ->
                    send(
                        direct,
                        "POST",
                        Api.CONFIG_MAPS,
                        "application/json",
                        Api.configMap(name + "-d" + i, "v"))));
        print(
            "create, socket",
            time(i -> wire.post(Api.CONFIG_MAPS, Api.configMap(name + "-w" + i, "v"))));
        String query = Api.CONFIG_MAPS + "?watch=1&resourceVersion=" + server.revision();
        try (InProcessApi.Answer watch = direct.send(InProcessApi.Request.get(query))) {
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8));
          print(
              "create seen by a watch, in process",
              time(
                  i -> {
                    send(
                        direct,
                        "POST",
                        Api.CONFIG_MAPS,
                        "application/json",
                        Api.configMap(name + "-x" + i, "v"));
                    lines.readLine();
                  }));
        }
        try (Api.Watch watch =
            wire.watch(Api.CONFIG_MAPS + "?resourceVersion=" + server.revision())) {
          print(
              "create seen by a watch, socket",
              time(
                  i -> {
                    wire.post(Api.CONFIG_MAPS, Api.configMap(name + "-y" + i, "v"));
                    watch.next();
                  }));
        }
      }
    }
  }

  private static long[] time(Step step) throws IOException {
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      step.run(i);
      nanos[i] = System.nanoTime() - begin;
    }
    return nanos;
  }

  private static void print(String what, long[] nanos) {
    System.out.printf("latency: %-36s %s%n", what, spread(nanos));
    assertThat(median(nanos)).isLessThan(100_000_000);
  }

  private static String spread(long[] nanos) {
    Arrays.sort(nanos);
    return "median %.3f ms, p99 %.3f ms"
        .formatted(median(nanos) / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
  }

  private static long median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static void read(InProcessApi api, String target) throws IOException {
    try (InProcessApi.Answer answer = api.send(InProcessApi.Request.get(target))) {
      answer.body().readAllBytes();
    }
  }

  private static void send(InProcessApi api, String method, String target, String type, String body)
      throws IOException {
    try (InProcessApi.Answer answer =
        api.send(
            new InProcessApi.Request(
                method,
                target,
                Map.of("Content-Type", type),
                body.getBytes(StandardCharsets.UTF_8)))) {
      assertThat(answer.code()).isLessThan(300);
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private interface Step {
    void run(int i) throws IOException;
  }
}
