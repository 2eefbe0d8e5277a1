package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Event;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.json.Values;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status of ResourceQuotas true. Used under the store's lock only.
 *
 * <p>It is told of every commit, and asked afterwards which statuses to write. A status that it
 * wrote itself, and that nobody has touched since, is carried on by the difference that each commit
 * makes. All others are counted anew: those of new and changed quotas, those that a client has
 * written, and where Pods stopped counting by the clock. What a client writes into a status stands
 * until the next change of something that the quota counts, as it does in a real cluster.
 */
public final class QuotaUsage {
  private final Supplier<Catalog> catalog;
  private final Countings countings;
  private final Map<String, Long> trusted = new HashMap<>();
  private final Set<String> recount = new TreeSet<>();
  private final List<Difference> differences = new ArrayList<>();

  public QuotaUsage(Supplier<Catalog> catalog, InstantSource time) {
    this.catalog = catalog;
    this.countings = new Countings(time);
  }

  /** Has all quotas counted anew. */
  public void distrust(Snapshot<Map<String, Object>> state) {
    state.list(Quota.PREFIX).forEach(entry -> recount.add(entry.key()));
  }

  /** Takes note of a commit. */
  public void see(Event<Map<String, Object>> event, @Nullable ResourceType type) {
    if (event.key().startsWith(Quota.PREFIX)) {
      seeQuota(event);
    }
    if (type == null) {
      return;
    }
    Map<String, Object> now = event.kind() == Event.Kind.DELETED ? null : event.after();
    countings
        .of(type)
        .ifPresent(
            counting ->
                differences.add(
                    new Difference(namespace(event.after()), counting, event.before(), now)));
  }

  private void seeQuota(Event<Map<String, Object>> event) {
    Map<String, Object> before = event.before();
    if (event.kind() == Event.Kind.DELETED) {
      trusted.remove(event.key());
      recount.remove(event.key());
    } else if (before == null || !Objects.equals(before.get("spec"), event.after().get("spec"))) {
      recount.add(event.key());
    }
  }

  /** The quotas whose status must be written now, with that status; forgets what it was told. */
  public List<Map<String, Object>> settle(Snapshot<Map<String, Object>> state) {
    Set<String> keys = new TreeSet<>(recount);
    Set<String> namespaces = new HashSet<>();
    differences.forEach(difference -> namespaces.add(difference.namespace()));
    for (String namespace : namespaces) {
      state.list(Quota.PREFIX + namespace + "/").forEach(entry -> keys.add(entry.key()));
    }
    List<Map<String, Object>> due = new ArrayList<>();
    for (String key : keys) {
      state.find(key).flatMap(entry -> status(state, entry)).ifPresent(due::add);
    }
    recount.clear();
    differences.clear();
    return due;
  }

  /** Takes note that a status was written, and as which revision. */
  public void written(String key, long revision) {
    trusted.put(key, revision);
  }

  private Optional<Map<String, Object>> status(
      Snapshot<Map<String, Object>> state, Entry<Map<String, Object>> entry) {
    Quota quota = Quota.of(entry.value());
    List<Difference> own =
        differences.stream().filter(difference -> difference.concerns(quota, entry.key())).toList();
    boolean anew = recount.contains(entry.key());
    if (!anew && own.isEmpty()) {
      return Optional.empty();
    }
    boolean carried =
        !anew
            && Objects.equals(trusted.get(entry.key()), entry.revision())
            && own.stream().noneMatch(this::byTheClock);
    Amounts used = carried ? carried(quota, own) : counted(state, quota);
    Map<String, Object> updated = quota.with(used);
    if (updated.equals(entry.value())) {
      trusted.put(entry.key(), entry.revision());
      return Optional.empty();
    }
    return Optional.of(updated);
  }

  private boolean byTheClock(Difference difference) {
    Map<String, Object> before = difference.before();
    return difference.counting() instanceof PodCounting pods
        && before != null
        && pods.overdue(before);
  }

  private static Amounts carried(Quota quota, List<Difference> differences) {
    Amounts used = quota.used();
    for (Difference difference : differences) {
      used =
          used.plus(difference.usage(quota, difference.after()))
              .minus(difference.usage(quota, difference.before()));
    }
    return used;
  }

  private Amounts counted(Snapshot<Map<String, Object>> state, Quota quota) {
    String namespace = namespace(quota.object());
    Amounts used = quota.used();
    Amounts counted = Amounts.NONE;
    for (ResourceType type : catalog.get().storedTypes()) {
      Counting counting = countings.of(type).orElse(null);
      Set<String> names = counting == null ? Set.of() : Quota.about(counting, quota.wanted());
      if (counting == null || names.isEmpty()) {
        continue;
      }
      for (String name : names) {
        counted = counted.plus(Amounts.NONE.with(name, Quantity.ZERO));
      }
      for (Entry<Map<String, Object>> entry : state.list(type.prefix(namespace))) {
        counted = counted.plus(quota.usage(counting, entry.value()));
      }
    }
    for (Map.Entry<String, Quantity> each : counted.byName().entrySet()) {
      used = used.with(each.getKey(), each.getValue());
    }
    return used;
  }

  private static String namespace(Map<String, Object> object) {
    return Values.string(object, "metadata", "namespace").orElse("");
  }

  /** What one commit changed. */
  private record Difference(
      String namespace,
      Counting counting,
      @Nullable Map<String, Object> before,
      @Nullable Map<String, Object> after) {

    boolean concerns(Quota quota, String key) {
      return key.startsWith(Quota.PREFIX + namespace + "/")
          && !Quota.about(counting, quota.wanted()).isEmpty()
          && !usage(quota, before).equals(usage(quota, after));
    }

    Amounts usage(Quota quota, @Nullable Map<String, Object> object) {
      return object == null ? Amounts.NONE : quota.usage(counting, object);
    }
  }
}
