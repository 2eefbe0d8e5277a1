package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Refuses what would use more than the quotas of a namespace allow. Stateless. */
public final class QuotaAdmission {
  private final Countings countings;

  public QuotaAdmission(InstantSource time) {
    this.countings = new Countings(time);
  }

  /**
   * Checks an object that is about to be stored.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 403
   */
  public void check(Snapshot<Map<String, Object>> state, Change change) {
    Collection<Entry<Map<String, Object>>> quotas =
        state.list(Quota.PREFIX + change.namespace() + "/");
    if (change.namespace().isEmpty() || quotas.isEmpty()) {
      return;
    }
    countings
        .of(change.type())
        .filter(counting -> change.before() == null || counting.onUpdate(change.subresource()))
        .ifPresent(
            counting -> quotas.forEach(entry -> check(Quota.of(entry.value()), counting, change)));
  }

  private static void check(Quota quota, Counting counting, Change change) {
    Set<String> limited = Quota.about(counting, quota.hard());
    if (limited.isEmpty() || !quota.covers(counting, change.after())) {
      return;
    }
    counting
        .missing(limited, change.after())
        .ifPresent(
            missing -> {
              throw forbidden(change, "failed quota: %s: %s".formatted(quota.name(), missing));
            });
    if (!quota.used().byName().keySet().containsAll(limited)) {
      throw forbidden(
          change,
          "status unknown for quota: %s, resources: %s"
              .formatted(quota.name(), String.join(",", new TreeSet<>(limited))));
    }
    Amounts usage = counting.usage(change.after());
    negative(usage)
        .ifPresent(
            names -> {
              throw forbidden(change, "quota usage is negative for resource(s): " + names);
            });
    Map<String, Object> before = change.before();
    Amounts more =
        before != null && quota.covers(counting, before)
            ? usage.exceeding(counting.usage(before))
            : usage;
    fit(quota, more.withoutZeros().only(quota.hard()), change);
  }

  private static void fit(Quota quota, Amounts requested, Change change) {
    Amounts after = quota.used().plus(requested);
    Set<String> exceeded = new TreeSet<>();
    requested
        .byName()
        .keySet()
        .forEach(
            name -> {
              Quantity most = quota.hard().find(name).orElse(Quantity.ZERO);
              if (after.find(name).orElse(Quantity.ZERO).compareTo(most) > 0) {
                exceeded.add(name);
              }
            });
    if (!exceeded.isEmpty()) {
      throw forbidden(
          change,
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(
                  quota.name(),
                  requested.only(exceeded),
                  quota.used().only(exceeded),
                  quota.hard().only(exceeded)));
    }
  }

  private static Optional<String> negative(Amounts usage) {
    Set<String> names = new TreeSet<>();
    usage
        .byName()
        .forEach(
            (name, amount) -> {
              if (amount.signum() < 0) {
                names.add(name);
              }
            });
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
  }

  private static RuntimeException forbidden(Change change, String why) {
    return Refusals.forbidden(change.subject(), why);
  }

  /**
   * A write that wants to be admitted. Immutable.
   *
   * @param subresource empty for the object itself
   * @param before what is stored now; null for a creation
   */
  public record Change(
      ResourceType type,
      String namespace,
      Subject subject,
      String subresource,
      @Nullable Map<String, Object> before,
      Map<String, Object> after) {}
}
