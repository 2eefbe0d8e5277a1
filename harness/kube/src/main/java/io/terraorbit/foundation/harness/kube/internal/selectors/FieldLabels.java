package io.terraorbit.foundation.harness.kube.internal.selectors;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** By which fields the objects of a kind may be selected. */
final class FieldLabels {
  private static final String RESOURCE_SLICES = "resourceslices.resource.k8s.io";
  private static final List<String> ALWAYS = List.of("metadata.name", "metadata.namespace");

  /** By {@code plural.group}, or just the plural in the core group. */
  private static final Map<String, List<String>> KNOWN =
      Map.ofEntries(
          Map.entry(
              "pods",
              List.of(
                  "spec.nodeName",
                  "spec.restartPolicy",
                  "spec.schedulerName",
                  "spec.serviceAccountName",
                  "spec.hostNetwork",
                  "status.phase",
                  "status.podIP",
                  "status.podIPs",
                  "status.nominatedNodeName")),
          Map.entry(
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
                  "type")),
          Map.entry(
              "events.events.k8s.io",
              List.of(
                  "regarding.kind",
                  "regarding.namespace",
                  "regarding.name",
                  "regarding.uid",
                  "regarding.apiVersion",
                  "regarding.resourceVersion",
                  "regarding.fieldPath",
                  "reason",
                  "reportingController",
                  "type")),
          Map.entry("secrets", List.of("type")),
          Map.entry("namespaces", List.of("status.phase")),
          Map.entry("nodes", List.of("spec.unschedulable")),
          Map.entry("services", List.of("spec.clusterIP", "spec.type")),
          Map.entry("replicationcontrollers", List.of("status.replicas")),
          Map.entry(RESOURCE_SLICES, List.of("spec.driver", "spec.nodeName")),
          Map.entry("jobs.batch", List.of("status.successful")),
          Map.entry("certificatesigningrequests.certificates.k8s.io", List.of("spec.signerName")));

  private FieldLabels() {}

  /**
   * Makes sure that a kind's objects may be selected by a field.
   *
   * @throws ApiException 400 if not
   */
  static void require(String field, ResourceType type) {
    List<String> known = known(type);
    if (known.contains(field)
        || (ALWAYS.contains(field) && !(type.custom() && misplaced(field, type)))) {
      return;
    }
    if (type.custom() || !known.isEmpty()) {
      throw Refusals.badRequest(
          switch (type.subject("").qualified()) {
            case "jobs.batch" -> "field label \"%s\" not supported for Job".formatted(field);
            case RESOURCE_SLICES ->
                "field label not supported for %s, Kind=ResourceSlice: %s"
                    .formatted(type.apiVersion(), field);
            default -> "field label not supported: " + field;
          });
    }
    throw Refusals.badRequest(
        "\"%s\" is not a known field selector: only %s".formatted(field, quoted(ALWAYS)));
  }

  private static List<String> known(ResourceType type) {
    return type.extension() == null
        ? KNOWN.getOrDefault(type.subject("").qualified(), List.of())
        : type.extension().selectableFields();
  }

  private static boolean misplaced(String field, ResourceType type) {
    return field.equals("metadata.namespace") && !type.namespaced();
  }

  private static String quoted(List<String> fields) {
    return fields.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }
}
