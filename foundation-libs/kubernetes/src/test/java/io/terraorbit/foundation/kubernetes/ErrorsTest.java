package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.Fixtures.configMap;
import static io.terraorbit.foundation.kubernetes.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {
  private FakeKubeServer server;
  private KubeClient kube;
  private ResourceClient<ConfigMap> configMaps;

  @BeforeEach
  void open() throws IOException {
    server = new FakeKubeServer();
    connect(server.settings());
  }

  @AfterEach
  void close() {
    kube.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadRequest, VALIDATION, KUBE_BAD_REQUEST",
    "401, Unauthorized, UNAUTHORIZED, KUBE_UNAUTHORIZED",
    "403, Forbidden, FORBIDDEN, KUBE_FORBIDDEN",
    "404, NotFound, NOT_FOUND, KUBE_NOT_FOUND",
    "405, MethodNotAllowed, UNIMPLEMENTED, KUBE_METHOD_NOT_ALLOWED",
    "406, NotAcceptable, VALIDATION, KUBE_NOT_ACCEPTABLE",
    "409, Conflict, CONFLICT, KUBE_CONFLICT",
    "409, AlreadyExists, CONFLICT, KUBE_ALREADY_EXISTS",
    "410, Gone, OUT_OF_RANGE, KUBE_EXPIRED",
    "410, Expired, OUT_OF_RANGE, KUBE_EXPIRED",
    "413, RequestEntityTooLarge, VALIDATION, KUBE_TOO_LARGE",
    "415, UnsupportedMediaType, VALIDATION, KUBE_UNSUPPORTED_MEDIA_TYPE",
    "422, Invalid, VALIDATION, KUBE_INVALID",
    "429, TooManyRequests, RATE_LIMITED, KUBE_TOO_MANY_REQUESTS",
    "500, InternalError, INTERNAL, KUBE_INTERNAL_ERROR",
    "500, ServerTimeout, UNAVAILABLE, KUBE_SERVER_TIMEOUT",
    "503, ServiceUnavailable, UNAVAILABLE, KUBE_SERVICE_UNAVAILABLE",
    "504, Timeout, DEADLINE_EXCEEDED, KUBE_REQUEST_TIMEOUT",
    "500, '', INTERNAL, KUBE_INTERNAL_ERROR",
    "409, '', CONFLICT, KUBE_CONFLICT",
    "409, SomethingNew, CONFLICT, KUBE_CONFLICT",
    "418, '', VALIDATION, KUBE_HTTP_418",
  })
  void mapsAReasonBeforeTheHttpStatus(int status, String reason, ErrorKind kind, String code) {
    server.script(status, reason);

    AppException error = failure(() -> configMaps.get(key("a")));

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.error().found())
        .isEqualTo("GET /api/v1/namespaces/team-a/configmaps/a was refused: as scripted");
  }

  @Test
  void tellsWhatAStatusThatNobodyKnowsSaid() {
    server.script(418, "Teapot");

    assertThat(failure(() -> configMaps.get(key("a"))))
        .hasMessage(
            "KUBE_HTTP_418: GET /api/v1/namespaces/team-a/configmaps/a was refused: as scripted."
                + " The server answered 418 Teapot.%nLook up what the server means by it.",
            (Object[]) null);
  }

  @Test
  void tellsWhenAnAnswerIsNoStatus() {
    server.script(502, "text/html", "<html>\n  <h1>Bad Gateway</h1>" + "x".repeat(200));

    AppException error = failure(() -> configMaps.get(key("a")));

    assertThat(error.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(error)
        .hasMessage(
            "KUBE_NOT_A_STATUS: GET /api/v1/namespaces/team-a/configmaps/a was answered with 502"
                + " and text/html: '<html> <h1>Bad Gateway</h1>"
                + "x".repeat(93)
                + "…'. A Kubernetes API answers failures with a JSON Status.%nCheck that the URL"
                + " is that of a Kubernetes API which serves this resource, and what stands"
                + " between.",
            (Object[]) null);
  }

  @Test
  void doesNotTakeAnyNotFoundForAMissingObject() {
    server.script(404, "text/plain", "404 page not found");
    assertThat(failure(() -> configMaps.find(key("a"))).code()).isEqualTo("KUBE_NOT_A_STATUS");

    server.script(404, "", "");
    assertThat(failure(() -> configMaps.delete(key("a"))))
        .hasMessageContaining("was answered with 404 and an empty body.");

    server.script(404, "", "{\"kind\":\"Other\"}");
    assertThat(failure(() -> configMaps.find(key("a"))))
        .hasMessageContaining("no content type: '{\"kind\":\"Other\"}'");
  }

  @Test
  void followsNoRedirect() {
    server.script(
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.url() + "/elsewhere");
          FakeKubeServer.send(exchange, 307, "", new byte[0]);
        });

    assertThat(failure(() -> configMaps.get(key("a"))).code()).isEqualTo("KUBE_NOT_A_STATUS");
    assertThat(server.seen).hasSize(1);
  }

  @Test
  void refusesASuccessThatIsNotTheObject() {
    server.script(200, "text/html", "<html>");
    assertThat(failure(() -> configMaps.get(key("a"))).code()).isEqualTo("KUBE_ANSWER_MALFORMED");
  }

  @Test
  void sendsNothingTwice() {
    server.scriptCut();

    AppException error = failure(() -> configMaps.create(configMap("a", "red")));

    assertThat(error.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(error.code()).isEqualTo("KUBE_CONNECTION_LOST");
    assertThat(error.error().found())
        .matches("POST /api/v1/namespaces/team-a/configmaps lost its connection after \\d+ ms: .+");
    assertThat(error.error().expected()).isEqualTo("A write may or may not have happened");
    assertThat(error.error().remedy()).isEqualTo("Read what is there now, then decide anew.");
    assertThat(server.seen).hasSize(1);
    assertThat(configMaps.find(key("a"))).isEmpty();
  }

  @Test
  void doesNotSendAgainEvenWhenTheServerAsksForIt() {
    server.script(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "0");
          FakeKubeServer.send(exchange, 503, "", new byte[0]);
        });

    assertThat(failure(() -> configMaps.create(configMap("a", "red"))).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(server.seen).hasSize(1);
  }

  @Test
  void saysThatNothingWasSentWhenNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    connect(KubeClientSettings.of("http://127.0.0.1:" + port));

    AppException error = failure(() -> configMaps.get(key("a")));

    assertThat(error.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(error.code()).isEqualTo("KUBE_UNREACHABLE");
    assertThat(error.error().found())
        .matches(
            "GET /api/v1/namespaces/team-a/configmaps/a found no connection after \\d+ ms:"
                + " Failed to connect to .+");
    assertThat(error.error().expected()).isEqualTo("Nothing was sent");
  }

  @Test
  void givesUpOnASlowAnswer() {
    CountDownLatch answered = new CountDownLatch(1);
    connect(server.settings().withCallTimeout(Duration.ofMillis(300)));
    server.script(
        exchange -> {
          try {
            answered.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });

    AppException error = failure(() -> configMaps.get(key("a")));
    answered.countDown();

    assertThat(error.kind()).isEqualTo(ErrorKind.DEADLINE_EXCEEDED);
    assertThat(error.code()).isEqualTo("KUBE_TIMEOUT");
    assertThat(error.error().found()).contains("had no whole answer after");
  }

  @Test
  void givesUpOnAnAnswerThatNeverEnds() {
    CountDownLatch answered = new CountDownLatch(1);
    connect(server.settings().withCallTimeout(Duration.ofMillis(300)));
    server.script(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            answered.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });

    AppException error = failure(() -> configMaps.get(key("a")));
    answered.countDown();

    assertThat(error.code()).isEqualTo("KUBE_TIMEOUT");
  }

  @Test
  void tellsAnInterruptFromATimeout() {
    Thread.currentThread().interrupt();

    AppException error = failure(() -> configMaps.get(key("a")));

    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(error.kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(error.code()).isEqualTo("KUBE_INTERRUPTED");
  }

  private void connect(KubeClientSettings settings) {
    if (kube != null) {
      kube.close();
    }
    kube = KubeClient.connect(settings);
    configMaps = kube.resources(ConfigMap.class);
  }

  private static AppException failure(ThrowingCallable call) {
    return catchThrowableOfType(AppException.class, call);
  }
}
