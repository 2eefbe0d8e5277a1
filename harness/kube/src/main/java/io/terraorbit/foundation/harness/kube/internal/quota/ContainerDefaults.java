package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one LimitRange gives to containers that do not say. Immutable. */
record ContainerDefaults(Amounts requests, Amounts limits) {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";

  static ContainerDefaults of(List<Object> limits) {
    Amounts requests = Amounts.NONE;
    Amounts most = Amounts.NONE;
    for (Object limit : limits) {
      if (LimitRanges.type(limit).equals("Container")) {
        requests = over(requests, Amounts.of(Values.objectAt(limit, "defaultRequest")));
        most = over(most, Amounts.of(Values.objectAt(limit, "default")));
      }
    }
    return new ContainerDefaults(requests, most);
  }

  /** The Pod with all that is missing, and with an annotation that says what was. */
  Map<String, Object> fillIn(Map<String, Object> pod) {
    List<String> said = new ArrayList<>();
    Map<String, Object> filled = fillIn(pod, "containers", "container", said);
    filled = fillIn(filled, "initContainers", "init container", said);
    return said.isEmpty()
        ? pod
        : Values.with(
            filled,
            "LimitRanger plugin set: " + String.join("; ", said),
            "metadata",
            "annotations",
            ANNOTATION);
  }

  private Map<String, Object> fillIn(
      Map<String, Object> pod, String member, String word, List<String> said) {
    List<Object> containers = Values.listAt(pod, "spec", member);
    if (containers.isEmpty()) {
      return pod;
    }
    List<Object> filled = new ArrayList<>();
    for (Object container : containers) {
      filled.add(
          container instanceof Map<?, ?> object
              ? fillIn(Values.object(object), word, said)
              : container);
    }
    return Values.with(pod, List.copyOf(filled), "spec", member);
  }

  private Map<String, Object> fillIn(
      Map<String, Object> container, String word, List<String> said) {
    String of = " for " + word + " " + Values.string(container, "name").orElse("");
    Map<String, Object> filled = fillIn(container, "requests", requests, " request" + of, said);
    return fillIn(filled, "limits", limits, " limit" + of, said);
  }

  private static Map<String, Object> fillIn(
      Map<String, Object> container,
      String member,
      Amounts defaults,
      String of,
      List<String> said) {
    Map<String, Object> filled = container;
    Map<String, Object> present = Values.objectAt(container, "resources", member);
    Set<String> set = new TreeSet<>();
    for (Map.Entry<String, Quantity> each : defaults.byName().entrySet()) {
      if (!present.containsKey(each.getKey())) {
        filled =
            Values.with(filled, each.getValue().toString(), "resources", member, each.getKey());
        set.add(each.getKey());
      }
    }
    if (!set.isEmpty()) {
      said.add(String.join(", ", set) + of);
    }
    return filled;
  }

  private static Amounts over(Amounts before, Amounts after) {
    Amounts all = before;
    for (Map.Entry<String, Quantity> each : after.byName().entrySet()) {
      all = all.with(each.getKey(), each.getValue());
    }
    return all;
  }
}
