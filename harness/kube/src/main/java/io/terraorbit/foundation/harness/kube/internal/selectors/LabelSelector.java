package io.terraorbit.foundation.harness.kube.internal.selectors;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Selects by labels: all requirements must hold. Immutable. */
public record LabelSelector(List<Requirement> requirements) {
  /** Selects everything. */
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /**
   * Reads {@code a=b,c in (d,e),!f}.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400 if it cannot
   */
  public static LabelSelector parse(String text) {
    return text.isBlank() ? EVERYTHING : new LabelSelectorParser(text).parse();
  }

  /** The selector that a {@code LabelSelector} object or its absence stands for: null for none. */
  public static Optional<LabelSelector> of(@Nullable Object selector) {
    if (!(selector instanceof Map<?, ?>)) {
      return Optional.empty();
    }
    List<Requirement> all =
        new ArrayList<>(ofLabels(Values.objectAt(selector, "matchLabels")).requirements());
    for (Object expression : Values.listAt(selector, "matchExpressions")) {
      Set<String> values = new TreeSet<>();
      Values.listAt(expression, "values").forEach(value -> values.add(String.valueOf(value)));
      Operator operator =
          switch (Values.string(expression, "operator").orElse("")) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "DoesNotExist" -> Operator.ABSENT;
            default -> Operator.EXISTS;
          };
      all.add(new Requirement(Values.string(expression, "key").orElse(""), operator, values));
    }
    return Optional.of(new LabelSelector(all));
  }

  /** Selects what has all of some labels. */
  public static LabelSelector ofLabels(Map<String, Object> labels) {
    return new LabelSelector(
        labels.entrySet().stream()
            .map(
                label ->
                    new Requirement(
                        label.getKey(), Operator.IN, Set.of(String.valueOf(label.getValue()))))
            .toList());
  }

  public boolean isEmpty() {
    return requirements.isEmpty();
  }

  public boolean matches(Map<String, Object> labels) {
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }

  /** How the value of a label is judged. */
  enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    ABSENT,
    GREATER,
    LESS
  }

  record Requirement(String key, Operator operator, Set<String> values) {
    Requirement {
      values = Set.copyOf(values);
    }

    boolean matches(Map<String, Object> labels) {
      Object value = labels.get(key);
      return switch (operator) {
        case EXISTS -> value != null;
        case ABSENT -> value == null;
        case IN -> value instanceof String text && values.contains(text);
        case NOT_IN -> !(value instanceof String text && values.contains(text));
        case GREATER -> compare(value) > 0;
        case LESS -> compare(value) < 0;
      };
    }

    private int compare(@Nullable Object value) {
      if (value instanceof String text && text.matches("-?\\d{1,18}")) {
        return Long.compare(Long.parseLong(text), Long.parseLong(values.iterator().next()));
      }
      return 0;
    }
  }
}
