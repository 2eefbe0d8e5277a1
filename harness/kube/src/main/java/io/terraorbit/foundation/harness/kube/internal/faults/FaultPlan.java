package io.terraorbit.foundation.harness.kube.internal.faults;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that are armed, oldest first. Safe for many threads. */
public final class FaultPlan {
  private static final long RETRY_AFTER_SECONDS = 1;

  private final List<Armed> armed = new CopyOnWriteArrayList<>();

  /** Arms a fault until it is spent or healed. */
  public ApiFaultHandle add(ApiFault fault) {
    if (fault instanceof ApiFault.Reject reject) {
      Armed added = new Armed(reject);
      armed.add(added);
      return added;
    }
    throw new IllegalArgumentException("unknown fault: " + fault);
  }

  /** Uses up one hit of the first fault that acts on a request. */
  public Optional<ApiFault.Reject> strike(String verb, String user, ObjectRef object) {
    return armed.stream()
        .filter(fault -> fault.strikes(verb, user, object))
        .findFirst()
        .map(fault -> fault.fault);
  }

  /** What a real server answers when it refuses with this code. */
  public static ApiException answer(int code, Subject subject) {
    return switch (code) {
      case 409 -> Refusals.modified(subject);
      case 429 -> Refusals.tooManyRequests(RETRY_AFTER_SECONDS);
      case 500 -> Refusals.internal("etcdserver: leader changed");
      case 503 -> Refusals.unavailable();
      default -> Refusals.timeout("request did not complete within the allotted timeout");
    };
  }

  private final class Armed implements ApiFaultHandle {
    private final ApiFault.Reject fault;
    private long hits;

    Armed(ApiFault.Reject fault) {
      this.fault = fault;
    }

    @Override
    public synchronized long hits() {
      return hits;
    }

    @Override
    public void heal() {
      armed.remove(this);
    }

    synchronized boolean strikes(String verb, String user, ObjectRef object) {
      if (hits >= fault.count() || !fault.match().matches(verb, user, object)) {
        return false;
      }
      hits++;
      if (hits == fault.count()) {
        armed.remove(this);
      }
      return true;
    }
  }
}
