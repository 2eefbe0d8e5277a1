package io.terraorbit.foundation.harness.embedded.internal.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs short commands in a bare environment. Stateless. */
public final class Shell {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(1);

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

  /** Runs a command to its end, for a minute at most. */
  public static Result run(List<String> command) throws InterruptedException {
    return run(command, LIMIT);
  }

  /**
   * As {@link #run(List)} with another limit. The output is read beside, as a command that hangs,
   * or that leaves a child behind, may keep it open for ever.
   */
  static Result run(List<String> command, Duration limit) throws InterruptedException {
    Process process;
    try {
      process = prepare(command).redirectInput(new File("/dev/null")).start();
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    }
    FutureTask<byte[]> output = new FutureTask<>(process.getInputStream()::readAllBytes);
    Thread reader = new Thread(output, "foundation-shell-output");
    reader.setDaemon(true);
    reader.start();
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly(); // first, or it could say that its child was killed
        below.forEach(ProcessHandle::destroyForcibly);
      }
      byte[] bytes = output.get(OUTPUT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return new Result(
          ended ? process.exitValue() : -1, new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (TimeoutException e) {
      return new Result(-1, "its output was still open after its end");
    } catch (ExecutionException e) {
      return new Result(-1, String.valueOf(e.getCause()));
    } finally {
      process.destroyForcibly();
    }
  }
}
