package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.time.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of a defect of the server: an answer, and a server that goes on. */
class DefectTest {
  private final AtomicReference<@Nullable Error> defect = new AtomicReference<>();

  private final TimeSource time =
      new TimeSource() {
        @Override
        public Instant instant() {
          Error error = defect.getAndSet(null);
          if (error != null) {
            throw error;
          }
          return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
          return 0;
        }
      };

  @ParameterizedTest
  @ValueSource(
      classes = {StackOverflowError.class, OutOfMemoryError.class, NoClassDefFoundError.class})
  void anErrorIsAnsweredAndTheNextRequestServed(Class<? extends Error> kind) throws Exception {
    try (KubeApiServer server = KubeApiServer.builder().time(time).start()) {
      Api api = new Api(server, "admin");
      defect.set(kind.getConstructor().newInstance());

      Api.Answer failed = api.post(Api.CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\"}}");
      Api.Answer made = api.post(Api.CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\"}}");

      assertThat(failed.code()).isEqualTo(500);
      assertThat(failed.message()).isEqualTo("Internal error occurred: " + kind.getSimpleName());
      assertThat(made.code()).isEqualTo(201);
    }
  }
}
