package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.verbs.LiveWatch;
import io.terraorbit.foundation.harness.kube.internal.verbs.WatchEvent;
import io.terraorbit.foundation.time.Scheduler.Scheduled;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The events of a watch as a stream of lines, for a reader in this process. One thread reads, any
 * may close.
 */
final class EventLines extends InputStream implements Clients.Client {
  private final Dispatch dispatch;
  private final String user;
  private final Reply.Stream events;
  private final LiveWatch watch;
  private final List<Scheduled> timers = new ArrayList<>();
  private byte[] line = new byte[0];
  private int read;
  private boolean woken;
  private boolean closed;
  private boolean dropped;

  EventLines(Dispatch dispatch, String user, Reply.Stream events) {
    this.dispatch = dispatch;
    this.user = user;
    this.events = events;
    this.watch = events.watch();
    dispatch.clients().add(this);
    dispatch.timers(events, timers::add);
    watch.onReady(this::wake);
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public CompletableFuture<?> cut() {
    synchronized (this) {
      dropped = true;
    }
    close();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Reads no further than the end of a line, and waits for no more than the first byte. */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (read == line.length && !next()) {
      return -1;
    }
    int count = Math.min(length, line.length - read);
    System.arraycopy(line, read, target, offset, count);
    read += count;
    return count;
  }

  @Override
  public int available() {
    return line.length - read;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    timers.forEach(Scheduled::cancel);
    watch.end();
    dispatch.clients().remove(this);
  }

  private synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Waits for the next event; false at the end. */
  private boolean next() throws IOException {
    while (true) {
      if (!awake()) {
        return false;
      }
      Optional<WatchEvent> event = watch.poll();
      if (event.isPresent()) {
        byte[] json = EventStream.json(event.get(), events.shape());
        line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        read = 0;
        wake();
        return true;
      }
      if (watch.finished()) {
        close();
        if (watch.wasCut()) {
          throw new IOException(InProcess.DROPPED);
        }
        return false;
      }
    }
  }

  /** Waits until there may be something to poll; false when this was closed. */
  private synchronized boolean awake() throws IOException {
    while (!woken && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for an event");
      }
    }
    if (dropped || dispatch.users().revoked(user)) {
      throw new IOException(InProcess.DROPPED);
    }
    woken = false;
    return !closed;
  }
}
