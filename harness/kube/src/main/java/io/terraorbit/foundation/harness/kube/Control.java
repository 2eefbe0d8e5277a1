package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ApiFaultHit;
import io.terraorbit.foundation.harness.environment.ApiFaultReport;
import io.terraorbit.foundation.harness.environment.ApiObserver;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.kube.internal.access.Users;
import io.terraorbit.foundation.harness.kube.internal.faults.FaultPlan;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The strings behind one server. Safe for many threads. */
final class Control implements ApiControl {
  private final RevisionStore<Map<String, Object>> store;
  private final Users users;
  private final FaultPlan faults;
  private final Consumer<String> drop;
  private final List<ApiObserver> observers = new CopyOnWriteArrayList<>();

  Control(
      RevisionStore<Map<String, Object>> store,
      Users users,
      TimeSource time,
      Scheduler scheduler,
      Consumer<String> drop) {
    this.store = store;
    this.users = users;
    this.faults = new FaultPlan(time, scheduler, store::revision, this::struck);
    this.drop = drop;
    store.observe(this::committed);
  }

  @Override
  public AutoCloseable observe(ApiObserver observer) {
    store.exclusively(() -> observers.add(observer));
    return () -> store.exclusively(() -> observers.remove(observer));
  }

  @Override
  public ApiFaultHandle inject(ApiFault fault) {
    return faults.arm(fault);
  }

  @Override
  public List<ApiFaultReport> faults() {
    return faults.reports();
  }

  @Override
  public void revoke(String user) {
    store.exclusively(() -> users.revoke(user));
    drop.accept(user);
  }

  @Override
  public long revision() {
    return store.revision();
  }

  /** The faults that act on requests. */
  FaultPlan plan() {
    return faults;
  }

  private void struck(ApiFaultHit hit) {
    observers.forEach(observer -> observer.struck(hit));
  }

  /** Tells the observers, between two commits. */
  void rejected(ApiRejection rejection) {
    store.exclusively(() -> observers.forEach(observer -> observer.rejected(rejection)));
  }

  private void committed(Event<Map<String, Object>> event) {
    if (observers.isEmpty()) {
      return;
    }
    ApiCommit commit =
        new ApiCommit(
            event.revision(),
            event.origin().user(),
            event.origin().verb(),
            reference(event.after()),
            event.origin().part(),
            switch (event.kind()) {
              case ADDED -> ApiCommit.Change.ADDED;
              case MODIFIED -> ApiCommit.Change.MODIFIED;
              case DELETED -> ApiCommit.Change.DELETED;
            },
            event.before(),
            event.after());
    observers.forEach(observer -> observer.committed(commit));
  }

  private static ObjectRef reference(Map<String, Object> object) {
    return new ObjectRef(
        Values.string(object, "apiVersion").orElse(""),
        Values.string(object, "kind").orElse(""),
        Values.string(object, "metadata", "namespace").orElse(""),
        Values.string(object, "metadata", "name").orElse(""));
  }
}
