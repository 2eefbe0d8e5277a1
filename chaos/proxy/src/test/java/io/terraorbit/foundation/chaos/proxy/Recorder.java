package io.terraorbit.foundation.chaos.proxy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Writes down what an observer hears. */
final class Recorder implements ProxyObserver {
  private final List<String> events = new CopyOnWriteArrayList<>();

  @Override
  public void connectionOpened(Proxy proxy, long connectionId) {
    events.add("%s#%d opened".formatted(proxy.name(), connectionId));
  }

  @Override
  public void connectionClosed(Proxy proxy, long connectionId, long bytesUp, long bytesDown) {
    events.add("%s#%d closed %d/%d".formatted(proxy.name(), connectionId, bytesUp, bytesDown));
  }

  @Override
  public void toxicHit(Proxy proxy, String toxicName, long connectionId) {
    events.add("%s#%d hit %s".formatted(proxy.name(), connectionId, toxicName));
  }

  List<String> events() {
    return List.copyOf(events);
  }

  long count(Predicate<String> event) {
    return events.stream().filter(event).count();
  }
}
