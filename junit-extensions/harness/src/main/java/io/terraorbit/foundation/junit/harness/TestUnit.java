package io.terraorbit.foundation.junit.harness;

import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.KubernetesBackend;
import io.terraorbit.foundation.harness.environment.PostgresBackend;
import io.terraorbit.foundation.harness.environment.RedisBackend;
import io.terraorbit.foundation.harness.environment.Service;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One test's share of the environment. Safe for many threads. */
final class TestUnit implements TestEnv, AutoCloseable {
  private final Session session;
  private final Environment environment;
  private final String name;

  /** Names the test's links and its user in Kubernetes; no two tests have the same. */
  private final String client;

  private final Map<Class<?>, Object> values = new HashMap<>();
  private final Deque<AutoCloseable> servers = new ArrayDeque<>();
  private final Deque<AutoCloseable> clients = new ArrayDeque<>();

  TestUnit(Session session, String name) {
    this.session = session;
    this.environment = session.environment();
    this.name = name;
    client = "%s-%d".formatted(name.replace('_', '-'), session.nextNumber());
    servers.push(() -> environment.unlink(client));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PostgresEnv postgres() {
    return once(
        PostgresEnv.class,
        () -> {
          PostgresBackend postgres = environment.postgres();
          String database = postgres.createDatabase(name);
          servers.push(() -> postgres.dropDatabase(database));
          return new PostgresEnv(
              postgres.jdbcUrl(via(Service.POSTGRES), database),
              postgres.user(),
              postgres.password(),
              database);
        });
  }

  @Override
  public RedisEnv redis() {
    return once(
        RedisEnv.class,
        () -> {
          RedisBackend redis = environment.redis();
          int database = redis.acquireDatabase();
          servers.push(() -> redis.releaseDatabase(database));
          return new RedisEnv(redis.uri(via(Service.REDIS), database));
        });
  }

  @Override
  public KubernetesEnv kubernetes() {
    return once(
        KubernetesEnv.class,
        () -> {
          KubernetesBackend kubernetes = environment.kubernetes();
          String namespace = kubernetes.createNamespace(name.replace('_', '-'));
          servers.push(() -> kubernetes.deleteNamespace(namespace));
          return new KubernetesEnv(
              kubernetes.url(via(Service.KUBERNETES)), kubernetes.token(client), namespace);
        });
  }

  @Override
  public synchronized void closeLater(AutoCloseable closeable) {
    clients.push(closeable);
  }

  @Override
  public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> open) {
    return session.get(type, open);
  }

  /** The value of a provider, the same all through the test. */
  <T> T value(ValueProvider<T> provider) {
    return once(provider.type(), () -> provider.provide(this));
  }

  @Override
  public synchronized void close() {
    List<Exception> failures = new ArrayList<>();
    closeAll(clients, failures);
    closeAll(servers, failures);
    if (!failures.isEmpty()) {
      IllegalStateException failed =
          new IllegalStateException("not all of the test '%s' was cleaned up".formatted(name));
      failures.forEach(failed::addSuppressed);
      throw failed;
    }
  }

  private synchronized <T> T once(Class<T> type, Supplier<T> make) {
    Object known = values.get(type);
    if (known == null) {
      known = make.get();
      values.put(type, known);
    }
    return type.cast(known);
  }

  private Endpoint via(Service service) {
    return environment.link(client, service).endpoint();
  }

  private static void closeAll(Deque<AutoCloseable> closeables, List<Exception> failures) {
    while (!closeables.isEmpty()) {
      try {
        closeables.pop().close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
  }
}
