package io.terraorbit.foundation.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.chaos.scenario.Runner;
import io.terraorbit.foundation.harness.kube.KubeApiServer;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KubeCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void runsUntilItIsInterruptedAndLeavesNoFile() throws Exception {
    Path file = folder.resolve("it's here");
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread command =
        new Thread(() -> code.complete(execute("kube", "--kubeconfig", file.toString())));
    command.start();
    while (!out.toString().contains("Bearer")) {
      assertThat(code).as(err.toString()).isNotDone();
      Thread.onSpinWait();
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(out.toString())
        .contains(
            "export KUBECONFIG='%s'\n".formatted(file.toString().replace("'", "'\\''")),
            "https://127.0.0.1:",
            " http://127.0.0.1:");
    command.interrupt();

    assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(file).doesNotExist();
    assertThat(err.toString()).isEqualTo("interrupted; everything was stopped\n");
  }

  @Test
  void runsPodsOnANodeOnDemand() throws Exception {
    assertThat(nodesSeenBy("kube", "--workloads")).contains("\"name\":\"foundation-node\"");
    assertThat(nodesSeenBy("kube")).contains("\"items\":[]");
  }

  /** What a command's server has for nodes, while it runs. */
  private static String nodesSeenBy(String... arguments) throws Exception {
    KubeCommandTest other = new KubeCommandTest();
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread command = new Thread(() -> code.complete(other.execute(arguments)));
    command.start();
    while (!other.out.toString().contains("Bearer")) {
      assertThat(code).as(other.err.toString()).isNotDone();
      Thread.onSpinWait();
    }
    String plain =
        other
            .out
            .toString()
            .lines()
            .filter(line -> line.contains("http://"))
            .findFirst()
            .orElseThrow();
    URI nodes = URI.create(plain.strip().split(" ")[0] + "/api/v1/nodes");
    String seen =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(nodes).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    command.interrupt();
    assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(130);
    return seen;
  }

  @Test
  void listsWhatTheApiDoesNotDo() {
    assertThat(execute("kube", "--unsupported")).isZero();
    assertThat(out.toString().lines().toList()).isEqualTo(KubeApiServer.unsupported()).isNotEmpty();
  }

  @Test
  void saysThatThePortIsTaken() {
    try (KubeApiServer server = KubeApiServer.start()) {
      int port = server.url().getPort();

      assertThat(execute("kube", "--port", String.valueOf(port))).isEqualTo(3);
      assertThat(err.toString())
          .isEqualTo(
              """
              ENV_PORT_TAKEN: the port %d for 'kubernetes' is taken. A free port was expected there.
              End what listens on it, or choose another port.
              """
                  .formatted(port));
    }
  }

  @Test
  void saysThatTheFileCannotBeWritten() {
    Path file = folder.resolve("no/such/folder/config");

    assertThat(execute("kube", "--kubeconfig", file.toString())).isEqualTo(3);
    assertThat(err.toString())
        .startsWith("KUBECONFIG_UNWRITABLE: the kubeconfig file '%s' ".formatted(file));
  }

  @Test
  void replacesNoFileThatIsThere() throws Exception {
    Path file = Files.writeString(folder.resolve("config"), "precious");

    assertThat(execute("kube", "--kubeconfig", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            """
            KUBECONFIG_EXISTS: --kubeconfig names '%s', which is there already. The file is made for this server and removed with it, so it must be a new one.
            Choose another path, or remove the file.
            """
                .formatted(file));
    assertThat(file).hasContent("precious");
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThat(execute("kube", "--port", "70000")).isEqualTo(2);
    assertThat(err.toString()).startsWith("WORKBENCH_PORT_INVALID: --port is 70000. ");
    assertThat(execute("kube", "--port", "x")).isEqualTo(2);
  }

  private int execute(String... args) {
    TimeSource time = TimeSource.system();
    return Workbench.execute(
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
        Runner.create(time, Randomness.system()),
        time,
        args);
  }
}
