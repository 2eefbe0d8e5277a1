package io.terraorbit.foundation.harness.environment;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Backends and the links to them. Safe for many threads; whoever opens it closes it.
 *
 * <p>A service starts when it is first needed, or earlier and in parallel by {@link #start}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Environment implements AutoCloseable {
  private final EnvironmentPlan plan;
  private final Map<Service, CompletableFuture<Backend>> backends = new EnumMap<>(Service.class);
  private final Map<Service, Duration> startup = new EnumMap<>(Service.class);
  private final Map<LinkKey, Link> links = new LinkedHashMap<>();
  private boolean closed;

  private Environment(EnvironmentPlan plan) {
    this.plan = plan;
  }

  /** An environment in which nothing runs yet. */
  public static Environment open(EnvironmentPlan plan) {
    return new Environment(plan);
  }

  /**
   * An environment in which everything runs.
   *
   * @throws AppException what the first backend that could not start says; nothing is left running
   *     then
   */
  public static Environment start(EnvironmentPlan plan) {
    Environment environment = open(plan);
    try {
      environment.start(plan.services());
      plan.services().forEach(environment::backend);
      return environment;
    } catch (RuntimeException e) {
      environment.close();
      throw e;
    }
  }

  /** Begins to start services, in parallel, without waiting. */
  public void start(Set<Service> services) {
    services.forEach(this::startOnce);
  }

  public Set<Service> services() {
    return plan.services();
  }

  public PostgresBackend postgres() {
    return (PostgresBackend) backend(Service.POSTGRES);
  }

  public RedisBackend redis() {
    return (RedisBackend) backend(Service.REDIS);
  }

  public KubernetesBackend kubernetes() {
    return (KubernetesBackend) backend(Service.KUBERNETES);
  }

  /**
   * The running backend of a service, which is started if need be.
   *
   * @throws AppException {@code ENV_SERVICE_ABSENT} if the plan has no such service; else what the
   *     backend says that could not start
   */
  public Backend backend(Service service) {
    try {
      return startOnce(service).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof AppException known ? known : e;
    }
  }

  /** The link of a client to a service; the same one for the same pair. */
  public Link link(String client, Service service) {
    Endpoint upstream = backend(service).endpoint();
    synchronized (this) {
      return links.computeIfAbsent(
          new LinkKey(client, service), key -> plan.links().open(client, service, upstream));
    }
  }

  /** Closes a client's links, so that the next call of {@link #link} opens new ones. */
  public synchronized void unlink(String client) {
    links
        .entrySet()
        .removeIf(
            entry -> {
              boolean theirs = entry.getKey().client.equals(client);
              if (theirs) {
                entry.getValue().close();
              }
              return theirs;
            });
  }

  /** How long each service took to start, of those that run. */
  public synchronized Map<Service, Duration> startup() {
    return Collections.unmodifiableMap(new EnumMap<>(startup));
  }

  /**
   * Closes the links, then stops the backends, in parallel. Idempotent. A failure of one keeps none
   * of the others running; the first is thrown at the end.
   */
  @Override
  public void close() {
    List<CompletableFuture<Void>> ending = new ArrayList<>();
    List<CompletableFuture<Backend>> running;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      running = new ArrayList<>(backends.values());
    }
    ending.add(CompletableFuture.runAsync(plan.links()::close, Runnable::run));
    running.forEach(
        backend ->
            ending.add(
                CompletableFuture.runAsync(
                    () -> closeIfStarted(backend), inThread("foundation-stop"))));
    joinAll(ending);
  }

  private synchronized CompletableFuture<Backend> startOnce(Service service) {
    if (closed) {
      throw new IllegalStateException("the environment is closed");
    }
    if (!plan.services().contains(service)) {
      throw AppException.of(
          ErrorKind.NOT_FOUND,
          "ENV_SERVICE_ABSENT",
          "the environment has no service '%s'".formatted(service.key()),
          "It has %s".formatted(plan.services().stream().map(Service::key).sorted().toList()),
          "Add the service to the plan of the environment.");
    }
    return backends.computeIfAbsent(service, this::startAsync);
  }

  private CompletableFuture<Backend> startAsync(Service service) {
    CompletableFuture<Backend> started = new CompletableFuture<>();
    inThread("foundation-start-" + service.key())
        .execute(
            () -> {
              try {
                started.complete(startTimed(service));
              } catch (RuntimeException | Error e) {
                started.completeExceptionally(e);
              }
            });
    return started;
  }

  private Backend startTimed(Service service) {
    long begun = plan.time().nanoTime();
    Backend backend =
        provider(service)
            .start(new BackendOptions(optional(plan.ports().get(service)), plan.time()));
    synchronized (this) {
      startup.put(service, plan.time().since(begun));
    }
    return backend;
  }

  private BackendProvider provider(Service service) {
    String kind = plan.kinds().getOrDefault(service, EnvironmentPlan.DEFAULT_KIND);
    return plan.providers().stream()
        .filter(provider -> provider.service() == service && provider.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> noProvider(service, kind));
  }

  private AppException noProvider(Service service, String kind) {
    List<String> known =
        plan.providers().stream()
            .filter(provider -> provider.service() == service)
            .map(BackendProvider::kind)
            .sorted()
            .toList();
    return AppException.of(
        ErrorKind.NOT_FOUND,
        "ENV_BACKEND_ABSENT",
        "no '%s' backend for the service '%s' is on the class path".formatted(kind, service.key()),
        "There is %s".formatted(known.isEmpty() ? "none at all" : known),
        "Add the module that has it, or choose another backend.");
  }

  private static void closeIfStarted(CompletableFuture<Backend> starting) {
    Backend backend;
    try {
      backend = starting.join();
    } catch (CompletionException ignored) {
      return; // It never ran; whoever asked for it was told why.
    }
    backend.close();
  }

  private static void joinAll(List<CompletableFuture<Void>> ending) {
    RuntimeException first = null;
    for (CompletableFuture<Void> end : ending) {
      try {
        end.join();
      } catch (CompletionException e) {
        if (first == null) {
          first = e.getCause() instanceof RuntimeException known ? known : e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** A daemon thread for each task: starts and stops block, so a shared pool is no place. */
  private static Executor inThread(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      thread.start();
    };
  }

  private record LinkKey(String client, Service service) {}

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
