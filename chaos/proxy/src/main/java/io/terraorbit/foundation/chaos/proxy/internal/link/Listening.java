package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens listening sockets, on the calling thread, so that its errors come back at once. */
public final class Listening {
  /** How many clients may wait to be accepted. */
  private static final int BACKLOG = 1024;

  private static final long LOOKUP_SECONDS = 1;

  private Listening() {}

  /**
   * Binds a socket; port zero takes a free one. Waits for nothing.
   *
   * @throws ListenFailure when the address cannot be had
   */
  public static ServerSocketChannel bind(InetSocketAddress address) throws ListenFailure {
    ServerSocketChannel socket = null;
    try {
      socket = ServerSocketChannel.open();
      return socket.bind(address, BACKLOG);
    } catch (IOException e) {
      close(socket, e);
      throw new ListenFailure("listen tcp %s: bind: %s".formatted(text(address), reason(e)), e);
    }
  }

  /** The address that a socket is bound to, as text. */
  public static String address(ServerSocketChannel socket) {
    return text(
        new InetSocketAddress(socket.socket().getInetAddress(), socket.socket().getLocalPort()));
  }

  /**
   * The address that {@code host:port} means; waits a second at most for a host's name.
   *
   * @throws ListenFailure when it means none
   */
  public static InetSocketAddress resolve(String listen, Lookup lookup) throws ListenFailure {
    Endpoint endpoint;
    try {
      endpoint = Endpoint.parse(listen);
    } catch (IllegalArgumentException e) {
      throw new ListenFailure(String.valueOf(e.getMessage()), e);
    }
    if (endpoint.host().isEmpty()) {
      return new InetSocketAddress(endpoint.port());
    }
    return new InetSocketAddress(find(endpoint.host(), lookup), endpoint.port());
  }

  private static InetAddress find(String host, Lookup lookup) throws ListenFailure {
    try {
      return lookup.find(host).get(LOOKUP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ListenFailure("lookup " + host + ": no such host", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ListenFailure("lookup " + host + ": interrupted", e);
    }
  }

  /** The address in numbers, as {@code host:port}. */
  public static String text(InetSocketAddress address) {
    return new Endpoint(NetUtil.toAddressString(address.getAddress()), address.getPort()).text();
  }

  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof BindException && message.contains("in use")) {
      return "address already in use";
    }
    return message.replaceFirst(" \\(.*\\)$", "");
  }

  private static void close(@Nullable ServerSocketChannel socket, IOException first) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }
}
