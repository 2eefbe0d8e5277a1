package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ApiFaultReport;
import io.terraorbit.foundation.harness.environment.ApiObserver;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.BackendProvider;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.KubernetesBackend;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.kubernetes.Delete;
import io.terraorbit.foundation.kubernetes.DynamicClient;
import io.terraorbit.foundation.kubernetes.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A Kubernetes API in memory, as far as the runner needs one: commits in order, observers within
 * the commit, users that are cut off. Kinds but {@code Widget} and CRDs are namespaced.
 */
final class FakeKube implements KubernetesBackend, ApiControl {
  private static final Map<String, FakeKube> RUNNING = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final String url = "fake-" + NUMBERS.incrementAndGet();
  private final Map<String, Map<String, Object>> objects = new TreeMap<>();
  private final List<ApiObserver> observers = new CopyOnWriteArrayList<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final Set<String> revoked = new HashSet<>();
  private long revision;
  private boolean closed;

  FakeKube() {
    RUNNING.put(url, this);
  }

  static FakeKube at(String url) {
    return RUNNING.get(url);
  }

  /** Hands this server out as the environment's Kubernetes. */
  BackendProvider provider() {
    return new BackendProvider() {
      @Override
      public Service service() {
        return Service.KUBERNETES;
      }

      @Override
      public String kind() {
        return "embedded";
      }

      @Override
      public KubernetesBackend start(BackendOptions options) {
        return FakeKube.this;
      }
    };
  }

  Connector connector() {
    return (backend, user) -> new Connector.Connection(new Client(user), () -> {});
  }

  boolean closed() {
    return closed;
  }

  // Writing

  synchronized Map<String, Object> put(String user, Map<String, Object> object, String verb) {
    ObjectRef ref = Words.reference(object);
    requireServed(ref);
    refuse(user, ref, verb);
    Map<String, Object> before = objects.get(key(ref));
    Map<String, Object> unversioned = Values.without(object, "metadata", "resourceVersion");
    if (before != null
        && unversioned.equals(Values.without(before, "metadata", "resourceVersion"))) {
      return before;
    }
    Map<String, Object> after =
        Values.with(object, String.valueOf(++revision), "metadata", "resourceVersion");
    objects.put(key(ref), after);
    commit(
        new ApiCommit(
            revision,
            user,
            verb,
            ref,
            "",
            before == null ? ApiCommit.Change.ADDED : ApiCommit.Change.MODIFIED,
            before,
            after),
        user);
    return after;
  }

  synchronized boolean remove(String user, ObjectRef ref) {
    refuse(user, ref, "delete");
    Map<String, Object> before = objects.remove(key(ref));
    if (before != null) {
      commit(
          new ApiCommit(
              ++revision, user, "delete", ref, "", ApiCommit.Change.DELETED, before, before),
          user);
    }
    return before != null;
  }

  synchronized Optional<Map<String, Object>> get(ObjectRef ref) {
    return Optional.ofNullable(objects.get(key(ref)));
  }

  synchronized List<Map<String, Object>> all(String kind) {
    return objects.values().stream()
        .filter(object -> Values.string(object, "kind").orElse("").equals(kind))
        .toList();
  }

  synchronized boolean isRevoked(String user) {
    return revoked.contains(user);
  }

  synchronized void awaitChange(long seen, long millis) throws InterruptedException {
    if (revision <= seen) {
      wait(millis);
    }
  }

  private void commit(ApiCommit commit, String user) {
    observers.forEach(observer -> observer.committed(commit));
    notifyAll();
    requireAllowed(user);
  }

  private void refuse(String user, ObjectRef ref, String verb) {
    requireAllowed(user);
    if (!ref.kind().equals("Widget")
        && !ref.kind().startsWith("Custom")
        && ref.namespace().isEmpty()) {
      throw error(ErrorKind.VALIDATION, "KUBE_NAMESPACE_MISSING", ref + " names no namespace");
    }
    for (Fault fault : faults) {
      if (fault.refuses(verb, user, ref)) {
        ApiRejection rejection =
            new ApiRejection(fault.reject.id(), user, verb, ref, fault.reject.code());
        observers.forEach(observer -> observer.rejected(rejection));
        throw error(ErrorKind.CONFLICT, "KUBE_CONFLICT", ref + " was refused");
      }
    }
  }

  private void requireAllowed(String user) {
    if (revoked.contains(user)) {
      throw error(ErrorKind.UNAVAILABLE, "KUBE_UNREACHABLE", user + " is cut off");
    }
  }

  private static void requireServed(ObjectRef ref) {
    if (ref.kind().startsWith("Unknown")) {
      throw error(
          ErrorKind.VALIDATION, "KUBE_KIND_UNKNOWN", "the API does not serve " + ref.kind());
    }
  }

