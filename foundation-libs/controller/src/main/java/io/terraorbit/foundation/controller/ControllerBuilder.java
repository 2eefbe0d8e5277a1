package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.CacheSettings;
import io.terraorbit.foundation.kubernetes.KubeClient;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Controller}; all but the client has a default. Confined to one thread. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ControllerBuilder<T extends HasMetadata> {
  private final Class<T> type;
  private final Reconciler<T> reconciler;
  private final List<Sources.Watched<?>> watched = new ArrayList<>();
  private @Nullable KubeClient client;
  private @Nullable ApiAccess api;
  private String name;
  private String identity = "";
  private int workers = 1;
  private Duration timeout = Duration.ofMinutes(2);
  private Backoff backoff = Backoff.standard();
  private Duration eventFloor = Duration.ofSeconds(1);
  private @Nullable LeaderElector elector;
  private ControllerObserver observer = ControllerObserver.NONE;
  private TimeSource time = TimeSource.system();
  private RandomGenerator random = Randomness.system();

  ControllerBuilder(Class<T> type, Reconciler<T> reconciler) {
    this.type = type;
    this.reconciler = reconciler;
    this.name = HasMetadata.getPlural(type);
    watches(type, object -> List.of(ObjectKey.of(object)));
  }

  /** Names threads, logs and what the observer is told; default is the plural of the type. */
  public ControllerBuilder<T> named(String controllerName) {
    name = controllerName;
    return this;
  }

  /** Tells this controller from others of its name in the same process, in reconcile ids. */
  public ControllerBuilder<T> identity(String unique) {
    identity = unique;
    return this;
  }

  /** The API to work on; required. {@link Controller#kill()} abandons it. */
  public ControllerBuilder<T> client(KubeClient connected) {
    client = connected;
    return this;
  }

  ControllerBuilder<T> api(ApiAccess access) {
    api = access;
    return this;
  }

  /** An event of a {@code child} concerns the object that its controller owner reference names. */
  public <C extends HasMetadata> ControllerBuilder<T> owns(Class<C> child) {
    return watches(child, object -> Owners.controllerOf(object, type).stream().toList());
  }

  /**
   * An event of a {@code child} concerns the cluster-scoped object that a label of the child names;
   * for children that must not be garbage-collected with their owner, or are shared.
   */
  public <C extends HasMetadata> ControllerBuilder<T> ownsLabelled(Class<C> child, String label) {
    return watches(
        child,
        object ->
            Optional.ofNullable(object.getMetadata().getLabels())
                .map((Map<String, String> labels) -> labels.get(label))
                .map(ObjectKey::cluster)
                .stream()
                .toList());
  }

  /**
   * An event of another type concerns the objects that {@code mapper} names.
   *
   * @param mapper pure and quick; called for the object before and after the event
   */
  public <C extends HasMetadata> ControllerBuilder<T> watches(
      Class<C> other, Function<? super C, ? extends Collection<ObjectKey>> mapper) {
    watched.add(new Sources.Watched<>(other, mapper));
    return this;
  }

  /** Reconciles at a time; default 1. */
  public ControllerBuilder<T> workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("a controller needs a worker or more, got " + threads);
    }
    workers = threads;
    return this;
  }

  /**
   * Calls off a reconcile that takes longer, by an interrupt and by refusing its writes; its key
   * stays taken until it really returns. Default two minutes.
   */
  public ControllerBuilder<T> timeout(Duration longest) {
    timeout = longest;
    return this;
  }

  /** The wait after failures; default {@link Backoff#standard()}. */
  public ControllerBuilder<T> backoff(Backoff wait) {
    backoff = wait;
    return this;
  }

  /** See {@link WorkQueue.Builder#eventFloor(Duration)}; default one second. */
  public ControllerBuilder<T> eventFloor(Duration sinceFailure) {
    eventFloor = sinceFailure;
    return this;
  }

  /** Works only while it leads; the controller starts and closes the elector. */
  public ControllerBuilder<T> leaderElection(LeaderElector election) {
    elector = election;
    return this;
  }

  public ControllerBuilder<T> observer(ControllerObserver watcher) {
    observer = watcher;
    return this;
  }

  public ControllerBuilder<T> time(TimeSource clock) {
    time = clock;
    return this;
  }

  /** For jitter; others are derived from it, so it is drawn from by one thread at a time. */
  public ControllerBuilder<T> random(RandomGenerator generator) {
    random = generator;
    return this;
  }

  /**
   * Makes the controller, which does nothing before {@link Controller#start()}.
   *
   * @throws IllegalStateException if there is no client
   */
  public Controller<T> build() {
    return new Controller<>(
        new ControllerSpec<>(
            name,
            identity.isEmpty() ? name : identity,
            type,
            reconciler,
            api != null ? api : access(),
            List.copyOf(watched),
            workers,
            timeout,
            backoff,
            eventFloor,
            elector,
            observer,
            time,
            random));
  }

  private ApiAccess access() {
    if (client == null) {
      throw new IllegalStateException("controller '%s' was given no client".formatted(name));
    }
    return ApiAccess.of(client, () -> CacheSettings.of(time, Randomness.seeded(random.nextLong())));
  }
}
