package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.kube.KubeApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "kube", description = "Runs the Kubernetes API alone, until it is interrupted.")
final class KubeCommand implements Callable<Integer> {
  private static final String USER = "admin";
  private static final String MASTERS = "system:masters";
  private static final int MAX_PORT = 65_535;

  private final Terminal terminal;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Listen on this port; a free one by default.")
  private int port;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Write the kubeconfig there, not into a temporary folder.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--workloads",
      description = "Run the controllers of workloads, and a node that says that it runs Pods.")
  private boolean workloads;

  @Option(
      names = "--unsupported",
      description = "List what the API does not do, for machines to read, and end.")
  private boolean unsupported;

  KubeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (unsupported) {
      KubeApiServer.unsupported().forEach(terminal::result);
      return ExitCode.PASS.code();
    }
    if (port < 0 || port > MAX_PORT) {
      throw AppException.of(
          ErrorKind.VALIDATION,
          "WORKBENCH_PORT_INVALID",
          "--port is %d".formatted(port),
          "A port is from 1 to 65535",
          "Correct the number, or leave it out to take a free port.");
    }
    Interruption interruption = Interruption.ofThisThread();
    try (KubeconfigFile file = KubeconfigFile.claim(kubeconfig);
        KubeApiServer server = start()) {
      server.writeKubeconfig(file.path(), USER, MASTERS);
      show(server, file.path());
      new CountDownLatch(1).await();
      throw new IllegalStateException("nothing counts that down");
    } catch (InterruptedException e) {
      terminal.progress("interrupted; everything was stopped");
      return ExitCode.INTERRUPTED.code();
    } finally {
      interruption.end();
    }
  }

  private KubeApiServer start() {
    KubeApiServer.Builder builder = KubeApiServer.builder().port(port);
    return (workloads ? builder.workloads() : builder).start();
  }

  private void show(KubeApiServer server, Path file) {
    terminal.result(
        """
        kubernetes %s
          export KUBECONFIG=%s
          %s   TLS, HTTP/1.1 and HTTP/2
          %s    the same without TLS
          Authorization: Bearer %s"""
            .formatted(
                server.version(),
                Text.shellWord(file.toString()),
                server.secureUrl(),
                server.url(),
                server.token(USER, List.of(MASTERS))));
  }
}
