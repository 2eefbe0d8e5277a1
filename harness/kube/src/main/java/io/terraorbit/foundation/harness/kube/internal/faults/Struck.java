package io.terraorbit.foundation.harness.kube.internal.faults;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFault.Loss;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.environment.ApiRequest;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The faults that hit one request. Confined to one thread at a time. */
public final class Struck {
  private final List<Armed.Hit> delays;
  private final List<Armed.Hit> foreign;
  private final Armed.@Nullable Hit answer;

  Struck(List<Armed.Hit> delays, List<Armed.Hit> foreign, Armed.@Nullable Hit answer) {
    this.delays = delays;
    this.foreign = foreign;
    this.answer = answer;
  }

  /** Counts the delays: how long the request waits before it is served. Asked once. */
  public Duration delay() {
    Duration sum = Duration.ZERO;
    for (Armed.Hit hit : delays) {
      Duration delay = ((ApiFault.Delay) hit.fault()).delay();
      hit.happened("delayed by " + delay);
      sum = sum.plus(delay);
    }
    return sum;
  }

  /**
   * Has other users change the object first.
   *
   * @param write by a user, a patch; returns what came of it, or empty when there is no object
   */
  public void interfere(BiFunction<String, Map<String, Object>, Optional<String>> write) {
    for (Armed.Hit hit : foreign) {
      ApiFault.ForeignWrite fault = (ApiFault.ForeignWrite) hit.fault();
      write
          .apply(fault.user(), fault.patch())
          .ifPresentOrElse(outcome -> hit.happened("before it " + outcome), hit::missed);
    }
  }

  /**
   * Refuses the request if that is what is to become of it.
   *
   * @param rejections told of it
   * @throws ApiException what the client is answered
   */
  public void refuse(Subject subject, Consumer<ApiRejection> rejections) {
    Armed.Hit hit = answer;
    if (hit == null || !(hit.fault() instanceof ApiFault.Reject reject)) {
      return;
    }
    ApiRequest request = hit.request();
    hit.happened("refused with %d %s".formatted(reject.code(), reject.refusal()));
    rejections.accept(
        new ApiRejection(
            reject.id(), request.user(), request.verb(), request.object(), reject.code()));
    throw answer(reject, request, subject);
  }

  /**
   * Whether a list is to be told that its revision is too old; asked once.
   *
   * @return the hit is counted when this is true
   */
  public boolean expires() {
    Armed.Hit hit = answer;
    if (hit == null || !(hit.fault() instanceof ApiFault.Expire)) {
      return false;
    }
    hit.happened("answered 410 Expired");
    return true;
  }

  /**
   * The revision that a read is to see; 0 for the newest.
   *
   * @param oldest the oldest that is kept
   */
  public long view(Ask ask, long oldest, long newest) {
    Armed.Hit hit = answer;
    if (hit == null || !(hit.fault() instanceof ApiFault.StaleView stale)) {
      return 0;
    }
    long wanted = stale.lag() > 0 ? newest - stale.lag() : stale.revision();
    long shown = hit.armed().show(Math.max(Math.max(wanted, oldest), ask.floor()));
    if (shown >= newest) {
      hit.missed();
      return 0;
    }
    hit.happened("saw revision %d, %d behind".formatted(shown, newest - shown));
    return shown;
  }

  /**
   * What the client of a write is told instead of the reply.
   *
   * @param code of the reply
   */
  public Optional<Loss> lose(int code) {
    Armed.Hit hit = answer;
    if (hit == null || !(hit.fault() instanceof ApiFault.CommitThenFail fault)) {
      return Optional.empty();
    }
    if (code >= 300) {
      hit.missed();
      return Optional.empty();
    }
    hit.happened("committed, then " + fault.loss());
    return Optional.of(fault.loss());
  }

  /** What a real server says when it has lost a write. */
  public static ApiException lost(Loss loss) {
    return loss == Loss.TIMEOUT
        ? Refusals.timeout("request did not complete within the allotted timeout")
        : Refusals.internal("etcdserver: request timed out, possibly due to connection lost");
  }

  private static ApiException answer(ApiFault.Reject reject, ApiRequest request, Subject subject) {
    long seconds = reject.retryAfter().toSeconds();
    return switch (reject.refusal()) {
      case CONFLICT -> Refusals.modified(subject);
      case TOO_MANY_REQUESTS -> Refusals.tooManyRequests(seconds);
      case INTERNAL_ERROR -> Refusals.internal("etcdserver: leader changed");
      case SERVER_TIMEOUT -> Refusals.serverTimeout(subject, request.verb(), seconds);
      case UNAVAILABLE -> Refusals.unavailable(seconds);
      case TIMEOUT ->
          Refusals.timeout("request did not complete within the allotted timeout", seconds);
    };
  }
}
