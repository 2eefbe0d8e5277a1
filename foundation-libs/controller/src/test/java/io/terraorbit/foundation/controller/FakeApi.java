package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.kubernetes.CacheListener;
import io.terraorbit.foundation.kubernetes.Delete;
import io.terraorbit.foundation.kubernetes.Index;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.Page;
import io.terraorbit.foundation.kubernetes.Query;
import io.terraorbit.foundation.kubernetes.ResourceCache;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import io.terraorbit.foundation.kubernetes.ResourceVersion;
import io.terraorbit.foundation.kubernetes.Snapshot;
import io.terraorbit.foundation.kubernetes.Watch;
import io.terraorbit.foundation.kubernetes.WatchListener;
import io.terraorbit.foundation.kubernetes.WatchStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An API in memory: objects with versions, caches that follow at once. */
final class FakeApi implements ApiAccess {
  private static final KubernetesSerialization MODELS = new KubernetesSerialization();

  private final Map<Class<?>, Kind<?>> kinds = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();
  final CountDownLatch synced = new CountDownLatch(1);
  final List<String> writes = new CopyOnWriteArrayList<>();
  volatile boolean abandoned;

  FakeApi() {
    this(true);
  }

  FakeApi(boolean synced) {
    if (synced) {
      this.synced.countDown();
    }
  }

  @Override
  public <R extends HasMetadata> ResourceClient<R> client(Class<R> type) {
    return kind(type);
  }

  @Override
  public <R extends HasMetadata> ResourceCache<R> open(Class<R> type) {
    return kind(type).cache;
  }

  @Override
  public void abandon() {
    abandoned = true;
  }

  @SuppressWarnings("unchecked")
  private <R extends HasMetadata> Kind<R> kind(Class<R> type) {
    return (Kind<R>) kinds.computeIfAbsent(type, t -> new Kind<>(type));
  }

  private static AppException refused(ErrorKind kind, String code, Object what) {
    return AppException.of(kind, code, code + " " + what, "", "");
  }

  private final class Kind<R extends HasMetadata> implements ResourceClient<R> {
    private final Class<R> type;
    private final Map<ObjectKey, R> objects = new ConcurrentHashMap<>();
    private final Cache<R> cache = new Cache<>(this);

    Kind(Class<R> type) {
      this.type = type;
    }

    @Override
    public Class<R> type() {
      return type;
    }

    @Override
    public Optional<R> find(ObjectKey key) {
      return Optional.ofNullable(objects.get(key));
    }

    @Override
    public R get(ObjectKey key) {
      return find(key).orElseThrow(() -> refused(ErrorKind.NOT_FOUND, "KUBE_NOT_FOUND", key));
    }

    @Override
    public synchronized R create(R object) {
      ObjectKey key = ObjectKey.of(object);
      if (objects.containsKey(key)) {
        throw refused(ErrorKind.CONFLICT, "KUBE_ALREADY_EXISTS", key);
      }
      R created = copy(object);
      created.getMetadata().setUid("uid-" + versions.get());
      store("create", key, created);
      cache.listeners.forEach(l -> l.added(created, false));
      return created;
    }

    @Override
    public R update(R object) {
      return replace("update", object);
    }

    @Override
    public R updateStatus(R object) {
      return replace("updateStatus", object);
    }

    @Override
    public R mergePatch(ObjectKey key, Map<String, ?> patch) {
      return patch("patch", key, patch);
    }

    @Override
    public R mergePatchStatus(ObjectKey key, Map<String, ?> patch) {
      return patch("patchStatus", key, patch);
    }

    private synchronized R patch(String verb, ObjectKey key, Map<String, ?> patch) {
      Object merged = Values.mergePatch(MODELS.convertValue(get(key), Map.class), patch);
      return replace(verb, MODELS.convertValue(merged, type));
    }

    private synchronized R replace(String verb, R object) {
      ObjectKey key = ObjectKey.of(object);
      R before = get(key);
      String version = object.getMetadata().getResourceVersion();
      if (!before.getMetadata().getResourceVersion().equals(version)) {
        throw refused(ErrorKind.CONFLICT, "KUBE_CONFLICT", key);
      }
      R after = copy(object);
      store(verb, key, after);
      cache.listeners.forEach(l -> l.updated(before, after, false));
      return after;
    }

    @Override
    public synchronized boolean delete(ObjectKey key, Delete how) {
      R before = objects.remove(key);
      if (before != null) {
        writes.add("delete " + key);
        cache.listeners.forEach(l -> l.deleted(before, false));
      }
      return before != null;
    }

    private void store(String verb, ObjectKey key, R object) {
      if (abandoned) {
        throw refused(ErrorKind.CANCELLED, "KUBE_CLIENT_CLOSED", key);
      }
      object.getMetadata().setResourceVersion(String.valueOf(versions.incrementAndGet()));
      writes.add(verb + " " + key);
      objects.put(key, object);
    }

    private R copy(R object) {
      return MODELS.clone(object);
    }

    @Override
    public Page<R> page(Query query, String continueToken) {
      throw new UnsupportedOperationException("page");
    }

    @Override
    public WatchStream<R> openWatch(Query query, ResourceVersion from, Duration atMost) {
      throw new UnsupportedOperationException("openWatch");
    }

    @Override
    public Watch watch(Query query, ResourceVersion from, WatchListener<R> listener) {
      throw new UnsupportedOperationException("watch");
    }
  }

  private final class Cache<R extends HasMetadata> implements ResourceCache<R> {
    private final Kind<R> kind;
    private final List<CacheListener<R>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Cache(Kind<R> kind) {
      this.kind = kind;
    }

    @Override
    public void start() {}

    @Override
    public Optional<R> get(ObjectKey key) {
      return kind.find(key);
    }

    @Override
    public List<R> list() {
      return new ArrayList<>(kind.objects.values());
    }

    @Override
    public Snapshot<R> snapshot() {
      return new Snapshot<>(observed(), new TreeMap<>(kind.objects));
    }

    @Override
    public <V> void index(Index<R, V> index) {}

    @Override
    public <V> List<R> by(Index<R, V> index, V value) {
      return List.of();
    }

    @Override
    public Optional<ResourceVersion> observed() {
      return Optional.of(ResourceVersion.of(versions.get()));
    }

    @Override
    public boolean synced() {
      return synced.getCount() == 0;
    }

    @Override
    public boolean await(ResourceVersion atLeast, Duration max) {
      return true;
    }

    @Override
    public boolean awaitSynced(Duration max) throws InterruptedException {
      return synced.await(max.toMillis(), TimeUnit.MILLISECONDS) && !closed;
    }

    @Override
    public void overlay(R written) {}

    @Override
    public void listen(CacheListener<R> listener) {
      kind.objects.values().forEach(o -> listener.added(o, true));
      listeners.add(listener);
    }

    @Override
    public void resync() {
      kind.objects.values().forEach(o -> listeners.forEach(l -> l.updated(o, o, true)));
    }

    @Override
    public void abandon() {
      closed = true;
      listeners.clear();
    }

    @Override
    public void close() {
      abandon();
    }
  }
}
