package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.http.Outgoing.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Completes replies: headers, and compression for those who ask for it. Safe for many threads. */
final class Heads {
  /** The real server's bounds: smaller bodies are not worth it. */
  static final int COMPRESSED_FROM_BYTES = 128 * 1024;

  static final String CACHE_CONTROL = "Cache-Control";
  static final String VARY = "Vary";

  private static final String AUDIT_ID = "audit-id";
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT = 1L << 63;

  private final RandomGenerator random;

  /**
   * @param random of the ids of requests; used by nobody else
   */
  Heads(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A whole answer, ready to be sent.
   *
   * @param method of the request; {@code HEAD} leaves the body out
   * @param asked the request's headers, by lower-case name
   */
  Outgoing.Whole whole(Reply.Answer answer, String method, Map<String, String> asked) {
    List<Header> headers = common(answer.contentType(), asked);
    for (Header own : answer.headers()) {
      headers.removeIf(usual -> usual.name().equals(own.name()));
      headers.add(own);
    }
    Warnings.of(answer.warnings()).forEach(value -> headers.add(new Header("Warning", value)));
    Bytes body = answer.body();
    if (body.size() >= COMPRESSED_FROM_BYTES && takesGzip(asked)) {
      headers.add(new Header("Content-Encoding", "gzip"));
      headers.add(new Header(VARY, "Accept-Encoding"));
      body = compressed(body);
    }
    Bytes sent = method.equals("HEAD") ? Bytes.NONE : body;
    return new Outgoing.Whole(answer.code(), headers, sent, body.size());
  }

  Outgoing.Events events(Reply.Stream stream, Map<String, String> asked) {
    return new Outgoing.Events(common("application/json", asked), stream);
  }

  private List<Header> common(String contentType, Map<String, String> asked) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Audit-Id", auditId(asked.getOrDefault(AUDIT_ID, ""))));
    headers.add(new Header(CACHE_CONTROL, "no-cache, private"));
    if (!contentType.isEmpty()) {
      headers.add(new Header("Content-Type", contentType));
    }
    return headers;
  }

  /** The client's own id, if it has given one. */
  private String auditId(String given) {
    if (!given.isEmpty()) {
      return given;
    }
    synchronized (random) {
      long high = (random.nextLong() & ~0xF000L) | VERSION_4;
      long low = (random.nextLong() & ~(3L << 62)) | VARIANT;
      return new UUID(high, low).toString();
    }
  }

  /** A real server wants the bare word, without a quality. */
  private static boolean takesGzip(Map<String, String> asked) {
    return Arrays.stream(asked.getOrDefault("accept-encoding", "").split(","))
        .anyMatch(coding -> coding.trim().toLowerCase(Locale.ROOT).equals("gzip"));
  }

  private static Bytes compressed(Bytes body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.size() / 4);
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(out, 8192) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      gzip.write(body.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Bytes(out.toByteArray());
  }
}
