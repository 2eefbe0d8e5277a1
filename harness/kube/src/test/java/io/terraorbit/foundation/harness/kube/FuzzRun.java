package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Sends made-up requests to a server and judges its answers. */
final class FuzzRun {
  /** What a real server, too, answers with 500 and calls an internal error. */
  private static final Set<String> STATED =
      Set.of(
          "Internal error occurred: the spec replicas field \"",
          "Internal error occurred: requested impersonation without impersonating a user");

  private final long seed;
  private final Fuzz fuzz;
  private final Map<String, String> faults = new TreeMap<>();
  private final Map<Integer, Integer> codes = new TreeMap<>();

  FuzzRun(long seed) {
    this.seed = seed;
    this.fuzz = new Fuzz(new SplittableRandom(seed));
  }

  /** Sends requests for as long as wanted, and a few on a socket, byte by byte. */
  void play(BooleanSupplier goOn) throws IOException {
    try (KubeApiServer server =
        KubeApiServer.builder()
            .random(new SplittableRandom(seed))
            .futureRevisionWait(Duration.ofMillis(1))
            .revisionsKept(200)
            .start()) {
      InProcessApi api = server.inProcess("fuzzer");
      for (int i = 0; goOn.getAsBoolean(); i++) {
        judge(api, fuzz.request());
        if (i % 50 == 0) {
          damage(server, fuzz.bytes());
        }
      }
      assertThat(faults).as("seed %d", seed).isEmpty();
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (server.openWatches() > 0) {
        assertThat(System.nanoTime()).as("watches are left, seed %d", seed).isLessThan(deadline);
        Thread.onSpinWait();
      }
      assertThat(new Api(server, "tester").get("/readyz").text()).isEqualTo("ok");
    }
  }

  /** How often each code was the answer. */
  Map<Integer, Integer> codes() {
    return codes;
  }

  private void judge(InProcessApi api, InProcessApi.Request request) throws IOException {
    try (InProcessApi.Answer answer = api.send(request)) {
      codes.merge(answer.code(), 1, Integer::sum);
      if (answer.code() < 500 || Set.of(501, 503, 504).contains(answer.code())) {
        return;
      }
      String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
      if (body.isEmpty() && request.method().equals("HEAD")) {
        return; // it has no body to say more
      }
      Map<String, Object> status = Json.readObject(body);
      String message = Values.string(status, "message").orElse(body);
      // Without a reason it is a refusal that a real server words so; a defect says InternalError.
      boolean refusal = answer.code() == 500 && Values.string(status, "reason").isEmpty();
      if (!refusal && STATED.stream().noneMatch(message::startsWith)) {
        faults.putIfAbsent(
            answer.code() + " " + message,
            "%s %s %s %s"
                .formatted(
                    request.method(),
                    request.target(),
                    request.headers(),
                    new String(request.body(), StandardCharsets.UTF_8)));
      }
    }
  }

  /** Sends bytes and hangs up: what matters is what is left behind. */
  private static void damage(KubeApiServer server, byte[] bytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.url().getPort())) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.setSoTimeout(20);
      try {
        byte[] start = new byte[64];
        socket.getInputStream().read(start);
      } catch (IOException e) {
        // It hung up, or has nothing to say.
      }
    }
  }
}
