package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.controller.Cause;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Controllers that make a {@code Part} for each {@code Widget} and then say that it is ready; the
 * good one, and some that are wrong in one way each.
 */
public final class FakeControllers {
  private FakeControllers() {}

  /** Does what it should. */
  public static final class Good implements ControllerFactory {
    @Override
    public Replica start(ReplicaContext context) {
      return new FakeReplica(context, new Quirks(false, false, false)).begin();
    }
  }

  /** Makes a part for a widget only if it saw the widget without the mark that it sets first. */
  public static final class Forgetful implements ControllerFactory {
    @Override
    public Replica start(ReplicaContext context) {
      return new FakeReplica(context, new Quirks(true, false, false)).begin();
    }
  }

  /** Writes something whenever it looks. */
  public static final class Chatty implements ControllerFactory {
    @Override
    public Replica start(ReplicaContext context) {
      return new FakeReplica(context, new Quirks(false, true, false)).begin();
    }
  }

  /** Works only while it does not lead. */
  public static final class Usurper implements ControllerFactory {
    @Override
    public Replica start(ReplicaContext context) {
      return new FakeReplica(context, new Quirks(false, false, true)).begin();
    }
  }

  /** Cannot start. */
  public static final class Unable implements ControllerFactory {
    @Override
    public Replica start(ReplicaContext context) {
      throw new IllegalStateException("no licence");
    }
  }

  /** Has no constructor that anyone may call. */
  public static final class Hidden implements ControllerFactory {
    private Hidden() {}

    @Override
    public Replica start(ReplicaContext context) {
      throw new AssertionError();
    }
  }

  private record Quirks(boolean forgets, boolean chats, boolean usurps) {}

  private static final class FakeReplica implements Replica {
    private final ReplicaContext context;
    private final Quirks quirks;
    private final FakeKube kube;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean resync;
    private volatile boolean leads;
    private volatile long done = -1;
    private long looked = -1;
    private int looks;

    FakeReplica(ReplicaContext context, Quirks quirks) {
      this.context = context;
      this.quirks = quirks;
      this.kube = FakeKube.at(context.kubernetes().url());
      this.thread = new Thread(this::work, "fake-" + context.identity());
      thread.setDaemon(true);
    }

    FakeReplica begin() {
      thread.start();
      return this;
    }

    private void work() {
      while (!stopped) {
        long seen = kube.revision();
        try {
          elect();
          if (leads != quirks.usurps && (resync || seen != looked)) {
            reconcile();
            looked = seen;
          }
          done = seen;
          resync = false;
          kube.awaitChange(seen, 20);
        } catch (AppException e) {
          context.observer().reconcileEnded("widgets", key(), "1", "failed", Duration.ZERO, e);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private void elect() {
      ReplicaContext.Election election = context.election().orElseThrow();
      ObjectRef lease =
          new ObjectRef("coordination.k8s.io/v1", "Lease", election.namespace(), election.lease());
      String holder =
          kube.get(lease)
              .flatMap(found -> Values.string(found, "spec", "holderIdentity"))
              .orElse("");
      boolean free = holder.isEmpty() || kube.isRevoked(holder);
      if (free) {
        kube.put(context.identity(), lease(lease), "update");
        context.observer().leadershipGained(lease.name(), context.identity(), "1");
      }
      leads = free || holder.equals(context.identity());
    }

    private Map<String, Object> lease(ObjectRef lease) {
      return Map.of(
          "apiVersion",
          lease.apiVersion(),
          "kind",
          "Lease",
          "metadata",
          Map.of("namespace", lease.namespace(), "name", lease.name()),
          "spec",
          Map.of("holderIdentity", context.identity()));
    }

    private void reconcile() {
      for (Map<String, Object> widget : kube.all("Widget")) {
        String name = Values.string(widget, "metadata", "name").orElseThrow();
        String size = Values.string(widget, "spec", "size").orElse("");
        context.observer().queued("widgets", key(), new Cause("updated", name));
        context
            .observer()
            .reconcileStarted(
                "widgets", key(), "1", 0, List.of(new Cause("updated", name)), Duration.ZERO);
        boolean marked = Values.at(widget, "marked").isPresent();
        Map<String, Object> mark = Values.with(widget, true, "marked");
        write(mark);
        if (!(quirks.forgets && marked)) {
          write(part(name, size + (quirks.chats && resync ? "-" + looks++ : "")));
        }
        write(
            Values.with(
                mark,
                List.of(Map.of("type", "Ready", "status", "True", "size", size)),
                "status",
                "conditions"));
        context.observer().reconcileEnded("widgets", key(), "1", "done", Duration.ZERO, null);
      }
    }

    private static Map<String, Object> part(String widget, String size) {
      return Map.of(
          "apiVersion",
          "v1",
          "kind",
          "Part",
          "metadata",
          Map.of("namespace", "default", "name", widget),
          "spec",
          Map.of("size", size));
    }

    private void write(Map<String, Object> object) {
      kube.put(context.identity(), object, "update");
    }

    private static ObjectKey key() {
      return ObjectKey.cluster("w");
    }

    @Override
    public boolean idle() {
      return !resync && (leads == quirks.usurps || done >= kube.revision());
    }

    @Override
    public void resync() {
      if (leads) {
        resync = true;
      }
    }

    @Override
    public void kill() {
      close();
    }

    @Override
    public void close() {
      stopped = true;
      thread.interrupt();
    }
  }
}
