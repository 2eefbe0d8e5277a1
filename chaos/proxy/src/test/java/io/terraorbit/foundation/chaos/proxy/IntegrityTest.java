package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IntegrityTest {
  /** Both ends block; since JDK 25 the common pool has one thread for them on two cores. */
  private static final Executor THREADS = task -> new Thread(task).start();

  private static final int BYTES = 10 << 20;

  @Test
  void tenMegabytesComeBackWholeWhileToxicsComeAndGo() throws Exception {
    byte[] data = new byte[BYTES];
    new SplittableRandom(11).nextBytes(data);
    try (Upstream echo = Upstream.echo();
        ChaosProxy server = ChaosProxy.builder().apiPort(-1).open()) {
      Proxy proxy = server.create("p", "127.0.0.1:0", echo.address());
      proxy.add(ToxicSpec.of(Direction.UPSTREAM, new Slicer(1000, 900, 0)));
      try (Client client = Client.of(proxy)) {
        CompletableFuture<byte[]> received =
            CompletableFuture.supplyAsync(() -> receive(client, BYTES), THREADS);
        CompletableFuture<Void> sent =
            CompletableFuture.runAsync(() -> send(client, data), THREADS);
        AtomicInteger rounds = new AtomicInteger();
        while (!received.isDone()) {
          toggle(proxy, rounds.getAndIncrement());
        }
        sent.get(20, TimeUnit.SECONDS);
        assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(data);
        assertThat(rounds.get()).isGreaterThan(1);
      }
      assertThat(proxy.stats().bytesUp()).isEqualTo(BYTES);
      assertThat(proxy.stats().bytesDown()).isEqualTo(BYTES);
    }
  }

  private static void toggle(Proxy proxy, int round) {
    Direction stream = Direction.values()[round % 2];
    proxy.add(new ToxicSpec("late", stream, 1, new Latency(5, 3)));
    proxy.add(new ToxicSpec("cut", stream, 0.5, new Slicer(5000, 100, 1)));
    proxy.update("late", new Latency(2, 0), 1);
    proxy.remove("late");
    proxy.remove("cut");
  }

  private static byte[] receive(Client client, int bytes) {
    try {
      return client.socket().getInputStream().readNBytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Client client, byte[] data) {
    try {
      client.send(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
