package io.terraorbit.foundation.harness.environment;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Starts backends that do nothing, and remembers them. */
final class FakeProvider implements BackendProvider {
  final List<Fake> started = new CopyOnWriteArrayList<>();
  final List<BackendOptions> options = new CopyOnWriteArrayList<>();
  private final Service service;
  private final String kind;
  private final Consumer<BackendOptions> onStart;

  FakeProvider(Service service, String kind, Consumer<BackendOptions> onStart) {
    this.service = service;
    this.kind = kind;
    this.onStart = onStart;
  }

  FakeProvider(Service service) {
    this(service, "embedded", options -> {});
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Backend start(BackendOptions given) {
    options.add(given);
    onStart.accept(given);
    Fake backend = new Fake(service, kind);
    started.add(backend);
    return backend;
  }

  /** All three faces in one. */
  static final class Fake implements PostgresBackend, RedisBackend {
    private final Service service;
    private final String kind;
    volatile int closed;
    volatile RuntimeException onClose;

    Fake(Service service, String kind) {
      this.service = service;
      this.kind = kind;
    }

    @Override
    public Service service() {
      return service;
    }

    @Override
    public String kind() {
      return kind;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public Endpoint endpoint() {
      return Endpoint.loopback(4_000 + service.ordinal());
    }

    @Override
    public String user() {
      return "user";
    }

    @Override
    public String password() {
      return "password";
    }

    @Override
    public String createDatabase(String hint) {
      return hint;
    }

    @Override
    public void dropDatabase(String name) {}

    @Override
    public int acquireDatabase() {
      return 1;
    }

    @Override
    public void releaseDatabase(int database) {}

    @Override
    public void close() {
      closed++;
      if (onClose != null) {
        throw onClose;
      }
    }
  }
}
