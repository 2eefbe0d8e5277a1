package io.terraorbit.foundation.harness.embedded.internal.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs short commands in a bare environment. Stateless. */
public final class Shell {
  private static final long LIMIT_SECONDS = 60;

  private Shell() {}

  /**
   * What a finished command left.
   *
   * @param status its exit status; -1 if it never ran or was ended after a minute
   * @param output what it wrote, both streams, without white space around
   */
  public record Result(int status, String output) {
    /** Whether the status is 0. */
    public boolean succeeded() {
      return status == 0;
    }
  }

  /** Prepares a command with no input, one output, and nothing of our environment but the path. */
  public static ProcessBuilder prepare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", path + ":/usr/sbin:/sbin");
    environment.put("LC_ALL", "C");
    return builder.directory(new File("/"));
  }

  /** Runs a command to its end. */
  public static Result run(List<String> command) throws InterruptedException {
    Process process;
    try {
      process = prepare(command).redirectInput(new File("/dev/null")).start();
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    }
    try (var output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      return new Result(ended ? process.exitValue() : -1, text);
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    } finally {
      process.destroyForcibly();
    }
  }
}
