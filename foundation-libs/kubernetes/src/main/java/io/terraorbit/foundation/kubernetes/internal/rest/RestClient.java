package io.terraorbit.foundation.kubernetes.internal.rest;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, each exactly once. Safe for many threads.
 *
 * <p>OkHttp's dispatcher forgets a call as soon as its headers are read, so this keeps its own set
 * of running calls. A call joins the set first and looks at {@code closed} second; {@link
 * #abandon()} sets {@code closed} first and cancels the set second: none slips through.
 */
public final class RestClient {
  /** Longest answer that is read. */
  private static final long MAX_ANSWER_BYTES = 256L << 20;

  private static final int IDLE_CONNECTIONS = 5;
  private static final int IDLE_SECONDS = 30;

  private final OkHttpClient http;
  private final HttpUrl base;
  private final @Nullable String authorization;
  private final String userAgent;
  private final Duration callTimeout;
  private final TimeSource time;
  private final Set<Call> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Makes a client that connects when it first has to.
   *
   * @param carrier carries the requests in place of connections; null for connections
   */
  public RestClient(
      URI url,
      @Nullable String token,
      String userAgent,
      Duration callTimeout,
      Duration connectTimeout,
      TimeSource time,
      @Nullable Carrier carrier) {
    this.base = HttpUrl.get(url.toString());
    this.authorization = token == null ? null : "Bearer " + token;
    this.userAgent = userAgent;
    this.callTimeout = callTimeout;
    this.time = time;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            // Without TLS OkHttp need not read the trust store, half of its start.
            .connectionSpecs(
                List.of(base.isHttps() ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .fastFallback(false) // else connects on threads of its own
            .addNetworkInterceptor(RestClient::corrected)
            .connectTimeout(connectTimeout)
            .readTimeout(callTimeout)
            .writeTimeout(callTimeout)
            .callTimeout(callTimeout)
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
            .eventListenerFactory(Transmission::of);
    if (carrier != null) {
      builder.addInterceptor(new Carried(carrier));
    }
    this.http = builder.build();
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * @throws AppException if there is no answer, or none that is whole
   */
  public RestAnswer exchange(RestRequest request) {
    Transmission transmission = new Transmission(request, time, false);
    Call call = http.newCall(toHttp(request, transmission));
    running.add(call);
    try {
      refuseIfClosed(request);
      try (Response response = call.execute()) {
        return new RestAnswer(
            request,
            response.code(),
            response.header("Content-Type", ""),
            wholeBody(request, response.body().source()));
      }
    } catch (IOException e) {
      throw failure(transmission, e);
    } finally {
      running.remove(call);
    }
  }

  /** As {@link #exchange}, and takes only success for an answer. */
  public byte[] send(RestRequest request) {
    return exchange(request).success();
  }

  /**
   * Prepares a request whose answer is read line by line; its first line sends it.
   *
   * @param atMost bound of the whole call
   */
  public LineStream lines(RestRequest request, Duration atMost) {
    Transmission transmission = new Transmission(request, time, true);
    Call call = http.newCall(toHttp(request, transmission));
    call.timeout().timeout(atMost.plus(callTimeout).toMillis(), TimeUnit.MILLISECONDS);
    return new LineStream(this, request, transmission, call);
  }

  /** Cancels every call, drops every socket and refuses whatever comes later. Idempotent. */
  public void abandon() {
    closed = true;
    running.forEach(Call::cancel);
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  void begin(Call call, RestRequest request) {
    running.add(call);
    refuseIfClosed(request);
  }

  void end(Call call) {
    running.remove(call);
  }

  AppException failure(Transmission transmission, IOException cause) {
    if (closed) {
      return TransportErrors.closed(transmission.request(), cause);
    }
    AppException failure = transmission.failure(cause);
    if (failure.code().equals(TransportErrors.CONNECTION_LOST)) {
      // Where one connection broke, idle ones to the same place are suspect.
      http.connectionPool().evictAll();
    }
    return failure;
  }

  /**
   * Corrects two things for which OkHttp has no switch: it sends a request again on 503 with {@code
   * Retry-After: 0}, and it bounds the wait for the next event of a stream as it does the wait for
   * the headers.
   */
  private static Response corrected(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Transmission transmission = chain.request().tag(Transmission.class);
    Connection connection = chain.connection();
    if (transmission != null && transmission.endless() && connection != null) {
      connection.socket().setSoTimeout(0);
    }
    return response.newBuilder().removeHeader("Retry-After").build();
  }

  private void refuseIfClosed(RestRequest request) {
    if (closed) {
      throw TransportErrors.closed(request, null);
    }
  }

  private static byte[] wholeBody(RestRequest request, BufferedSource body) throws IOException {
    if (body.request(MAX_ANSWER_BYTES + 1)) {
      throw TransportErrors.tooLarge(request, MAX_ANSWER_BYTES);
    }
    return body.getBuffer().readByteArray();
  }

  private Request toHttp(RestRequest request, Transmission transmission) {
    HttpUrl.Builder url = base.newBuilder();
    request.path().forEach(url::addPathSegment);
    request.parameters().forEach(url::addQueryParameter);
    Request.Builder http =
        new Request.Builder()
            .url(url.build())
            .header("Accept", RestRequest.JSON)
            .header("User-Agent", userAgent)
            .tag(Transmission.class, transmission)
            .method(request.method(), body(request));
    return (authorization == null ? http : http.header("Authorization", authorization)).build();
  }

  private static @Nullable RequestBody body(RestRequest request) {
    return request.body() == null
        ? null
        : RequestBody.create(request.body(), MediaType.get(String.valueOf(request.contentType())));
  }
}
