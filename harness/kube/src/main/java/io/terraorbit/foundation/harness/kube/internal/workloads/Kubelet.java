package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says of Pods on nodes that they run, though nothing does: they are ready at once, and end when
 * they are told to. Annotations say otherwise; they may come later, too.
 */
final class Kubelet implements Controller {
  /** {@code Succeeded} or {@code Failed}: what becomes of the Pod; {@code Pending}: nothing yet. */
  static final String PHASE = "foundation.terraorbit.io/phase";

  /** Of containers that failed; 1 by default. */
  static final String EXIT_CODE = "foundation.terraorbit.io/exit-code";

  /** {@code false}, or how long after its start a Pod gets ready, such as {@code 5s}. */
  static final String READY = "foundation.terraorbit.io/ready";

  private static final String BY = "kubelet";

  @Override
  public void reconcile(Objects objects, Map<String, Object> pod, Alarm alarm) {
    if (Nodes.waits(pod)) {
      Nodes.place(objects, pod);
      return;
    }
    String node = Fields.text(pod, "spec", "nodeName");
    if (node.isEmpty()) {
      return;
    }
    if (objects.find(Kind.NODE, "", node).isEmpty()) {
      collect(objects, pod);
      return;
    }
    if (Fields.deleting(pod)) {
      if (Fields.number(pod, "metadata", "deletionGracePeriodSeconds") > 0) {
        objects.finish(pod, BY);
      }
      return;
    }
    String phase = Pods.phase(pod);
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return;
    }
    String wanted = Fields.annotation(pod, PHASE);
    if (wanted.equals("Pending")) {
      return;
    }
    Map<String, Object> told =
        wanted.equals("Succeeded") || wanted.equals("Failed")
            ? ended(objects, pod, wanted)
            : running(objects, pod, alarm);
    if (!told.equals(pod)) {
      objects.updateStatus(Kind.POD, told, BY);
    }
  }

  /** Pods go with their node; one that waits for its node to come stays. */
  private static void collect(Objects objects, Map<String, Object> pod) {
    if (Fields.deleting(pod) || Pods.phase(pod).equals("Running")) {
      objects.finish(pod, "pod-garbage-collector");
    }
  }

  private static Map<String, Object> running(
      Objects objects, Map<String, Object> pod, Alarm alarm) {
    Map<String, Object> status = started(objects, pod, "Running");
    Instant readyAt = readyAt(pod, Instant.parse(Fields.text(status, "startTime")));
    boolean ready = !readyAt.isAfter(objects.now());
    if (!ready && readyAt.isBefore(Instant.MAX)) {
      alarm.at(readyAt);
    }
    conditions(objects, pod, status, ready, "ContainersNotReady");
    String since = Fields.text(status, "startTime");
    status.put(
        "containerStatuses",
        containers(pod, "containers", ready, Map.of("running", Map.of("startedAt", since)), true));
    return Values.with(pod, status, "status");
  }

  private static Map<String, Object> ended(Objects objects, Map<String, Object> pod, String phase) {
    Map<String, Object> status = started(objects, pod, phase);
    boolean failed = phase.equals("Failed");
    conditions(objects, pod, status, false, failed ? "PodFailed" : "PodCompleted");
    String code = Fields.annotation(pod, EXIT_CODE);
    long exit = code.matches("\\d{1,3}") ? Long.parseLong(code) : failed ? 1 : 0;
    status.put(
        "containerStatuses",
        containers(
            pod,
            "containers",
            false,
            Map.of("terminated", terminated(status, exit, objects.now().toString())),
            false));
    return Values.with(pod, status, "status");
  }

  private static Map<String, Object> terminated(Map<String, Object> status, long exit, String now) {
    Map<String, Object> terminated = new LinkedHashMap<>();
    terminated.put("exitCode", exit);
    terminated.put("reason", exit == 0 ? "Completed" : "Error");
    terminated.put("startedAt", Fields.text(status, "startTime"));
    terminated.put("finishedAt", now);
    return terminated;
  }

  /** The status of a Pod whose containers have been started, when it got going. */
  private static Map<String, Object> started(
      Objects objects, Map<String, Object> pod, String phase) {
    Map<String, Object> status = new LinkedHashMap<>(Values.objectAt(pod, "status"));
    status.put("phase", phase);
    status.putIfAbsent("startTime", objects.now().toString());
    String ip = Addresses.ofPod(pod);
    status.putIfAbsent("hostIP", Addresses.ofNode(Fields.text(pod, "spec", "nodeName")));
    status.putIfAbsent("hostIPs", List.of(Map.of("ip", String.valueOf(status.get("hostIP")))));
    status.putIfAbsent("podIP", ip);
    status.putIfAbsent("podIPs", List.of(Map.of("ip", ip)));
    if (!Values.listAt(pod, "spec", "initContainers").isEmpty()) {
      String since = String.valueOf(status.get("startTime"));
      status.put(
          "initContainerStatuses",
          containers(
              pod,
              "initContainers",
              true,
              Map.of("terminated", terminated(status, 0, since)),
              false));
    }
    return status;
  }

  private static Instant readyAt(Map<String, Object> pod, Instant start) {
    String said = Fields.annotation(pod, READY);
    if (said.equals("false")) {
      return Instant.MAX;
    }
    try {
      return said.matches("\\d.*") ? start.plus(Duration.parse("PT" + said)) : start;
    } catch (DateTimeParseException e) {
      return start;
    }
  }

  private static void conditions(
      Objects objects,
      Map<String, Object> pod,
      Map<String, Object> status,
      boolean ready,
      String otherwise) {
    List<Object> conditions = Values.listAt(pod, "status", "conditions");
    for (String type : List.of("PodReadyToStartContainers", "Initialized")) {
      conditions = set(conditions, pod, type, true, "", objects.now());
    }
    for (String type : List.of("Ready", "ContainersReady")) {
      conditions = set(conditions, pod, type, ready, ready ? "" : otherwise, objects.now());
    }
    status.put("conditions", conditions);
  }

  private static List<Object> set(
      List<Object> conditions,
      Map<String, Object> pod,
      String type,
      boolean holds,
      String reason,
      Instant now) {
    String status = holds ? "True" : "False";
    Map<String, Object> wanted =
        Fields.members(
            "type",
            type,
            "status",
            status,
            "lastTransitionTime",
            Fields.since(pod, type, status, now));
    if (!reason.isEmpty()) {
      wanted.put("reason", reason);
    }
    return Fields.withCondition(conditions, wanted);
  }

  private static List<Object> containers(
      Map<String, Object> pod,
      String member,
      boolean ready,
      Map<String, Object> state,
      boolean started) {
    List<Object> statuses = new ArrayList<>();
    for (Object container : Values.listAt(pod, "spec", member)) {
      String name = Values.string(container, "name").orElse("");
      String image = Values.string(container, "image").orElse("");
      Map<String, Object> status = new LinkedHashMap<>();
      status.put("name", name);
      status.put("state", state);
      status.put("lastState", Map.of());
      status.put("ready", ready);
      status.put("restartCount", 0L);
      status.put("image", image);
      status.put("imageID", image);
      status.put("containerID", "foundation://" + Fields.uid(pod) + "/" + name);
      status.put("started", started);
      statuses.add(status);
    }
    return statuses;
  }
}
