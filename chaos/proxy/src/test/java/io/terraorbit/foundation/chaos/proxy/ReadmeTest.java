package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of the README. */
class ReadmeTest {
  @Test
  void theExampleWorks() throws Exception {
    try (Upstream database = Upstream.echo()) {
      String address = database.address();
      // tag::example[]
      try (ChaosProxy server = ChaosProxy.builder().seed(42).open()) {
        Proxy db = server.create("db", "127.0.0.1:0", address);
        db.add(ToxicSpec.of(Direction.DOWNSTREAM, new Latency(300, 50)));
        db.add(new ToxicSpec("flaky", Direction.UPSTREAM, 0.1, new ResetPeer(0)));
        useDatabaseAt(db.port());
        db.remove("flaky");
        db.update("latency_downstream", Toxic.of("latency", Map.of("latency", 10L)), 1.0);
        db.disable(); // connection refused
        server.reset(); // listens again, without toxics
        db.sever(); // as if its machine had crashed, for good
      }
      // end::example[]
    }
  }

  private static void useDatabaseAt(int port) throws Exception {
    try (Client client = Client.of(port)) {
      assertThat(client.exchange("select 1")).isEqualTo("select 1");
    }
  }
}
