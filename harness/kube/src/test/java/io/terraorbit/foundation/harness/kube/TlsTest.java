package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiObserver;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
  private final KubeApiServer server = KubeApiServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void servesBothVersionsOfHttp(HttpClient.Version version) {
    Api api = Login.read(server.kubeconfig("tester")).api(version);

    Api.Answer created = api.post(CONFIG_MAPS, configMap("a", "1"));

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.response().version()).isEqualTo(version);
    assertThat(api.get(CONFIG_MAPS).names()).contains("a");
  }

  @Test
  void servesPlainHttpOnTheSamePort() {
    assertThat(server.secureUrl().getPort()).isEqualTo(server.url().getPort());
    assertThat(new Api(server, "tester").get("/healthz").text()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://localhost:", "https://[::ffff:127.0.0.1]:", "https://127.0.0.1:"})
  void vouchesForItsNames(String address) throws Exception {
    Login login = Login.read(server.kubeconfig("tester"));
    try (SSLSocket socket =
        (SSLSocket)
            login
                .tls()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.secureUrl().getPort())) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      assertThat(shown.getSubjectAlternativeNames())
          .contains(
              List.of(2, "localhost"),
              List.of(2, "kubernetes.default.svc"),
              List.of(7, "127.0.0.1"),
              List.of(7, "0:0:0:0:0:0:0:1"));
    }
    URI url = URI.create(address + server.secureUrl().getPort());
    Api api = new Api(url, login.token(), login.client(HttpClient.Version.HTTP_1_1));
    assertThat(api.get("/version").code()).isEqualTo(200);
  }

  @Test
  void isVouchedForByNoOtherAuthority() {
    try (KubeApiServer other = KubeApiServer.start()) {
      HttpClient client = Login.read(other.kubeconfig("x")).client(HttpClient.Version.HTTP_1_1);

      assertThatThrownBy(
              () ->
                  client.send(
                      HttpRequest.newBuilder(server.secureUrl().resolve("/version")).build(),
                      HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(SSLException.class);
      assertThat(other.certificateAuthority()).isNotEqualTo(server.certificateAuthority());
    }
  }

  @Test
  void tellsThoseWhoSpeakNoTlsWhereTheyAre() throws IOException {
    try (KubeApiServer secure = KubeApiServer.builder().tlsOnly().start();
        RawClient raw = new RawClient(secure)) {
      raw.send("GET /version HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(raw.readAll())
          .isEqualTo(
              "HTTP/1.0 400 Bad Request\r\n\r\n"
                  + "Client sent an HTTP request to an HTTPS server.\n");
      assertThat(secure.url()).isEqualTo(secure.secureUrl());
      assertThat(
              Login.read(secure.kubeconfig("x"))
                  .api(HttpClient.Version.HTTP_2)
                  .get("/version")
                  .code())
          .isEqualTo(200);
    }
  }

  @Test
  void hangsUpOnWhoOnlyPretends() throws IOException {
    try (RawClient raw = new RawClient(server)) {
      raw.send("\u0016\u0003\u0001\u0000\u0005hello and no handshake at all");

      assertThat(raw.readAll()).doesNotContain("HTTP/1");
    }
    assertThat(new Api(server, "tester").get("/healthz").text()).isEqualTo("ok");
  }

  @Nested
  class Certificates {
    private final Queue<String> writers = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void sayWhoAsks(HttpClient.Version version) throws Exception {
      try (AutoCloseable watching = server.control().observe(writersOf())) {
        Login login = Login.read(server.kubeconfigWithCertificate("alice=a,b", "devs", "ops"));

        assertThat(login.token()).isEmpty();
        assertThat(login.api(version).post(CONFIG_MAPS, configMap("a", "1")).code()).isEqualTo(201);
      }
      assertThat(writers).contains("alice=a,b");
    }

    @Test
    void ofStrangersAreUnauthorized() {
      try (KubeApiServer other = KubeApiServer.start()) {
        String theirs = other.kubeconfigWithCertificate("alice");
        String mixed =
            server
                .kubeconfig("x")
                .replaceAll(
                    " +token: .*",
                    theirs
                        .lines()
                        .filter(line -> line.contains("client-"))
                        .reduce("", Certificates::join));
        Api api = Login.read(mixed).api(HttpClient.Version.HTTP_1_1);

        assertThat(api.get(CONFIG_MAPS).code()).isEqualTo(401);
      }
    }

    @Test
    void endWithTheClock() {
      VirtualTime time = new VirtualTime();
      try (KubeApiServer aging = KubeApiServer.builder().time(time).scheduler(time).start()) {
        Api api =
            Login.read(aging.kubeconfigWithCertificate("alice")).api(HttpClient.Version.HTTP_1_1);
        assertThat(api.get(CONFIG_MAPS).code()).isEqualTo(200);

        time.advance(Duration.ofDays(4000));

        Api later =
            Login.read(aging.kubeconfigWithCertificate("alice")).api(HttpClient.Version.HTTP_1_1);
        assertThat(later.get(CONFIG_MAPS).code()).isEqualTo(401);
      }
    }

    private static String join(String first, String second) {
      return first.isEmpty() ? second : first + "\n" + second;
    }

    private ApiObserver writersOf() {
      return new ApiObserver() {
        @Override
        public void committed(ApiCommit commit) {
          writers.add(commit.user());
        }

        @Override
        public void rejected(io.terraorbit.foundation.harness.environment.ApiRejection rejection) {}
      };
    }
  }

  @Nested
  class File {
    @TempDir private Path directory;

    @Test
    void isItsOwnersAlone() throws IOException {
      Path file = directory.resolve("config");
      server.writeKubeconfig(file, "tester");

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(file, StandardCharsets.UTF_8))
          .isEqualTo(server.kubeconfig("tester"));
      server.writeKubeconfig(file, "other");
      assertThat(Files.readString(file, StandardCharsets.UTF_8)).contains(server.token("other"));
      try (var files = Files.list(directory)) {
        assertThat(files).hasSize(1);
      }
    }

    @Test
    void isRefusedWhereItCannotBe() {
      assertThatThrownBy(() -> server.writeKubeconfig(directory.resolve("no/such/file"), "tester"))
          .isInstanceOf(AppException.class)
          .hasMessage(
              "KUBECONFIG_UNWRITABLE: the kubeconfig file '%s/no/such/file' cannot be written: NoSuchFile. A file is expected that can be made in a directory that is there.\nChoose another path, or make its directory."
                  .formatted(directory));
      assertThatThrownBy(() -> server.writeKubeconfig(directory, "tester"))
          .hasMessageContaining("it is a directory");
    }
  }
}