  private static String key(ObjectRef ref) {
    return ref.toString();
  }

  private static AppException error(ErrorKind kind, String code, String found) {
    return AppException.of(kind, code, found, "", "Do otherwise.");
  }

  // The backend

  @Override
  public Service service() {
    return Service.KUBERNETES;
  }

  @Override
  public String kind() {
    return "embedded";
  }

  @Override
  public String version() {
    return "fake";
  }

  @Override
  public Endpoint endpoint() {
    return Endpoint.loopback(9);
  }

  @Override
  public String url(Endpoint via) {
    return url;
  }

  @Override
  public String token(String user) {
    return user;
  }

  @Override
  public String createNamespace(String hint) {
    return hint + "-1";
  }

  @Override
  public void deleteNamespace(String name) {}

  @Override
  public Optional<ApiControl> control() {
    return Optional.of(this);
  }

  @Override
  public void close() {
    closed = true;
    RUNNING.remove(url);
  }

  // The control

  @Override
  public AutoCloseable observe(ApiObserver observer) {
    observers.add(observer);
    return () -> observers.remove(observer);
  }

  @Override
  public ApiFaultHandle inject(ApiFault fault) {
    Fault armed = new Fault((ApiFault.Reject) fault);
    faults.add(armed);
    return new ApiFaultHandle() {
      @Override
      public long hits() {
        return armed.hits;
      }

      @Override
      public ApiFaultReport report() {
        return armed.report();
      }

      @Override
      public void heal() {
        faults.remove(armed);
      }
    };
  }

  @Override
  public List<ApiFaultReport> faults() {
    return faults.stream().map(Fault::report).toList();
  }

  @Override
  public synchronized void revoke(String user) {
    revoked.add(user);
    notifyAll();
  }

  @Override
  public synchronized long revision() {
    return revision;
  }

  private static final class Fault {
    private final ApiFault.Reject reject;
    private int hits;

    Fault(ApiFault.Reject reject) {
      this.reject = reject;
    }

    ApiFaultReport report() {
      return new ApiFaultReport(reject, Instant.EPOCH, false, hits, hits, List.of());
    }

    boolean refuses(String verb, String user, ObjectRef ref) {
      boolean refuses = hits < reject.count() && reject.match().matches(verb, user, ref);
      hits += refuses ? 1 : 0;
      return refuses;
    }
  }

  /** The objects as one user sees them. */
  final class Client implements DynamicClient {
    private final String user;

    Client(String user) {
      this.user = user;
    }

    @Override
    public Optional<Map<String, Object>> find(
        io.terraorbit.foundation.kubernetes.ObjectRef reference) {
      ObjectRef ref = ours(reference);
      requireServed(ref);
      refuse(user, ref, "get");
      return FakeKube.this.get(ref);
    }

    @Override
    public Map<String, Object> get(io.terraorbit.foundation.kubernetes.ObjectRef reference) {
      return find(reference).orElseThrow();
    }

    @Override
    public Map<String, Object> create(Map<String, Object> object) {
      return put(user, object, "create");
    }

    @Override
    public Map<String, Object> update(Map<String, Object> object) {
      return put(user, object, "update");
    }

    @Override
    public Map<String, Object> mergePatch(
        io.terraorbit.foundation.kubernetes.ObjectRef reference, Map<String, ?> patch) {
      Map<String, Object> before =
          find(reference)
              .orElseThrow(
                  () -> error(ErrorKind.NOT_FOUND, "KUBE_NOT_FOUND", reference + " is not there"));
      return put(user, Values.object(Values.mergePatch(before, patch)), "patch");
    }

    @Override
    public Map<String, Object> mergePatchStatus(
        io.terraorbit.foundation.kubernetes.ObjectRef reference, Map<String, ?> patch) {
      return mergePatch(reference, patch);
    }

    @Override
    public Map<String, Object> apply(Map<String, Object> object) {
      ObjectRef ref = Words.reference(object);
      Map<String, Object> before = FakeKube.this.get(ref).orElse(new LinkedHashMap<>());
      return put(user, Values.object(Values.mergePatch(before, object)), "patch");
    }

    @Override
    public boolean delete(io.terraorbit.foundation.kubernetes.ObjectRef reference, Delete how) {
      return remove(user, ours(reference));
    }

    @Override
    public Stream<Map<String, Object>> list(String apiVersion, String kind, Query query) {
      requireServed(new ObjectRef(apiVersion, kind, "", ""));
      return new ArrayList<>(all(kind)).stream();
    }

    private ObjectRef ours(io.terraorbit.foundation.kubernetes.ObjectRef ref) {
      return new ObjectRef(ref.apiVersion(), ref.kind(), ref.namespace(), ref.name());
    }
  }
}
