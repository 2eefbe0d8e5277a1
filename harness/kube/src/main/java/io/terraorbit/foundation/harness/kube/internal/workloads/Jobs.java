package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts Pods until as many have succeeded as a Job wants, or too many have failed. */
final class Jobs implements Controller {
  private static final String BY = "job-controller";
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";

  @Override
  public void reconcile(Objects objects, Map<String, Object> job, Alarm alarm) {
    if (Fields.deleting(job)) {
      return;
    }
    if (ended(job)) {
      expire(objects, job, alarm);
      return;
    }
    Counts counts = Counts.of(objects, job);
    Optional<Map<String, Object>> end = end(objects, job, counts, alarm);
    boolean suspended = Values.at(job, "spec", "suspend").orElse(false).equals(true);
    if (end.isPresent() || suspended) {
      counts.active().forEach(pod -> objects.delete(Kind.POD, pod, BY));
    } else {
      run(objects, job, counts, alarm);
    }
    report(objects, job, end, suspended);
  }

  private static boolean ended(Map<String, Object> job) {
    return Fields.holds(job, "Complete") || Fields.holds(job, "Failed");
  }

  /** A Job may go by itself some time after its end. */
  private static void expire(Objects objects, Map<String, Object> job, Alarm alarm) {
    if (Values.at(job, "spec", "ttlSecondsAfterFinished").orElse(null) instanceof Long seconds) {
      Map<String, Object> condition =
          Fields.holds(job, "Complete")
              ? Fields.condition(job, "Complete")
              : Fields.condition(job, "Failed");
      Instant due =
          Instant.parse(Fields.text(condition, "lastTransitionTime"))
              .plus(Duration.ofSeconds(seconds));
      if (due.isAfter(objects.now())) {
        alarm.at(due);
      } else {
        objects.delete(Kind.JOB, job, BY);
      }
    }
  }

  /** The Pods of a Job by what has become of them. */
  private record Counts(
      List<Map<String, Object>> active, List<Map<String, Object>> succeeded, long failed) {
    static Counts of(Objects objects, Map<String, Object> job) {
      List<Map<String, Object>> pods =
          objects.owned(Kind.POD, Fields.uid(job)).stream()
              .filter(pod -> Fields.controlledBy(pod, job))
              .toList();
      return new Counts(
          pods.stream().filter(Pods::active).toList(),
          pods.stream().filter(pod -> Pods.phase(pod).equals("Succeeded")).toList(),
          pods.stream().filter(pod -> Pods.phase(pod).equals("Failed")).count());
    }
  }

  private static boolean indexed(Map<String, Object> job) {
    return Fields.text(job, "spec", "completionMode").equals("Indexed");
  }

  private static Optional<Map<String, Object>> end(
      Objects objects, Map<String, Object> job, Counts counts, Alarm alarm) {
    if (counts.failed() > Fields.number(job, "spec", "backoffLimit")) {
      return Optional.of(
          condition(
              objects,
              "Failed",
              "BackoffLimitExceeded",
              "Job has reached the specified backoff limit"));
    }
    Object deadline = Values.at(job, "spec", "activeDeadlineSeconds").orElse(null);
    String start = Fields.text(job, "status", "startTime");
    if (deadline instanceof Long seconds && !start.isEmpty()) {
      Instant due = Instant.parse(start).plus(Duration.ofSeconds(seconds));
      if (!due.isAfter(objects.now())) {
        return Optional.of(
            condition(
                objects,
                "Failed",
                "DeadlineExceeded",
                "Job was active longer than specified deadline"));
      }
      alarm.at(due);
    }
    Object completions = Values.at(job, "spec", "completions").orElse(null);
    boolean complete =
        completions instanceof Long wanted
            ? counts.succeeded().size() >= wanted
            : !counts.succeeded().isEmpty() && counts.active().isEmpty();
    return complete
        ? Optional.of(
            condition(
                objects,
                "Complete",
                "CompletionsReached",
                "Reached expected number of succeeded pods"))
        : Optional.empty();
  }

