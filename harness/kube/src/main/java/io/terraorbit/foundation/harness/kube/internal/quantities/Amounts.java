package io.terraorbit.foundation.harness.kube.internal.quantities;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much of each resource, by the resources' names, sorted. Immutable. */
public record Amounts(Map<String, Quantity> byName) {
  public static final Amounts NONE = new Amounts(Map.of());

  public Amounts {
    byName = Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  /** The amounts in a JSON object such as {@code limits}; what is no quantity is left out. */
  public static Amounts of(@Nullable Object json) {
    Map<String, Quantity> amounts = new TreeMap<>();
    if (json instanceof Map<?, ?> members) {
      members.forEach(
          (name, value) ->
              Quantity.find(value)
                  .ifPresent(quantity -> amounts.put(String.valueOf(name), quantity)));
    }
    return new Amounts(amounts);
  }

  public Optional<Quantity> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** These and one more; an amount of the same name is replaced. */
  public Amounts with(String name, Quantity amount) {
    Map<String, Quantity> all = new TreeMap<>(byName);
    all.put(name, amount);
    return new Amounts(all);
  }

  public Amounts plus(Amounts other) {
    return merged(other, Quantity::plus);
  }

  /** What is missing on either side counts as nothing. */
  public Amounts minus(Amounts other) {
    Map<String, Quantity> all = new TreeMap<>(byName);
    other.byName.forEach(
        (name, amount) -> all.put(name, all.getOrDefault(name, Quantity.ZERO).minus(amount)));
    return new Amounts(all);
  }

  /** As {@link #minus}, but nothing below zero. */
  public Amounts exceeding(Amounts other) {
    Map<String, Quantity> all = new TreeMap<>(minus(other).byName);
    all.replaceAll((name, amount) -> amount.max(Quantity.ZERO));
    return new Amounts(all);
  }

  /** The greater of each. */
  public Amounts max(Amounts other) {
    return merged(other, Quantity::max);
  }

  /** Only those whose name is among the names of others. */
  public Amounts only(Amounts names) {
    return only(names.byName.keySet());
  }

  /** Only those of these names. */
  public Amounts only(Collection<String> names) {
    Map<String, Quantity> kept = new TreeMap<>(byName);
    kept.keySet().retainAll(names);
    return new Amounts(kept);
  }

  /** Only those that are not zero. */
  public Amounts withoutZeros() {
    Map<String, Quantity> kept = new TreeMap<>(byName);
    kept.values().removeIf(amount -> amount.signum() == 0);
    return new Amounts(kept);
  }

  /** As a JSON object, in canonical texts. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    byName.forEach((name, amount) -> json.put(name, amount.toString()));
    return Collections.unmodifiableMap(json);
  }

  /** Such as {@code cpu=1,pods=2}. */
  @Override
  public String toString() {
    return byName.entrySet().stream()
        .map(amount -> amount.getKey() + "=" + amount.getValue())
        .collect(Collectors.joining(","));
  }

  private Amounts merged(Amounts other, BinaryOperator<Quantity> how) {
    Map<String, Quantity> all = new TreeMap<>(byName);
    other.byName.forEach((name, amount) -> all.merge(name, amount, how));
    return new Amounts(all);
  }
}
