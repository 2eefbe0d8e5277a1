package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.access.RevokedException;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Takes requests without a socket, and serves them on the thread that brings them. All else is as
 * over the wire, down to the bytes. Safe for many threads.
 */
public final class InProcess {
  static final String DROPPED = "the connection was dropped";

  private final Dispatch dispatch;

  InProcess(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  /**
   * Serves a request.
   *
   * @param target path and query, encoded as in a URL
   * @param headers by lower-case name
   * @throws IOException where a client on the wire would see its connection drop
   */
  public Answered send(String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    Call call = new Call();
    dispatch.clients().add(call);
    try {
      return answered(call, serve(call, method, target, headers, body));
    } finally {
      dispatch.clients().remove(call);
    }
  }

  private Outgoing serve(
      Call call, String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    if (dispatch.clients().closed()) {
      throw new IOException("the server is closed");
    }
    try {
      if (body.length > BodyLimit.MAX_BYTES) {
        throw Refusals.tooLarge(BodyLimit.MAX_BYTES);
      }
      WireRequest request =
          WireRequest.read(
              method,
              target,
              headers,
              new Bytes(body),
              dispatch.users().authenticate(headers.getOrDefault("authorization", "")));
      call.user = request.user();
      dispatch.users().check(call.user);
      Outgoing reply = dispatch.answer(request, () -> dispatch.handler().handle(request));
      while (reply instanceof Outgoing.Later later) {
        call.pause(dispatch, later);
        reply = dispatch.answer(request, later.next());
      }
      return reply;
    } catch (ApiException e) {
      return dispatch.heads().whole(Reply.refusal(e), method, headers);
    } catch (RevokedException e) {
      return new Outgoing.Nothing();
    }
  }

  private Answered answered(Call call, Outgoing reply) throws IOException {
    if (reply instanceof Outgoing.Events events) {
      EventLines lines = new EventLines(dispatch, call.user, events.stream());
      if (!dropped(call)) {
        return new Answered(200, fields(events.headers()), lines);
      }
      lines.close();
    } else if (reply instanceof Outgoing.Whole whole && !dropped(call)) {
      List<Map.Entry<String, String>> headers = fields(whole.headers());
      headers.add(Map.entry("Content-Length", String.valueOf(whole.length())));
      return new Answered(whole.code(), headers, new ByteArrayInputStream(whole.body().content()));
    }
    throw new IOException(DROPPED);
  }

  private boolean dropped(Call call) {
    return call.dropped || dispatch.users().revoked(call.user);
  }

  private static List<Map.Entry<String, String>> fields(List<Outgoing.Header> headers) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    headers.forEach(header -> fields.add(Map.entry(header.name(), header.value())));
    return fields;
  }

  /**
   * An answer.
   *
   * @param headers in order
   * @param body of a watch, ends with the watch; closing it ends the watch
   */
  public record Answered(int code, List<Map.Entry<String, String>> headers, InputStream body) {}

  /** A request that is being served. */
  private static final class Call implements Clients.Client {
    private volatile CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean dropped;
    private volatile String user = "";

    @Override
    public String user() {
      return user;
    }

    @Override
    public CompletableFuture<?> cut() {
      dropped = true;
      ready.countDown();
      return CompletableFuture.completedFuture(null);
    }

    /** Waits until a reply is due, or the caller is cut off. */
    void pause(Dispatch dispatch, Outgoing.Later later) throws IOException {
      var timer = dispatch.scheduler().schedule(later.delay(), ready::countDown);
      try {
        ready.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the server took its time");
      } finally {
        timer.cancel();
        ready = new CountDownLatch(1);
      }
      if (dropped) {
        throw new IOException(DROPPED);
      }
    }
  }
}
