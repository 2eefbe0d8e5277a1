package io.terraorbit.foundation.benchmarks;

import io.terraorbit.foundation.harness.kube.KubeApiServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** From the start of a JVM to the server's first answer over HTTP, with an AppCDS archive. */
final class FreshProcess {
  private static final int TIMES = 7;

  private FreshProcess() {}

  /** The child: starts a server, asks it once, and tells how that went by its exit code. */
  public static void main(String[] args) throws IOException {
    try (KubeApiServer server = KubeApiServer.start()) {
      URI url = URI.create("http://127.0.0.1:" + server.url().getPort() + Caller.MAPS);
      int code = ((HttpURLConnection) url.toURL().openConnection()).getResponseCode();
      System.out.println(code);
    }
  }

  /** Median of several starts, in milliseconds; the first makes the archive and is left out. */
  static double median() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("benchmark-");
    try {
      Path archive = folder.resolve("classes.jsa");
      start("-XX:ArchiveClassesAtExit=" + archive);
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        times.add(start("-XX:SharedArchiveFile=" + archive, "-Xshare:auto"));
      }
      return Gate.median(times);
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static double start(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", jars(), FreshProcess.class.getName()));
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    int first = process.getInputStream().read();
    double took = (System.nanoTime() - began) / 1e6;
    if (first != '2' || process.waitFor() != 0) {
      throw new IllegalStateException("the server in the fresh process did not answer");
    }
    return took;
  }

  /** The class path, with this module's jar in place of its folder: an archive takes only jars. */
  private static String jars() throws IOException {
    List<String> parts = new ArrayList<>();
    for (String part :
        System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
      Path target = Path.of(part).toAbsolutePath().getParent();
      if (!Files.isDirectory(Path.of(part))) {
        parts.add(part);
        continue;
      }
      try (Stream<Path> files = Files.list(target)) {
        parts.add(
            files
                .map(Path::toString)
                .filter(file -> file.endsWith("-SNAPSHOT.jar"))
                .findFirst()
                .orElse(part));
      }
    }
    return String.join(System.getProperty("path.separator"), parts);
  }
}
