package io.terraorbit.foundation.harness.kube.internal.faults;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFault.WatchScope;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ApiFaultHit;
import io.terraorbit.foundation.harness.environment.ApiFaultReport;
import io.terraorbit.foundation.harness.environment.ApiRequest;
import io.terraorbit.foundation.harness.kube.internal.verbs.LiveWatch;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The faults that were armed, oldest first. Safe for many threads. */
public final class FaultPlan {
  private static final int MAX_KEPT = 10_000;

  private final TimeSource time;
  private final Scheduler scheduler;
  private final LongSupplier revision;
  private final Consumer<ApiFaultHit> observer;
  private final List<Armed> all = new ArrayList<>();
  private final Set<WatchFaults> open = new LinkedHashSet<>();
  private volatile boolean idle = true;

  /**
   * None yet.
   *
   * @param scheduler lets late events go
   * @param revision the store's newest
   * @param observer told of every hit
   */
  public FaultPlan(
      TimeSource time, Scheduler scheduler, LongSupplier revision, Consumer<ApiFaultHit> observer) {
    this.time = time;
    this.scheduler = scheduler;
    this.revision = revision;
    this.observer = observer;
  }

  /** Arms a fault until it is spent or healed. */
  public ApiFaultHandle arm(ApiFault fault) {
    Armed armed = new Armed(this, fault, time.instant());
    List<WatchFaults> met = new ArrayList<>();
    synchronized (this) {
      idle = false;
      forgetOld();
      all.add(armed);
      for (WatchFaults watch : open) {
        if (meetsOpen(fault) && fault.actsOn(watch.request())) {
          armed.call(watch.request()).ifPresent(watch::add);
          met.add(watch);
        }
      }
    }
    met.forEach(WatchFaults::refresh);
    return armed;
  }

  /** What became of all faults, in the order in which they were armed. */
  public synchronized List<ApiFaultReport> reports() {
    return all.stream().map(Armed::report).toList();
  }

  /** Whether no fault was ever armed, so that nothing needs to be known of requests. */
  public boolean idle() {
    return idle;
  }

  /** Finds out which faults hit a request. */
  public synchronized Struck strike(Ask ask) {
    List<Armed.Hit> delays = new ArrayList<>();
    List<Armed.Hit> foreign = new ArrayList<>();
    Armed.@Nullable Hit answer = null;
    for (Armed armed : all) {
      ApiFault fault = armed.fault();
      if (armed.done() || !fault.actsOn(ask.request())) {
        continue;
      }
      if (fault instanceof ApiFault.Delay) {
        armed.call(ask.request()).ifPresent(delays::add);
      } else if (fault instanceof ApiFault.ForeignWrite) {
        armed.call(ask.request()).ifPresent(foreign::add);
      } else if (answer == null && decides(fault, ask)) {
        answer = armed.call(ask.request()).orElse(null);
      }
    }
    return new Struck(delays, foreign, answer);
  }

  /** A watch began; its faults act on it from now on. */
  public void attach(Ask ask, LiveWatch watch) {
    WatchFaults faults = new WatchFaults(watch, ask.request(), scheduler, this::forget);
    synchronized (this) {
      open.add(faults);
      for (Armed armed : all) {
        ApiFault fault = armed.fault();
        if (!armed.done() && meetsNew(fault, ask) && fault.actsOn(ask.request())) {
          armed.call(ask.request()).ifPresent(faults::add);
        }
      }
    }
    watch.guard(faults);
    faults.refresh();
  }

  /** A fault was healed: what it holds back is let go. */
  void healed() {
    List<WatchFaults> watches;
    synchronized (this) {
      watches = List.copyOf(open);
    }
    watches.forEach(WatchFaults::refresh);
  }

  ApiFaultHit entry(ApiFault fault, long call, ApiRequest request, String what) {
    return new ApiFaultHit(fault, call, time.instant(), revision.getAsLong(), request, what);
  }

  void tell(ApiFaultHit hit) {
    observer.accept(hit);
  }

  private synchronized void forget(WatchFaults ended) {
    open.remove(ended);
  }

  private void forgetOld() {
    for (int i = 0; all.size() >= MAX_KEPT && i < all.size(); ) {
      if (all.get(i).done()) {
        all.remove(i);
      } else {
        i++;
      }
    }
  }

  /** Whether a fault decides on the answer to a request. */
  private static boolean decides(ApiFault fault, Ask ask) {
    if (fault instanceof ApiFault.StaleView stale) {
      return ask.allowsOld() || (stale.newestToo() && ask.wantsNewest());
    }
    if (fault instanceof ApiFault.Expire) {
      return ask.request().verb().equals("list") && ask.wantsPast();
    }
    return fault instanceof ApiFault.Reject || fault instanceof ApiFault.CommitThenFail;
  }

  private static boolean meetsOpen(ApiFault fault) {
    if (fault instanceof ApiFault.BreakWatch end) {
      return end.scope() != WatchScope.NEW;
    }
    if (fault instanceof ApiFault.HoldEvents hold) {
      return hold.scope() != WatchScope.NEW;
    }
    if (fault instanceof ApiFault.Expire expire) {
      return expire.scope() != WatchScope.NEW;
    }
    return fault instanceof ApiFault.DelayEvents || fault instanceof ApiFault.StarveBookmarks;
  }

  private static boolean meetsNew(ApiFault fault, Ask ask) {
    if (fault instanceof ApiFault.BreakWatch end) {
      return end.scope() != WatchScope.OPEN;
    }
    if (fault instanceof ApiFault.HoldEvents hold) {
      return hold.scope() != WatchScope.OPEN;
    }
    if (fault instanceof ApiFault.Expire expire) {
      return expire.scope() != WatchScope.OPEN && ask.wantsPast();
    }
    return fault instanceof ApiFault.DelayEvents || fault instanceof ApiFault.StarveBookmarks;
  }
}
