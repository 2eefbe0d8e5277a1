package io.terraorbit.foundation.harness.kube.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who is connected now, by whatever transport. Safe for many threads. */
final class Clients {
  private final Set<Client> connected = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  void add(Client client) {
    connected.add(client);
    if (closed) {
      client.cut();
    }
  }

  void remove(Client client) {
    connected.remove(client);
  }

  int count() {
    return connected.size();
  }

  /** Cuts a user's connections and waits until they are cut, for a bounded time. */
  void drop(String user, long seconds) {
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (Client client : connected) {
      if (client.user().equals(user)) {
        ends.add(client.cut());
      }
    }
    await(CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])), seconds);
  }

  private static void await(CompletableFuture<Void> ends, long seconds) {
    try {
      ends.get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What could not be cut in time is refused at its next request.
    }
  }

  boolean closed() {
    return closed;
  }

  /** Cuts all; nobody is served afterwards. */
  void close() {
    closed = true;
    connected.forEach(Client::cut);
  }

  /** One that is connected. */
  interface Client {
    /** Who asked last; empty as long as nobody has. */
    String user();

    /** Drops the connection; the result is complete when it is dropped. */
    CompletableFuture<?> cut();
  }
}
