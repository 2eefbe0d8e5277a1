package io.terraorbit.foundation.kubernetes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches of one client that run on threads of their own. Safe for many threads. */
final class WatchThreads {
  private final Set<WatchThread<?>> running = ConcurrentHashMap.newKeySet();

  <T> Watch start(String name, WatchStream<T> stream, WatchListener<T> listener) {
    WatchThread<T> watch = new WatchThread<>(name, stream, listener, running::remove);
    running.add(watch);
    watch.start();
    return watch;
  }

  void closeAll() {
    running.forEach(WatchThread::close);
  }
}
