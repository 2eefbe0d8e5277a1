package io.terraorbit.foundation.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From nothing to the first answer, and away again, in a JVM that has done it before. */
@State(Scope.Thread)
public class StartBench {
  private final Caller caller = new Caller();

  @Benchmark
  public int ours() throws IOException, InterruptedException {
    try (Servers server = Servers.ours()) {
      return caller.create(server.url(), Caller.MAPS, Caller.configMap("first", "v"));
    }
  }

  @Benchmark
  public int fabric8Mock() throws IOException, InterruptedException {
    try (Servers server = Servers.fabric8Mock()) {
      return caller.create(server.url(), Caller.MAPS, Caller.configMap("first", "v"));
    }
  }
}
