package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What a cache's thread does: list, then watch from there, until the cache or its client is closed.
 *
 * <p>A watch that runs out or breaks is resumed from the last version observed. A new list is read
 * only when the server has forgotten that version, when watching has failed {@link
 * #FAILURES_TO_RELIST} times in a row, or after a failure that nobody foresaw. A list that is older
 * than what was observed already comes from a server that lags; it is refused, {@link #STALE_LISTS}
 * times in a row at most, for history may really have gone back, as when the server was restored
 * from a backup.
 */
final class CacheLoop<T extends HasMetadata> implements Runnable {
  static final int FAILURES_TO_RELIST = 5;
  static final int STALE_LISTS = 3;
  private static final int FAILURES_TO_WARN = 3;
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final String CLIENT_CLOSED = "KUBE_CLIENT_CLOSED";
  private static final String EXPIRED = "KUBE_EXPIRED";
  private static final Logger log = LoggerFactory.getLogger(CacheLoop.class);

  private final String name;
  private final ResourceClient<T> client;
  private final Query query;
  private final CacheSettings settings;
  private final CacheStore<T> store;
  private final Deliveries<T> deliveries;
  private final Gate gate = new Gate();
  private final Backoff backoff;
  private @Nullable String relistBecause = "start";
  private long startedNanos;
  private int failures;
  private int staleLists;
  private volatile @Nullable WatchStream<T> stream;

  CacheLoop(
      String name,
      ResourceClient<T> client,
      Query query,
      CacheSettings settings,
      CacheStore<T> store,
      Deliveries<T> deliveries) {
    this.name = name;
    this.client = client;
    this.query = query.paged();
    this.settings = settings;
    this.store = store;
    this.deliveries = deliveries;
    this.backoff = new Backoff(settings.minPause(), settings.maxPause(), settings.random());
  }

  @Override
  public void run() {
    startedNanos = settings.time().nanoTime();
    while (gate.isOpen()) {
      String broken = attempt();
      if (CLIENT_CLOSED.equals(broken)) {
        gate.close();
      } else if (broken != null && gate.isOpen()) {
        recover(broken);
      }
    }
  }

  /** Makes {@link #run} return; a list that is under way is waited for by nobody but its thread. */
  void stop() {
    gate.close();
    WatchStream<T> current = stream;
    if (current != null) {
      current.close();
    }
  }

  private @Nullable String attempt() {
    try {
      if (relistBecause != null) {
        relist(relistBecause);
        relistBecause = null;
      }
      return watch();
    } catch (AppException e) {
      if (e.code().equals(EXPIRED)) {
        relistBecause = EXPIRED;
      }
      return e.code();
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("cache", name).log("cache failed, lists anew");
      relistBecause = "KUBE_CACHE_FAILED";
      return relistBecause;
    }
  }

  private void recover(String broken) {
    failures++;
    settings.observer().watchBroken(name, broken);
    log.atLevel(failures < FAILURES_TO_WARN ? Level.DEBUG : Level.WARN)
        .addKeyValue("cache", name)
        .addKeyValue("reason", broken)
        .addKeyValue("failures", failures)
        .log("cache lost its watch, tries again");
    if (failures % FAILURES_TO_RELIST == 0 && relistBecause == null) {
      relistBecause = broken;
    }
    gate.pause(backoff.after(failures));
  }

  private void relist(String reason) {
    List<T> objects = new ArrayList<>();
    Page<T> page = client.page(query);
    ResourceVersion version = page.version().orElseThrow(this::opaque);
    refuseIfStale(version);
    objects.addAll(page.items());
    while (page.continueToken().isPresent() && gate.isOpen()) {
      page = client.page(query, page.continueToken().get());
      objects.addAll(page.items());
    }
    if (!gate.isOpen()) {
      return;
    }
    deliveries.apply(() -> store.replace(objects, version));
    settings.observer().relisted(name, reason, objects.size());
    if (deliveries.synced()) {
      Duration took = settings.time().since(startedNanos);
      settings.observer().synced(name, objects.size(), took);
    }
  }

  private void refuseIfStale(ResourceVersion version) {
    Optional<ResourceVersion> observed = store.observed();
    if (observed.isEmpty() || version.compareTo(observed.get()) >= 0) {
      staleLists = 0;
    } else if (++staleLists <= STALE_LISTS) {
      throw AppException.of(
          ErrorKind.UNAVAILABLE,
          "KUBE_LIST_STALE",
          "A list of %s is of version %s".formatted(name, version),
          "Version %s was observed already, so the server lags".formatted(observed.get()),
          "Nothing; the cache lists again.");
    }
  }

  /** Watches until the server ends it; returns what was wrong with that, if anything. */
  private @Nullable String watch() {
    ResourceVersion from = store.observed().orElseThrow();
    long openedNanos = settings.time().nanoTime();
    boolean silent = true;
    try (WatchStream<T> opened = client.openWatch(query, from, watchLife())) {
      stream = opened;
      while (gate.isOpen()) {
        Optional<WatchEvent<T>> event = opened.next();
        if (event.isEmpty()) {
          break;
        }
        take(event.get());
        silent = false;
        failures = 0;
      }
    } finally {
      stream = null;
    }
    if (silent && settings.time().since(openedNanos).compareTo(SHORT) < 0) {
      return "short";
    }
    failures = 0;
    return null;
  }

  private void take(WatchEvent<T> event) {
    long arrivedNanos = settings.time().nanoTime();
    if (event instanceof WatchEvent.Bookmark<T> bookmark) {
      store.bookmark(bookmark.version());
      return;
    }
    T object = objectOf(event);
    ResourceVersion version = ResourceVersion.of(object).orElseThrow(this::opaque);
    deliveries.apply(
        () ->
            event instanceof WatchEvent.Deleted<T>
                ? store.remove(object, version)
                : store.put(object, version));
    settings.observer().lag(name, version, settings.time().since(arrivedNanos));
  }

  private static <T> T objectOf(WatchEvent<T> event) {
    if (event instanceof WatchEvent.Added<T> added) {
      return added.object();
    }
    if (event instanceof WatchEvent.Modified<T> modified) {
      return modified.object();
    }
    return ((WatchEvent.Deleted<T>) event).object();
  }

  private Duration watchLife() {
    long nanos = settings.watchLife().toNanos();
    return Duration.ofNanos(nanos + settings.random().nextLong(nanos));
  }

  private AppException opaque() {
    return AppException.of(
        ErrorKind.UNIMPLEMENTED,
        "KUBE_VERSION_OPAQUE",
        "The server gave %s no resource version, or one that is no number".formatted(name),
        "A cache compares versions, which Kubernetes promises since 1.35 (KEP-5504)",
        "Read objects of this server with a ResourceClient, without a cache.");
  }
}
