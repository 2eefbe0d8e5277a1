package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.access.Users;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import io.terraorbit.foundation.harness.kube.internal.verbs.LiveWatch;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What connections need to get their requests answered. Immutable. */
record Dispatch(
    ApiHandler handler,
    Cluster cluster,
    Heads heads,
    Clients clients,
    Executor workers,
    Scheduler scheduler) {
  private static final Logger log = LoggerFactory.getLogger(Dispatch.class);
  private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);
  private static final Duration LAST_BOOKMARK_BEFORE_END = Duration.ofSeconds(2);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(45);
  private static final long MAX_TIMEOUT_SECONDS = 24 * 3600;

  Users users() {
    return cluster.users();
  }

  /** Has a reply made and makes it ready to be sent; whatever goes wrong, there is an answer. */
  Outgoing answer(WireRequest request, Supplier<Reply> work) {
    try {
      return complete(request, work.get());
    } catch (RuntimeException | Error e) {
      log.atError().setCause(e).addKeyValue("method", request.method()).log("reply failed");
      return heads.whole(Reply.refusal(Refusals.internal(e)), request.method(), request.headers());
    }
  }

  /** Makes a reply ready to be sent; done by a worker, for compression takes its time. */
  private Outgoing complete(WireRequest request, Reply reply) {
    if (reply instanceof Reply.Answer answer) {
      return heads.whole(answer, request.method(), request.headers());
    }
    if (reply instanceof Reply.Stream stream) {
      return heads.events(stream, request.headers());
    }
    return reply instanceof Reply.Later later
        ? new Outgoing.Later(later.delay(), later.next())
        : new Outgoing.Nothing();
  }

  /**
   * Sets the timers of a stream: its end, and its bookmarks.
   *
   * @param stream keeps them for as long as it lives
   */
  void timers(Reply.Stream events, Consumer<Scheduled> stream) {
    Duration timeout =
        events.timeoutSeconds() > 0
            ? Duration.ofSeconds(Math.min(events.timeoutSeconds(), MAX_TIMEOUT_SECONDS))
            : DEFAULT_TIMEOUT;
    LiveWatch watch = events.watch();
    stream.accept(scheduler.schedule(timeout, watch::end));
    if (events.bookmarks()) {
      stream.accept(Repeating.start(scheduler, BOOKMARK_EVERY, () -> cluster.bookmark(watch)));
      Duration last = timeout.minus(LAST_BOOKMARK_BEFORE_END);
      if (!last.isNegative()) {
        stream.accept(scheduler.schedule(last, () -> cluster.bookmark(watch)));
      }
    }
  }
}
