package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the controllers of workloads, one object at a time, in the order in which they were changed.
 * Used under the store's lock.
 */
public final class Workloads {
  /** What one write may set off: more than any sane cluster needs, and an end to a mad one. */
  private static final int MOST_STEPS = 100_000;

  private final Map<Kind, Controller> controllers =
      new EnumMap<>(
          Map.of(
              Kind.NODE, new NodeKeeper(),
              Kind.POD, new Kubelet(),
              Kind.REPLICA_SET, new ReplicaSets(),
              Kind.DEPLOYMENT, new Deployments(),
              Kind.STATEFUL_SET, new StatefulSets(),
              Kind.DAEMON_SET, new DaemonSets(),
              Kind.JOB, new Jobs(),
              Kind.SERVICE, new EndpointSlices(),
              Kind.BUDGET, new Budgets()));

  private final Deque<Item> queue = new ArrayDeque<>();
  private final Set<Item> queued = new LinkedHashSet<>();
  private final Map<Item, Instant> alarms = new HashMap<>();

  /** Takes note that an object is there, has changed or is gone. */
  public void see(
      Objects objects,
      String key,
      @Nullable Map<String, Object> before,
      Map<String, Object> after) {
    Optional<Kind> kind = Kind.of(key);
    if (kind.isEmpty()) {
      return;
    }
    add(item(kind.get(), after));
    Fields.controller(after).ifPresent(owner -> addOwner(Fields.namespace(after), owner));
    switch (kind.get()) {
      case POD -> {
        Map<String, Object> old = before == null ? after : before;
        String namespace = Fields.namespace(after);
        objects.list(Kind.SERVICE, namespace).stream()
            .filter(
                service ->
                    EndpointSlices.selects(service, after) || EndpointSlices.selects(service, old))
            .forEach(service -> add(item(Kind.SERVICE, service)));
        objects.list(Kind.BUDGET, namespace).stream()
            .filter(budget -> Budgets.covers(budget, after) || Budgets.covers(budget, old))
            .forEach(budget -> add(item(Kind.BUDGET, budget)));
      }
      case NODE -> {
        objects.list(Kind.POD, "").stream()
            .filter(pod -> Nodes.waits(pod) || Nodes.on(pod, Fields.name(after)))
            .forEach(pod -> add(item(Kind.POD, pod)));
        objects.list(Kind.DAEMON_SET, "").forEach(set -> add(item(Kind.DAEMON_SET, set)));
      }
      default -> {}
    }
  }

  private void addOwner(String namespace, Object owner) {
    for (Kind kind : controllers.keySet()) {
      if (Values.string(owner, "kind").orElse("").equals(kind.kind())) {
        add(new Item(kind, namespace, Values.string(owner, "name").orElse("")));
      }
    }
  }

  private static Item item(Kind kind, Map<String, Object> object) {
    return new Item(kind, Fields.namespace(object), Fields.name(object));
  }

  private void add(Item item) {
    if (controllers.containsKey(item.kind()) && queued.add(item)) {
      queue.add(item);
    }
  }

  /**
   * Looks at one object that has changed, or whose time has come.
   *
   * @param steps how many were looked at since the write that set this off
   * @return whether there was one
   */
  public boolean step(Objects objects, int steps) {
    Item item = steps < MOST_STEPS ? queue.poll() : null;
    if (item == null) {
      return false;
    }
    queued.remove(item);
    alarms.remove(item);
    Controller controller = controllers.get(item.kind());
    Optional<Map<String, Object>> object = objects.find(item.kind(), item.namespace(), item.name());
    if (controller != null && object.isPresent()) {
      controller.reconcile(
          objects, object.get(), time -> alarms.merge(item, time, Workloads::sooner));
    }
    return true;
  }

  private static Instant sooner(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Has those looked at whose time has come. */
  public void wake(Instant now) {
    alarms.entrySet().stream()
        .filter(alarm -> !alarm.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .sorted(
            Comparator.comparing(Item::kind)
                .thenComparing(Item::namespace)
                .thenComparing(Item::name))
        .toList()
        .forEach(this::add);
  }

  /** When the next has to be looked at again; empty when nothing waits for that. */
  public Optional<Instant> next() {
    return alarms.values().stream().min(Instant::compareTo);
  }
}