  private static void run(Objects objects, Map<String, Object> job, Counts counts, Alarm alarm) {
    long parallel = Fields.number(job, "spec", "parallelism");
    Object completions = Values.at(job, "spec", "completions").orElse(null);
    long left =
        completions instanceof Long wanted
            ? wanted - counts.succeeded().size()
            : counts.succeeded().isEmpty() ? parallel : counts.active().size();
    long missing = Math.min(parallel, left) - counts.active().size();
    counts.active().stream()
        .limit(Math.max(0, -missing))
        .forEach(pod -> objects.delete(Kind.POD, pod, BY));
    Set<Long> taken = new HashSet<>();
    counts.active().forEach(pod -> taken.add(index(pod)));
    counts.succeeded().forEach(pod -> taken.add(index(pod)));
    for (long i = 0, index = 0; i < missing; i++) {
      while (taken.contains(index)) {
        index++;
      }
      taken.add(index);
      if (objects.create(Kind.POD, made(job, index), BY).isPresent()) {
        alarm.at(objects.now().plus(RETRY));
        return;
      }
    }
  }

  private static long index(Map<String, Object> pod) {
    String text = Fields.annotation(pod, INDEX);
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
  }

  private static Map<String, Object> made(Map<String, Object> job, long index) {
    String base = Fields.name(job) + "-" + (indexed(job) ? index + "-" : "");
    Map<String, Object> pod = Pods.of(Kind.JOB, job, Map.entry("generateName", base));
    if (!indexed(job)) {
      return pod;
    }
    String number = String.valueOf(index);
    pod = Values.with(pod, number, "metadata", "annotations", INDEX);
    pod = Values.with(pod, number, "metadata", "labels", INDEX);
    return Values.with(pod, Fields.name(job) + "-" + index, "spec", "hostname");
  }

  private static void report(
      Objects objects,
      Map<String, Object> job,
      Optional<Map<String, Object>> end,
      boolean suspended) {
    Counts counts = Counts.of(objects, job);
    Map<String, Object> status = new LinkedHashMap<>();
    List<Object> conditions = new ArrayList<>(Values.listAt(job, "status", "conditions"));
    if (end.isPresent()) {
      boolean complete = Fields.text(end.get(), "type").equals("Complete");
      Map<String, Object> before =
          condition(
              objects,
              complete ? "SuccessCriteriaMet" : "FailureTarget",
              Fields.text(end.get(), "reason"),
              Fields.text(end.get(), "message"));
      conditions = new ArrayList<>(Fields.withCondition(conditions, before));
      conditions = new ArrayList<>(Fields.withCondition(conditions, end.get()));
      if (complete) {
        status.put("completionTime", objects.now().toString());
      }
    }
    if (!conditions.isEmpty()) {
      status.put("conditions", conditions);
    }
    if (!suspended) {
      status.put(
          "startTime",
          Values.string(job, "status", "startTime").orElseGet(() -> objects.now().toString()));
    }
    status.putAll(
        Fields.members(
            "active", (long) counts.active().size(),
            "succeeded", (long) counts.succeeded().size(),
            "failed", counts.failed()));
    if (indexed(job) && !counts.succeeded().isEmpty()) {
      status.put("completedIndexes", ranges(counts.succeeded()));
    }
    status.put("ready", counts.active().stream().filter(Pods::ready).count());
    status.put("terminating", 0L);
    status.put("uncountedTerminatedPods", Map.of());
    if (!status.equals(Values.objectAt(job, "status"))) {
      objects.updateStatus(Kind.JOB, Values.with(job, status, "status"), BY);
    }
  }

  /** Numbers as {@code 0,2-4}. */
  private static String ranges(List<Map<String, Object>> pods) {
    List<Long> numbers = pods.stream().map(Jobs::index).distinct().sorted().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      int last = i;
      while (last + 1 < numbers.size() && numbers.get(last + 1) == numbers.get(last) + 1) {
        last++;
      }
      text.append(text.isEmpty() ? "" : ",").append(numbers.get(i));
      if (last > i) {
        text.append(last == i + 1 ? "," : "-").append(numbers.get(last));
      }
      i = last;
    }
    return text.toString();
  }

  private static Map<String, Object> condition(
      Objects objects, String type, String reason, String message) {
    String now = objects.now().toString();
    return Fields.members(
        "type", type,
        "status", "True",
        "lastProbeTime", now,
        "lastTransitionTime", now,
        "reason", reason,
        "message", message);
  }
}
