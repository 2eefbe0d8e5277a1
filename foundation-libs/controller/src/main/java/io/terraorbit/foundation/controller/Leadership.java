package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * One term of leadership. Once it is over it never becomes valid again; the next term is another
 * object. Safe for many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Leadership {
  private final String lease;
  private final String identity;
  private final FencingToken token;
  private final TimeSource time;
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private volatile long validUntil;

  Leadership(
      String lease, String identity, FencingToken token, TimeSource time, long validUntilNanos) {
    this.lease = lease;
    this.identity = identity;
    this.token = token;
    this.time = time;
    this.validUntil = validUntilNanos;
  }

  public FencingToken token() {
    return token;
  }

  /** Whether nobody else can lead now. No lock and no I/O: ask before every write. */
  public boolean valid() {
    return !lost.isDone() && time.nanoTime() - validUntil < 0;
  }

  /** Time for which this stays valid without a further renewal; zero when it is over. */
  public Duration remaining() {
    return valid() ? Duration.ofNanos(Math.max(0, validUntil - time.nanoTime())) : Duration.ZERO;
  }

  /**
   * Does nothing while {@link #valid()}.
   *
   * @throws AppException {@code LEADERSHIP_LOST} afterwards
   */
  public void check() {
    if (!valid()) {
      throw AppException.of(
          ErrorKind.ABORTED,
          "LEADERSHIP_LOST",
          "'%s' leads no more by lease '%s', token %s: %s"
              .formatted(identity, lease, token, lost.getNow("the lease was not renewed in time")),
          "Only the leader writes.",
          "Nothing to do: another replica goes on.");
    }
  }

  /** Completed with the reason when the term is over, also when nothing more is asked of it. */
  public CompletionStage<String> lost() {
    return lost.minimalCompletionStage();
  }

  /** Trusts the lease for longer; false, and over for good, when it had run out before. */
  boolean extend(long validUntilNanos) {
    if (!valid()) {
      revoke("the renewal came too late");
      return false;
    }
    validUntil = validUntilNanos;
    return true;
  }

  /** Ends the term; false when it was over already. */
  boolean revoke(String reason) {
    return lost.complete(reason);
  }

  boolean revoked() {
    return lost.isDone();
  }
}
