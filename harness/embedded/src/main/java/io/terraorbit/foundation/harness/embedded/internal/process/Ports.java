package io.terraorbit.foundation.harness.embedded.internal.process;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. Stateless. */
final class Ports {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private Ports() {}

  /** A port that was free a moment ago. */
  static int free() {
    try (ServerSocket socket = bind(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port of the loopback address is free", e);
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = bind(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static AppException taken(Service service, int port) {
    return AppException.of(
        ErrorKind.UNAVAILABLE,
        "ENV_PORT_TAKEN",
        "the port %d, wanted for the service '%s', is in use".formatted(port, service.key()),
        "A fixed port must be free on 127.0.0.1",
        "Stop what listens there, or leave the port out to get a free one.");
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
