package io.terraorbit.foundation.kubernetes.internal.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Carries requests in place of connections. Safe for many threads. */
@FunctionalInterface
public interface Carrier {
  /** Carries a request, once; blocks until there is an answer. */
  Brought carry(String method, String target, Map<String, String> headers, byte[] body)
      throws IOException;

  /** An answer; closing its body ends a read that waits. */
  record Brought(int status, List<Map.Entry<String, String>> headers, InputStream body) {}
}
