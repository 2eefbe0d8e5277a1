package io.terraorbit.foundation.harness.kube.internal.selectors;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
