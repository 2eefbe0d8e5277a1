package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pulls events and pushes them at a listener. */
final class WatchThread<T> implements Watch {
  private static final long JOIN_MS = 10_000;

  private final WatchStream<T> stream;
  private final WatchListener<T> listener;
  private final Consumer<WatchThread<T>> whenDone;
  private final Thread thread;
  private volatile boolean open = true;

  WatchThread(
      String name,
      WatchStream<T> stream,
      WatchListener<T> listener,
      Consumer<WatchThread<T>> whenDone) {
    this.stream = stream;
    this.listener = listener;
    this.whenDone = whenDone;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public boolean open() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    stream.close();
    if (Thread.currentThread() != thread) {
      join();
    }
  }

  private void join() {
    try {
      thread.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    AppException reason = null;
    try {
      pump();
    } catch (AppException e) {
      reason = open ? e : null;
    } catch (RuntimeException e) {
      reason = listenerFailed(e);
    } finally {
      end(reason);
    }
  }

  private void pump() {
    Optional<WatchEvent<T>> event = stream.next();
    while (open && event.isPresent()) {
      listener.event(event.get());
      event = stream.next();
    }
  }

  private void end(@Nullable AppException reason) {
    open = false;
    stream.close();
    whenDone.accept(this);
    listener.closed(reason);
  }

  private AppException listenerFailed(RuntimeException cause) {
    return new AppException(
        new AppError(
            ErrorKind.INTERNAL,
            "KUBE_WATCH_LISTENER_FAILED",
            "The listener of %s threw %s".formatted(thread.getName(), cause),
            "A listener that throws has missed an event, so its watch ends",
            "Catch in the listener what it can deal with."),
        cause);
  }
}
