package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.ApiControl;
import io.terraorbit.foundation.harness.environment.ApiFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults that act now. Safe for many threads. */
final class Faults {
  private final RunHistory history;
  private final ProxiedLinks links;
  private final Map<String, Runnable> healers = new LinkedHashMap<>();
  private final FaultHits hits;

  Faults(RunHistory history, ProxiedLinks links, FaultHits hits) {
    this.history = history;
    this.links = links;
    this.hits = hits;
  }

  synchronized void disturb(Action.DisturbLinks fault) {
    Action.LinkToxic toxic = fault.toxic();
    Map<String, Object> parameters = new LinkedHashMap<>(toxic.attributes());
    parameters.put("stream", toxic.stream());
    parameters.put("toxicity", toxic.toxicity());
    begin(fault.id(), toxic.type(), fault.service().key(), parameters);
    links.add(fault.id(), fault.service(), toxic);
    healers.put(fault.id(), () -> links.remove(fault.id()));
  }

  synchronized void disturb(ApiFault fault, Optional<ApiControl> control) {
    ApiControl api =
        control.orElseThrow(
            () ->
                AppException.of(
                    ErrorKind.UNIMPLEMENTED,
                    "SCENARIO_FAULT_UNSUPPORTED",
                    "the fault '%s' disturbs the Kubernetes API".formatted(fault.id()),
                    "This backend's API is not ours to disturb",
                    "Use the embedded backend for Kubernetes."));
    begin(fault.id(), type(fault), "kubernetes", parameters(fault));
    healers.put(fault.id(), api.inject(fault)::heal);
  }

  /** Ends one fault; nothing happens when it does not act. */
  synchronized void heal(String id) {
    Runnable healer = healers.remove(id);
    if (healer != null) {
      healer.run();
      history.append(new Fact.FaultOff(id, hits.count(id)));
    }
  }

  /** Ends all faults, the newest first. */
  synchronized void healAll() {
    List<String> ids = List.copyOf(healers.keySet());
    for (int i = ids.size() - 1; i >= 0; i--) {
      heal(ids.get(i));
    }
  }

  private void begin(String id, String type, String target, Map<String, Object> parameters) {
    history.append(new Fact.FaultOn(id, type, target, parameters));
  }

  private static String type(ApiFault fault) {
    return fault instanceof ApiFault.Reject ? "reject" : "api";
  }

  private static Map<String, Object> parameters(ApiFault fault) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (fault instanceof ApiFault.Reject reject) {
      parameters.put("code", (long) reject.code());
      parameters.put("count", (long) reject.count());
    }
    parameters.put("verb", fault.match().verb());
    parameters.put("kind", fault.match().kind());
    return parameters;
  }
}
