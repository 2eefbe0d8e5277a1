package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What kubectl tells of a Pod: how many containers are ready, why it is not running, how often it
 * was restarted.
 *
 * <p>The rules are those of {@code pkg/printers/internalversion} of the real server: the first init
 * container that is not done decides; a sidecar (an init container that is always restarted) counts
 * like a container once it has started; else the first container in trouble decides.
 */
final class PodCells {
  private final Map<String, Object> pod;
  private String reason;
  private long ready;
  private long total;
  private long restarts;
  private Optional<String> lastRestart = Optional.empty();

  private PodCells(Map<String, Object> pod) {
    this.pod = pod;
    this.total = Values.listAt(pod, "spec", "containers").size();
    this.reason = Cells.string(pod, "status.reason", Cells.string(pod, "status.phase", ""));
    gated();
    if (!initializing() || initialized()) {
      running();
    }
    if (!Values.string(pod, "metadata", "deletionTimestamp").orElse("").isEmpty()) {
      reason = ending();
    }
  }

  static Layout layout() {
    return Layout.named()
        .text("Ready", pod -> new PodCells(pod).readiness())
        .text("Status", pod -> new PodCells(pod).reason)
        .add(Column.of("Restarts", "string", 0), (pod, now) -> new PodCells(pod).restarts(now))
        .age()
        .wide("IP", PodCells::address)
        .wide("Node", Cells.at("spec.nodeName", Cells.NONE))
        .wide("Nominated Node", Cells.at("status.nominatedNodeName", Cells.NONE))
        .wide("Readiness Gates", PodCells::gates)
        .conditions(PodCells::completed)
        .build();
  }

  private String readiness() {
    return ready + "/" + total;
  }

  private String restarts(Instant now) {
    return restarts == 0 || lastRestart.isEmpty()
        ? String.valueOf(restarts)
        : "%d (%s ago)".formatted(restarts, Ages.since(lastRestart.get(), now));
  }

  private void gated() {
    for (Object condition : Values.listAt(pod, "status", "conditions")) {
      if (Values.string(condition, "type").orElse("").equals("PodScheduled")
          && Values.string(condition, "reason").orElse("").equals("SchedulingGated")) {
        reason = "SchedulingGated";
      }
    }
  }

  /** Looks at the init containers; true if one of them is not done. */
  private boolean initializing() {
    List<Object> specs = Values.listAt(pod, "spec", "initContainers");
    total += specs.stream().filter(PodCells::sidecar).count();
    List<Object> statuses = Values.listAt(pod, "status", "initContainerStatuses");
    for (int i = 0; i < statuses.size(); i++) {
      Object status = statuses.get(i);
      count(status);
      boolean sidecar =
          specs.stream()
              .filter(PodCells::sidecar)
              .anyMatch(spec -> Values.at(spec, "name").equals(Values.at(status, "name")));
      if (sidecar && flag(status, "started")) {
        if (flag(status, "ready")) {
          ready++;
        }
        continue;
      }
      if (terminated(status) && Cells.number(status, "state.terminated.exitCode", 0) == 0) {
        continue;
      }
      reason = "Init:" + initTrouble(status, "%d/%d".formatted(i, specs.size()));
      return true;
    }
    return false;
  }

  private static String initTrouble(Object status, String progress) {
    if (terminated(status)) {
      return Values.string(status, "state", "terminated", "reason")
          .filter(text -> !text.isEmpty())
          .orElse(exit(status));
    }
    return Values.string(status, "state", "waiting", "reason")
        .filter(text -> !text.isEmpty() && !text.equals("PodInitializing"))
        .orElse(progress);
  }

  private boolean initialized() {
    return condition("Initialized");
  }

