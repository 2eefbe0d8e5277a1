package io.terraorbit.foundation.chaos.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server behind a proxy, one thread per connection; its handler says what it serves. */
final class Upstream implements AutoCloseable {
  /** Serves one connection and leaves the closing to the server, or does it itself. */
  interface Service {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final Service service;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();

  private Upstream(Service service) {
    this.service = service;
    try {
      listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("test-upstream", this::acceptAll);
  }

  static Upstream serving(Service service) {
    return new Upstream(service);
  }

  /** Answers with what it gets, and closes when its client does. */
  static Upstream echo() {
    return serving(
        socket -> {
          socket.getInputStream().transferTo(socket.getOutputStream());
          socket.close();
        });
  }

  /** Does nothing by itself; a test takes the sockets. */
  static Upstream silent() {
    return serving(socket -> {});
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  int port() {
    return listener.getLocalPort();
  }

  Socket accepted() throws InterruptedException {
    Socket socket = accepted.poll(20, TimeUnit.SECONDS);
    if (socket == null) {
      throw new AssertionError("no connection came");
    }
    return socket;
  }

  int waiting() {
    return accepted.size();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        open.add(socket);
        accepted.add(socket);
        start("test-upstream-connection", () -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      service.serve(socket);
    } catch (IOException e) {
      open.remove(socket);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
