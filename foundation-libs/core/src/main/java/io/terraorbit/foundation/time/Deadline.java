package io.terraorbit.foundation.time;

import io.terraorbit.foundation.context.Context;
import io.terraorbit.foundation.context.ContextKey;
import io.terraorbit.foundation.context.Work;
import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The moment after which nobody waits for the answer of a call any more. Immutable.
 *
 * <p>It travels with the call: a server attaches what its client sent, and each client, pool and
 * cache below waits no longer than what is left of it. It is a point on one {@link TimeSource}'s
 * monotonic clock and means nothing on another's; on the wire it is a duration.
 *
 * @param nanoTime the moment, on {@link TimeSource#nanoTime()}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Deadline(long nanoTime) {
  private static final ContextKey<Deadline> KEY = ContextKey.of("deadline", Deadline.class);

  /** Half of what a monotonic clock can tell apart: longer waits are as good as for ever. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  /**
   * So long from now.
   *
   * @param wait negative counts as zero; above 146 years as that
   */
  public static Deadline after(Duration wait, TimeSource time) {
    Duration bounded = wait.isNegative() ? Duration.ZERO : shorter(wait, LONGEST);
    return new Deadline(time.nanoTime() + bounded.toNanos());
  }

  /** What holds for this thread's call, if anything does. */
  public static Optional<Deadline> current() {
    return Context.current().find(KEY);
  }

  /**
   * How long a step of the current call may take.
   *
   * @param limit the step's own bound
   * @return what is left of the current deadline where that is less; zero when it has passed
   */
  public static Duration bound(Duration limit, TimeSource time) {
    return current().map(deadline -> shorter(limit, deadline.remaining(time))).orElse(limit);
  }

  /** Time that is left; zero once it has passed, never negative. */
  public Duration remaining(TimeSource time) {
    return Duration.ofNanos(Math.max(0, nanoTime - time.nanoTime()));
  }

  /** Whether the moment has come. */
  public boolean expired(TimeSource time) {
    return nanoTime - time.nanoTime() <= 0;
  }

  /** The earlier of two on one clock. */
  public Deadline earlier(Deadline other) {
    return nanoTime - other.nanoTime <= 0 ? this : other;
  }

  /**
   * A context in which it holds. It can only shorten what already holds there: the earlier of the
   * two does.
   */
  public Context in(Context context) {
    return context.with(KEY, context.find(KEY).map(this::earlier).orElse(this));
  }

  /** Does something within it, and gives what that gives. */
  public <T, E extends Exception> T call(Work<T, E> work) throws E {
    return in(Context.current()).call(work);
  }

  /**
   * A context without a deadline, for work that goes on after the answer, such as writing an audit
   * record.
   */
  public static Context lifted(Context context) {
    return context.without(KEY);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
