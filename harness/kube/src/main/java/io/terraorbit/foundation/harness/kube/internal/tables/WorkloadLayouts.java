package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code apps}, {@code batch} and {@code autoscaling}. */
final class WorkloadLayouts {
  private static final String TEMPLATE = "spec.template.spec";

  private WorkloadLayouts() {}

  static Optional<Layout> find(String resource) {
    return switch (resource) {
      case "deployments.apps" -> Optional.of(deployments());
      case "replicasets.apps" -> Optional.of(replicas(Cells.selector()));
      case "replicationcontrollers" ->
          Optional.of(replicas(rc -> Cells.labels(Values.objectAt(rc, "spec", "selector"))));
      case "statefulsets.apps" ->
          Optional.of(
              images(Layout.named().text("Ready", WorkloadLayouts::ready).age(), TEMPLATE).build());
      case "daemonsets.apps" -> Optional.of(daemonSets());
      case "controllerrevisions.apps" -> Optional.of(revisions());
      case "jobs.batch" -> Optional.of(jobs());
      case "cronjobs.batch" -> Optional.of(cronJobs());
      case "horizontalpodautoscalers.autoscaling" -> Optional.of(AutoscalerCells.layout());
      default -> Optional.empty();
    };
  }

  private static Layout deployments() {
    return images(
            Layout.named()
                .text("Ready", WorkloadLayouts::ready)
                .text("Up-to-date", Cells.count("status.updatedReplicas"))
                .text("Available", Cells.count("status.availableReplicas"))
                .age(),
            TEMPLATE)
        .wide("Selector", Cells.selector())
        .build();
  }

  private static Layout replicas(Function<Map<String, Object>, @Nullable Object> selector) {
    return images(
            Layout.named()
                .number("Desired", Cells.count("spec.replicas"))
                .number("Current", Cells.count("status.replicas"))
                .number("Ready", Cells.count("status.readyReplicas"))
                .age(),
            TEMPLATE)
        .wide("Selector", selector)
        .build();
  }

  private static Layout daemonSets() {
    return images(
            Layout.named()
                .number("Desired", Cells.count("status.desiredNumberScheduled"))
                .number("Current", Cells.count("status.currentNumberScheduled"))
                .number("Ready", Cells.count("status.numberReady"))
                .number("Up-to-date", Cells.count("status.updatedNumberScheduled"))
                .number("Available", Cells.count("status.numberAvailable"))
                .text(
                    "Node Selector",
                    set ->
                        Cells.labels(
                            Values.objectAt(set, "spec", "template", "spec", "nodeSelector")))
                .age(),
            TEMPLATE)
        .wide("Selector", Cells.selector())
        .build();
  }

  private static Layout revisions() {
    return Layout.named()
        .text("Controller", WorkloadLayouts::controller)
        .text("Revision", Cells.count("revision"))
        .age()
        .build();
  }

  private static Layout jobs() {
    return images(
            Layout.named()
                .text("Status", WorkloadLayouts::jobStatus)
                .text("Completions", WorkloadLayouts::completions)
                .add(Column.of("Duration", "string", 0), WorkloadLayouts::duration)
                .age(),
            TEMPLATE)
        .wide("Selector", Cells.selector())
        .build();
  }

  private static Layout cronJobs() {
    return images(
            Layout.named()
                .text("Schedule", Cells.at("spec.schedule"))
                .text("Timezone", Cells.at("spec.timeZone", Cells.NONE))
                .truth("Suspend", Cells.optionalFlag("spec.suspend"))
                .number("Active", Cells.size("status.active"))
                .add(
                    Column.of("Last Schedule", "string", 0),
                    (job, now) ->
                        Values.string(job, "status", "lastScheduleTime")
                            .map(time -> Ages.since(time, now))
                            .orElse(Cells.NONE))
                .age(),
            "spec.jobTemplate.spec.template.spec")
        .wide(
            "Selector",
            job -> Cells.selector(Values.objectAt(job, "spec", "jobTemplate", "spec", "selector")))
        .build();
  }

  static Layout.Builder images(Layout.Builder layout, String template) {
    return layout
        .wide("Containers", Cells.containers(template, "name"))
        .wide("Images", Cells.containers(template, "image"));
  }

  private static String ready(Map<String, Object> object) {
    return "%d/%d"
        .formatted(
            Cells.number(object, "status.readyReplicas", 0),
            Cells.number(object, "spec.replicas", 0));
  }

  private static String controller(Map<String, Object> revision) {
    return Values.listAt(revision, "metadata", "ownerReferences").stream()
        .filter(owner -> Values.at(owner, "controller").filter(Boolean.TRUE::equals).isPresent())
        .findFirst()
        .map(WorkloadLayouts::owner)
        .orElse(Cells.NONE);
  }

  /** Such as {@code deployment.apps/web}. */
  private static String owner(Object owner) {
    String apiVersion = Values.string(owner, "apiVersion").orElse("");
    String group =
        apiVersion.contains("/") ? "." + apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    return Values.string(owner, "kind").orElse("").toLowerCase(java.util.Locale.ROOT)
        + group
        + "/"
        + Values.string(owner, "name").orElse("");
  }

  private static String jobStatus(Map<String, Object> job) {
    if (condition(job, "Complete")) {
      return "Complete";
    }
    if (condition(job, "Failed")) {
      return "Failed";
    }
    if (!Cells.string(job, "metadata.deletionTimestamp", "").isEmpty()) {
      return "Terminating";
    }
    if (condition(job, "Suspended")) {
      return "Suspended";
    }
    if (condition(job, "FailureTarget")) {
      return "FailureTarget";
    }
    return condition(job, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
  }

  private static boolean condition(Map<String, Object> job, String type) {
    return Values.listAt(job, "status", "conditions").stream()
        .anyMatch(
            condition ->
                Values.string(condition, "type").orElse("").equals(type)
                    && Values.string(condition, "status").orElse("").equals("True"));
  }

  private static String completions(Map<String, Object> job) {
    long succeeded = Cells.number(job, "status.succeeded", 0);
    long wanted = Cells.number(job, "spec.completions", -1);
    if (wanted >= 0) {
      return succeeded + "/" + wanted;
    }
    long parallelism = Cells.number(job, "spec.parallelism", 0);
    return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
  }

  private static String duration(Map<String, Object> job, Instant now) {
    Optional<String> start = Values.string(job, "status", "startTime");
    if (start.isEmpty()) {
      return "";
    }
    try {
      Instant end = Values.string(job, "status", "completionTime").map(Ages::instant).orElse(now);
      return Ages.text(Duration.between(Ages.instant(start.get()), end));
    } catch (DateTimeException e) {
      return Ages.INVALID;
    }
  }
}
