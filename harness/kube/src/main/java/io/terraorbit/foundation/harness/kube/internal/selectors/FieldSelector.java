package io.terraorbit.foundation.harness.kube.internal.selectors;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Selects by the few fields that a kind lets itself be selected by. Immutable. */
public record FieldSelector(List<Term> terms) {
  /** Selects everything. */
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  private static final List<String> ALWAYS = List.of("metadata.name", "metadata.namespace");

  /** By {@code plural.group}, or just the plural in the core group. */
  private static final Map<String, List<String>> KNOWN =
      Map.of(
          "pods",
          List.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          "events",
          List.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "source",
              "type"),
          "secrets",
          List.of("type"),
          "namespaces",
          List.of("status.phase"),
          "nodes",
          List.of("spec.unschedulable"),
          "services",
          List.of("spec.clusterIP", "spec.type"),
          "replicationcontrollers",
          List.of("status.replicas"),
          "replicasets.apps",
          List.of("status.replicas"),
          "jobs.batch",
          List.of("status.successful"),
          "certificatesigningrequests.certificates.k8s.io",
          List.of("spec.signerName"));

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
    if (text.isBlank()) {
      return EVERYTHING;
    }
    List<Term> terms = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        terms.add(term(part, type));
      }
    }
    return new FieldSelector(terms);
  }

  public boolean isEmpty() {
    return terms.isEmpty();
  }

  public boolean matches(Map<String, Object> object) {
    return terms.stream().allMatch(term -> term.matches(object));
  }

  private static Term term(String part, ResourceType type) {
    int equals = part.indexOf('=');
    if (equals < 1) {
      throw Refusals.badRequest(
          "invalid selector: '%s'; can't understand '%s'".formatted(part, part));
    }
    boolean negated = part.charAt(equals - 1) == '!';
    String field = part.substring(0, negated ? equals - 1 : equals);
    int start = part.startsWith("=", equals + 1) ? equals + 2 : equals + 1;
    check(field, type);
    return new Term(field, negated, part.substring(start));
  }

  private static void check(String field, ResourceType type) {
    List<String> known = KNOWN.getOrDefault(type.subject("").qualified(), List.of());
    if (ALWAYS.contains(field) || known.contains(field)) {
      return;
    }
    List<String> all = new ArrayList<>(ALWAYS);
    all.addAll(known);
    throw Refusals.badRequest(
        type.custom() || known.isEmpty()
            ? "\"%s\" is not a known field selector: only %s"
                .formatted(
                    field,
                    all.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ")))
            : "field label not supported: " + field);
  }

  record Term(String field, boolean negated, String value) {
    boolean matches(Map<String, Object> object) {
      String met =
          Values.at(object, field.split("\\.", -1)).map(FieldSelector::show).orElse(missing());
      return met.equals(value) != negated;
    }

    private String missing() {
      return switch (field) {
        case "spec.unschedulable" -> "false";
        case "status.replicas", "status.successful" -> "0";
        default -> "";
      };
    }
  }

  private static String show(Object value) {
    return value instanceof Map<?, ?> source
        ? Values.string(source, "component").orElse("")
        : String.valueOf(value);
  }
}
