package io.terraorbit.foundation.benchmarks;

import static io.terraorbit.foundation.benchmarks.Caller.MAPS;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One client on one connection, over plain HTTP on loopback: our API server beside fabric8's mock
 * server in CRUD mode, each with a thousand ConfigMaps in it.
 */
public class KubeBench {
  private static final int KEPT = 1_000;

  /** A server that only the benchmarks of one side start. */
  public abstract static class Running {
    private final Caller caller = new Caller();
    private Servers server;
    private long count;

    abstract Servers start();

    @Setup(Level.Trial)
    public void open() throws IOException, InterruptedException {
      server = start();
      for (int i = 0; i < KEPT; i++) {
        caller.create(server.url(), MAPS, Caller.configMap("kept-" + i, "v"));
      }
    }

    @TearDown(Level.Trial)
    public void close() {
      server.close();
    }

    int get() throws IOException, InterruptedException {
      return caller.get(server.url(), MAPS + "/kept-7");
    }

    int list() throws IOException, InterruptedException {
      return caller.get(server.url(), MAPS);
    }

    int create() throws IOException, InterruptedException {
      count++;
      return caller.create(server.url(), MAPS, Caller.configMap("made-" + count, "v"));
    }

    int update() throws IOException, InterruptedException {
      count++;
      return caller.write(
          server.url(),
          "PUT",
          MAPS + "/kept-7",
          "application/json",
          Caller.configMap("kept-7", "v" + count));
    }

    int mergePatch() throws IOException, InterruptedException {
      count++;
      return caller.write(
          server.url(),
          "PATCH",
          MAPS + "/kept-7",
          "application/merge-patch+json",
          "{\"data\":{\"k\":\"v" + count + "\"}}");
    }
  }

  @State(Scope.Thread)
  public static class Ours extends Running {
    @Override
    Servers start() {
      return Servers.ours();
    }
  }

  @State(Scope.Thread)
  public static class Fabric8Mock extends Running {
    @Override
    Servers start() {
      return Servers.fabric8Mock();
    }
  }

  @Benchmark
  public int oursGet(Ours server) throws IOException, InterruptedException {
    return server.get();
  }

  @Benchmark
  public int fabric8MockGet(Fabric8Mock server) throws IOException, InterruptedException {
    return server.get();
  }

  @Benchmark
  public int oursListThousand(Ours server) throws IOException, InterruptedException {
    return server.list();
  }

  @Benchmark
  public int fabric8MockListThousand(Fabric8Mock server) throws IOException, InterruptedException {
    return server.list();
  }

  @Benchmark
  public int oursCreate(Ours server) throws IOException, InterruptedException {
    return server.create();
  }

  @Benchmark
  public int fabric8MockCreate(Fabric8Mock server) throws IOException, InterruptedException {
    return server.create();
  }

  @Benchmark
  public int oursUpdate(Ours server) throws IOException, InterruptedException {
    return server.update();
  }

  @Benchmark
  public int fabric8MockUpdate(Fabric8Mock server) throws IOException, InterruptedException {
    return server.update();
  }

  @Benchmark
  public int oursMergePatch(Ours server) throws IOException, InterruptedException {
    return server.mergePatch();
  }

  @Benchmark
  public int fabric8MockMergePatch(Fabric8Mock server) throws IOException, InterruptedException {
    return server.mergePatch();
  }
}
