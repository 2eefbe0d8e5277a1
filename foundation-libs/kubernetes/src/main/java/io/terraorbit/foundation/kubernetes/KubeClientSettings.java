package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Where a Kubernetes API is and how it is talked to. Immutable.
 *
 * @param url {@code http} or {@code https}, with a path if the API is below one
 * @param token bearer token; null sends none
 * @param userAgent names the caller to the server
 * @param callTimeout bound of a whole call, from the connection to the last byte; of a watch, bound
 *     of the wait for its beginning
 * @param connectTimeout bound of making a connection
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record KubeClientSettings(
    URI url,
    @Nullable String token,
    String userAgent,
    Duration callTimeout,
    Duration connectTimeout,
    TimeSource time) {
  public KubeClientSettings {
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null) {
      throw new IllegalArgumentException(
          "the API's address needs http or https and a host, got '%s'".formatted(url));
    }
    requirePositive("callTimeout", callTimeout);
    requirePositive("connectTimeout", connectTimeout);
  }

  /** No token, ten seconds per call, five to connect, the machine's clocks. */
  public static KubeClientSettings of(String url) {
    return new KubeClientSettings(
        URI.create(url),
        null,
        "foundation-kubernetes",
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        TimeSource.system());
  }

  /** As {@link #of(String)}, with a bearer token. */
  public static KubeClientSettings of(String url, String token) {
    return of(url).withToken(token);
  }

  public KubeClientSettings withToken(String newToken) {
    return new KubeClientSettings(url, newToken, userAgent, callTimeout, connectTimeout, time);
  }

  public KubeClientSettings withUserAgent(String name) {
    return new KubeClientSettings(url, token, name, callTimeout, connectTimeout, time);
  }

  public KubeClientSettings withCallTimeout(Duration bound) {
    return new KubeClientSettings(url, token, userAgent, bound, connectTimeout, time);
  }

  public KubeClientSettings withConnectTimeout(Duration bound) {
    return new KubeClientSettings(url, token, userAgent, callTimeout, bound, time);
  }

  public KubeClientSettings withTime(TimeSource source) {
    return new KubeClientSettings(url, token, userAgent, callTimeout, connectTimeout, source);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "KubeClientSettings[url=%s, userAgent=%s, callTimeout=%s, connectTimeout=%s]"
        .formatted(url, userAgent, callTimeout, connectTimeout);
  }

  private static void requirePositive(String name, Duration bound) {
    if (bound.isNegative() || bound.isZero()) {
      throw new IllegalArgumentException("%s must be positive, got %s".formatted(name, bound));
    }
  }
}
