package io.terraorbit.foundation.harness.kube.internal.faults;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ApiFaultHit;
import io.terraorbit.foundation.harness.environment.ApiFaultReport;
import io.terraorbit.foundation.harness.environment.ApiRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One fault that was armed: counts the calls, picks those that are hit, keeps the log. */
final class Armed implements ApiFaultHandle {
  private final FaultPlan plan;
  private final ApiFault fault;
  private final Instant since;
  private final List<ApiFaultHit> log = new ArrayList<>();
  private long calls;
  private long reserved;
  private long hits;
  private long shown;
  private boolean healed;

  Armed(FaultPlan plan, ApiFault fault, Instant since) {
    this.plan = plan;
    this.fault = fault;
    this.since = since;
  }

  ApiFault fault() {
    return fault;
  }

  /** A request that the fault can act on came in: is it to be hit? */
  synchronized Optional<Hit> call(ApiRequest request) {
    if (healed) {
      return Optional.empty();
    }
    calls++;
    if (reserved >= fault.selection().limit() || !fault.selection().picks(calls)) {
      return Optional.empty();
    }
    reserved++;
    return Optional.of(new Hit(this, request, calls));
  }

  synchronized boolean healed() {
    return healed;
  }

  /** Whether no further request will be hit. */
  synchronized boolean done() {
    return healed || hits >= fault.selection().limit();
  }

  /** The revision to show, which never goes back. */
  synchronized long show(long revision) {
    shown = Math.max(shown, revision);
    return shown;
  }

  @Override
  public synchronized long hits() {
    return hits;
  }

  @Override
  public synchronized ApiFaultReport report() {
    return new ApiFaultReport(fault, since, healed, calls, hits, log);
  }

  @Override
  public void heal() {
    synchronized (this) {
      healed = true;
    }
    plan.healed();
  }

  private void record(Hit hit, String what) {
    ApiFaultHit entry = plan.entry(fault, hit.call(), hit.request(), what);
    synchronized (this) {
      hits++;
      if (log.size() < ApiFaultReport.LOGGED) {
        log.add(entry);
      }
    }
    plan.tell(entry);
  }

  private synchronized void release() {
    reserved--;
  }

  /**
   * A request that is to be hit; then it either is, or it turns out that there is nothing to hit.
   */
  record Hit(Armed armed, ApiRequest request, long call) {
    ApiFault fault() {
      return armed.fault;
    }

    /** The fault acted. Tells observers, so call it with nothing locked. */
    void happened(String what) {
      armed.record(this, what);
    }

    /** The fault could not act; another request may be hit instead. */
    void missed() {
      armed.release();
    }
  }
}
