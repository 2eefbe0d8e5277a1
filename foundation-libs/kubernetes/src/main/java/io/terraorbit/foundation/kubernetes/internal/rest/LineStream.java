package io.terraorbit.foundation.kubernetes.internal.rest;

import io.terraorbit.foundation.errors.AppException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** The lines of an answer without end. One thread reads, any thread may close. */
public final class LineStream implements AutoCloseable {
  /** Longest line; etcd holds no object above 1.5 MiB, JSON can grow it a little. */
  private static final long MAX_LINE_BYTES = 16L << 20;

  private final RestClient client;
  private final RestRequest request;
  private final Transmission transmission;
  private final Call call;
  private @Nullable Response response;
  private volatile boolean closed;

  LineStream(RestClient client, RestRequest request, Transmission transmission, Call call) {
    this.client = client;
    this.request = request;
    this.transmission = transmission;
    this.call = call;
  }

  /**
   * Blocks until a line is there; the first call sends the request.
   *
   * @return null when the server is done, or the stream was closed
   * @throws AppException if the server refused, or the stream broke
   */
  public byte @Nullable [] next() {
    try {
      byte[] line = readLine(source());
      if (line == null) {
        close();
      }
      return line;
    } catch (IOException e) {
      boolean wanted = closed;
      close();
      if (wanted) {
        return null;
      }
      throw client.failure(transmission, e);
    }
  }

  /** Drops the connection. Idempotent. */
  @Override
  public void close() {
    closed = true;
    call.cancel();
    client.end(call);
  }

  @Override
  public String toString() {
    return request.toString();
  }

  private BufferedSource source() throws IOException {
    if (response == null) {
      client.begin(call, request);
      response = call.execute();
      if (!response.isSuccessful()) {
        throw refusal(response);
      }
      // The wait for the headers was bounded; between events any time may pass.
      response.body().source().timeout().timeout(0, TimeUnit.SECONDS);
    }
    return response.body().source();
  }

  private AppException refusal(Response refused) throws IOException {
    BufferedSource body = refused.body().source();
    body.request(MAX_LINE_BYTES);
    RestAnswer answer =
        new RestAnswer(
            request,
            refused.code(),
            refused.header("Content-Type", ""),
            body.getBuffer().readByteArray());
    close();
    return StatusErrors.of(answer);
  }

  private byte @Nullable [] readLine(BufferedSource source) throws IOException {
    long end = source.indexOf((byte) '\n', 0, MAX_LINE_BYTES);
    if (end >= 0) {
      byte[] line = source.readByteArray(end);
      source.skip(1);
      return line;
    }
    if (source.getBuffer().size() >= MAX_LINE_BYTES) {
      close();
      throw TransportErrors.tooLarge(request, MAX_LINE_BYTES);
    }
    return source.exhausted() ? null : source.readByteArray();
  }
}