  private void running() {
    restarts = sidecarRestarts();
    boolean anyRunning = false;
    List<Object> statuses = Values.listAt(pod, "status", "containerStatuses");
    for (int i = statuses.size() - 1; i >= 0; i--) {
      Object status = statuses.get(i);
      count(status);
      Optional<String> waiting = Values.string(status, "state", "waiting", "reason");
      if (waiting.filter(text -> !text.isEmpty()).isPresent()) {
        reason = waiting.get();
      } else if (terminated(status)) {
        reason =
            Values.string(status, "state", "terminated", "reason")
                .filter(text -> !text.isEmpty())
                .orElse(exit(status));
      } else if (flag(status, "ready") && Values.at(status, "state", "running").isPresent()) {
        anyRunning = true;
        ready++;
      }
    }
    if (reason.equals("Completed") && anyRunning) {
      reason = condition("Ready") ? "Running" : "NotReady";
    }
  }

  private long sidecarRestarts() {
    return Values.listAt(pod, "status", "initContainerStatuses").stream()
        .filter(
            status ->
                Values.listAt(pod, "spec", "initContainers").stream()
                    .filter(PodCells::sidecar)
                    .anyMatch(spec -> Values.at(spec, "name").equals(Values.at(status, "name"))))
        .mapToLong(status -> Cells.number(status, "restartCount", 0))
        .sum();
  }

  private String ending() {
    if (Cells.string(pod, "status.reason", "").equals("NodeLost")) {
      return "Unknown";
    }
    String phase = Cells.string(pod, "status.phase", "");
    return phase.equals("Failed") || phase.equals("Succeeded") ? reason : "Terminating";
  }

  private void count(Object status) {
    restarts += Cells.number(status, "restartCount", 0);
    Values.string(status, "lastState", "terminated", "finishedAt")
        .filter(time -> lastRestart.map(last -> last.compareTo(time) < 0).orElse(true))
        .ifPresent(time -> lastRestart = Optional.of(time));
  }

  private boolean condition(String type) {
    return Values.listAt(pod, "status", "conditions").stream()
        .anyMatch(
            condition ->
                Values.string(condition, "type").orElse("").equals(type)
                    && Values.string(condition, "status").orElse("").equals("True"));
  }

  private static boolean sidecar(Object spec) {
    return Values.string(spec, "restartPolicy").orElse("").equals("Always");
  }

  private static boolean terminated(Object status) {
    return Values.at(status, "state", "terminated").isPresent();
  }

  private static boolean flag(Object status, String name) {
    return Values.at(status, name).filter(Boolean.TRUE::equals).isPresent();
  }

  private static String exit(Object status) {
    long signal = Cells.number(status, "state.terminated.signal", 0);
    return signal == 0
        ? "ExitCode:" + Cells.number(status, "state.terminated.exitCode", 0)
        : "Signal:" + signal;
  }

  private static String address(Map<String, Object> pod) {
    return Values.listAt(pod, "status", "podIPs").stream()
        .findFirst()
        .flatMap(ip -> Values.string(ip, "ip"))
        .orElse(Cells.string(pod, "status.podIP", Cells.NONE));
  }

  private static String gates(Map<String, Object> pod) {
    List<Object> gates = Values.listAt(pod, "spec", "readinessGates");
    if (gates.isEmpty()) {
      return Cells.NONE;
    }
    PodCells cells = new PodCells(pod);
    long fulfilled =
        gates.stream()
            .filter(gate -> cells.condition(Values.string(gate, "conditionType").orElse("")))
            .count();
    return fulfilled + "/" + gates.size();
  }

  private static List<Object> completed(Map<String, Object> pod) {
    String phase = Cells.string(pod, "status.phase", "");
    return switch (phase) {
      case "Succeeded" -> condition(phase, "The pod has completed successfully.");
      case "Failed" -> condition(phase, "The pod failed.");
      default -> List.of();
    };
  }

  private static List<Object> condition(String reason, String message) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", "Completed");
    condition.put("status", "True");
    condition.put("reason", reason);
    condition.put("message", message);
    return List.of(condition);
  }
}
