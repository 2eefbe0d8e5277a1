package io.terraorbit.foundation.chaos.proxy.internal.link;

/**
 * A host and a port as Go writes them: {@code host:port}, {@code [::1]:port}, {@code :port} for all
 * addresses. Immutable.
 */
public record Endpoint(String host, int port) {
  /**
   * Reads an address; an empty text means any port on all addresses.
   *
   * @throws IllegalArgumentException with Go's text for the mistake
   */
  public static Endpoint parse(String text) {
    if (text.isEmpty()) {
      return new Endpoint("", 0);
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      throw new IllegalArgumentException("address " + text + ": missing port in address");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("address " + text + ": too many colons in address");
    }
    return new Endpoint(host, port(text.substring(colon + 1)));
  }

  public String text() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static int port(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("\\d+")) {
      throw new IllegalArgumentException("lookup tcp/" + text + ": unknown port");
    }
    if (text.length() > 5 || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException("address " + text + ": invalid port");
    }
    return Integer.parseInt(text);
  }
}
