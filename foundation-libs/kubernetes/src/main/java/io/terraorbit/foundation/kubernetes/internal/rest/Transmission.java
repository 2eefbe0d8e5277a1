package io.terraorbit.foundation.kubernetes.internal.rest;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * How far one request got, which decides what its failure means: before the first byte left,
 * nothing can have happened on the server; afterwards, anything.
 */
final class Transmission extends EventListener {
  private final RestRequest request;
  private final TimeSource time;
  private final long startedNanos;
  private final boolean endless;
  private volatile boolean sent;
  private @Nullable InputStream carried;
  private boolean canceled;

  /**
   * @param endless whether any time may pass between two parts of the answer
   */
  Transmission(RestRequest request, TimeSource time, boolean endless) {
    this.endless = endless;
    this.request = request;
    this.time = time;
    this.startedNanos = time.nanoTime();
  }

  /** The transmission that a call carries as its tag. */
  static EventListener of(Call call) {
    Transmission transmission = call.request().tag(Transmission.class);
    return transmission == null ? EventListener.NONE : transmission;
  }

  @Override
  public void requestHeadersStart(Call call) {
    sent = true;
  }

  /** What a transport brought has nothing but its body to be ended by. */
  @Override
  public void canceled(Call call) {
    InputStream body;
    synchronized (this) {
      canceled = true;
      body = carried;
    }
    if (body != null) {
      try {
        body.close();
      } catch (IOException e) {
        // It is of no use any more.
      }
    }
  }

  /** Says that a transport takes the request from here on. */
  void leaves() {
    sent = true;
  }

  /** Says that a transport brought an answer; false if nobody wants it any more. */
  synchronized boolean arrived(InputStream body) {
    carried = body;
    return !canceled;
  }

  RestRequest request() {
    return request;
  }

  boolean endless() {
    return endless;
  }

  AppException failure(IOException cause) {
    Duration took = time.since(startedNanos);
    if (Thread.currentThread().isInterrupted()) {
      return TransportErrors.interrupted(request, cause);
    }
    if (!sent) {
      return TransportErrors.unreachable(request, took, cause);
    }
    return cause instanceof InterruptedIOException
        ? TransportErrors.timeout(request, took, cause)
        : TransportErrors.connectionLost(request, took, cause);
  }
}
