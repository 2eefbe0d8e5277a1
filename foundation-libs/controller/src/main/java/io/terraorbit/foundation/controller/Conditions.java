package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Status conditions as the API conventions of Kubernetes have them. Stateless. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Conditions {
  private Conditions() {}

  /** The condition of a type. */
  public static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  /**
   * A copy of the list in which the condition of {@code wanted}'s type is as wanted. Its transition
   * time is {@code now}, to the second, if its status changed, else what it was; so a list that
   * says the same already equals the result, and need not be written.
   */
  public static List<Condition> with(
      @Nullable List<Condition> conditions, Condition wanted, Instant now) {
    Optional<Condition> before = find(conditions, wanted.getType());
    String since =
        before
            .filter(b -> wanted.getStatus().equals(b.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    Condition next = new ConditionBuilder(wanted).withLastTransitionTime(since).build();
    List<Condition> result = conditions == null ? new ArrayList<>() : new ArrayList<>(conditions);
    int at = before.isPresent() ? result.indexOf(before.get()) : -1;
    if (at < 0) {
      result.add(next);
    } else {
      result.set(at, next);
    }
    return List.copyOf(result);
  }
}
