package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.json.Values;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client as informers are: lists in pages, watches from there, lists anew when it must. */
final class CachingClient {
  private final TestCluster cluster;
  private final String selector;
  private final int pageSize;
  private final Map<String, Map<String, Object>> cache = new TreeMap<>();
  private long revision;
  private @Nullable LiveWatch watch;

  CachingClient(TestCluster cluster, String selector, int pageSize) {
    this.cluster = cluster;
    this.selector = selector;
    this.pageSize = pageSize;
  }

  String selector() {
    return selector;
  }

  Map<String, Map<String, Object>> cache() {
    return cache;
  }

  /** The watch breaks, with all that it had not delivered. */
  void lose() {
    if (watch != null) {
      watch.end();
      watch = null;
    }
  }

  /** Catches up with what happened. */
  void follow() {
    if (watch == null) {
      if (revision == 0) {
        list();
      }
      watch = cluster.watch(selector, revision);
    }
    for (Optional<WatchEvent> event = watch.poll(); event.isPresent(); event = watch.poll()) {
      if (event.get().type().equals("ERROR")) {
        lose();
        revision = 0;
        follow();
        return;
      }
      apply(event.get());
    }
  }

  private void apply(WatchEvent event) {
    Map<String, Object> object = event.object();
    revision = Long.parseLong(Meta.text(object, "resourceVersion"));
    if (event.type().equals("DELETED")) {
      cache.remove(Meta.name(object));
    } else {
      cache.put(Meta.name(object), TestCluster.bare(object));
    }
  }

  private void list() {
    cache.clear();
    String token = "";
    int pages = 0;
    do {
      if (++pages > 100) {
        throw new AssertionError("a list of at most six objects has no end");
      }
      Map<String, Object> page = cluster.list(selector, pageSize, token);
      revision = Long.parseLong(Meta.text(page, "resourceVersion"));
      Values.listAt(page, "items").stream()
          .map(Values::object)
          .forEach(item -> cache.put(Meta.name(item), item));
      token = Meta.text(page, "continue");
    } while (!token.isEmpty());
  }
}
