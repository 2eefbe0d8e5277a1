package io.terraorbit.foundation.harness.kube.internal.selectors;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Selects by the few fields that a kind lets itself be selected by. Immutable. */
public record FieldSelector(List<Term> terms) {
  /** Selects everything. */
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  public FieldSelector {
    terms = List.copyOf(terms);
  }

  /**
   * Reads {@code a=b,c!=d}.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400 if it cannot, or
   *     if the kind has no such field
   */
  public static FieldSelector parse(String text, ResourceType type) {
    if (text.isEmpty()) {
      return EVERYTHING;
    }
    List<Term> terms =
        FieldSelectorParser.parse(text).stream()
            .filter(term -> !term.field.isEmpty() || !term.value.isEmpty())
            .toList();
    terms.forEach(term -> FieldLabels.require(term.field(), type));
    return new FieldSelector(terms);
  }

  /** Selects the object of a name. */
  public static FieldSelector ofName(String name) {
    return new FieldSelector(List.of(new Term("metadata.name", false, name)));
  }

  public boolean isEmpty() {
    return terms.isEmpty();
  }

  public boolean matches(Map<String, Object> object) {
    return terms.stream().allMatch(term -> term.matches(object));
  }

  /** The one value that a field must have; empty when it may have several. */
  public Optional<String> exactly(String field) {
    return terms.stream()
        .filter(term -> term.field.equals(field) && !term.negated)
        .map(Term::value)
        .findFirst();
  }

  record Term(String field, boolean negated, String value) {
    boolean matches(Map<String, Object> object) {
      String met =
          Values.at(object, field.split("\\.", -1))
              .map(FieldSelector::show)
              .filter(text -> !text.isEmpty())
              .orElseGet(() -> missing(object));
      return met.equals(value) != negated;
    }

    private String missing(Map<String, Object> object) {
      return switch (field) {
        case "spec.unschedulable", "spec.hostNetwork" -> "false";
        case "status.replicas" -> "0";
        case "status.successful" ->
            Values.at(object, "status", "succeeded").map(String::valueOf).orElse("0");
        case "source" -> Values.string(object, "reportingComponent").orElse("");
        default -> "";
      };
    }
  }

  private static String show(Object value) {
    if (value instanceof List<?> addresses) {
      return String.join(
          ",", addresses.stream().map(address -> Values.string(address, "ip").orElse("")).toList());
    }
    return value instanceof Map<?, ?> source
        ? Values.string(source, "component").orElse("")
        : String.valueOf(value);
  }
}
