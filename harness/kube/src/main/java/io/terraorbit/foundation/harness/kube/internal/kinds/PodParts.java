package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two parts of a Pod that are written apart: debugging containers, and resources. */
public final class PodParts {
  private PodParts() {}

  /** The stored Pod with the ephemeral containers of a request. */
  public static Map<String, Object> debugged(
      Map<String, Object> object, Map<String, Object> before) {
    List<Object> containers = Values.listAt(object, "spec", "ephemeralContainers");
    return containers.isEmpty()
        ? Values.without(before, "spec", "ephemeralContainers")
        : Values.with(before, containers, "spec", "ephemeralContainers");
  }

  /** Ephemeral containers come, and stay as they are. */
  public static void checkDebugged(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    List<Object> now = Values.listAt(object, "spec", "ephemeralContainers");
    for (Object old : Values.listAt(before, "spec", "ephemeralContainers")) {
      String name = Checks.text(old, "name");
      Object same =
          now.stream()
              .filter(other -> Checks.text(other, "name").equals(name))
              .findFirst()
              .orElse(null);
      if (same == null) {
        errors.add(
            FieldError.forbidden(
                "spec.ephemeralContainers",
                "existing ephemeral containers \"%s\" may not be removed\n".formatted(name)));
      } else if (!same.equals(old)) {
        errors.add(
            FieldError.forbidden(
                "spec.ephemeralContainers",
                "existing ephemeral containers \"%s\" may not be changed\n".formatted(name)));
      }
    }
  }

  /** The stored Pod with the resources of a request, container by container; all else is left. */
  public static Map<String, Object> resized(
      Map<String, Object> object, Map<String, Object> before) {
    Map<String, Object> resized = before;
    for (String list : List.of("containers", "initContainers")) {
      Map<String, Object> wanted = new LinkedHashMap<>();
      for (Object container : Values.listAt(object, "spec", list)) {
        wanted.put(Checks.text(container, "name"), Values.objectAt(container, "resources"));
      }
      List<Object> containers = new ArrayList<>();
      for (Object container : Values.listAt(before, "spec", list)) {
        Object resources = wanted.get(Checks.text(container, "name"));
        containers.add(
            resources == null
                ? container
                : Values.with(Values.object(container), resources, "resources"));
      }
      if (!containers.isEmpty()) {
        resized = Values.with(resized, List.copyOf(containers), "spec", list);
      }
    }
    return resized;
  }

  /** A Pod keeps its class of service, and only what can be resized is. */
  public static void checkResized(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    String now = QualityOfService.of(object);
    String old = QualityOfService.of(before);
    if (!now.equals(old)) {
      errors.add(
          FieldError.invalid("spec", old, "Pod QOS Class may not change as a result of resizing"));
    }
    if (!others(object).equals(others(before))) {
      errors.add(FieldError.forbidden("spec", "only cpu and memory resources are mutable"));
    }
  }

  private static Map<String, Object> others(Map<String, Object> pod) {
    return Draft.change(
        Values.objectAt(pod, "spec"),
        spec -> {
          for (String list : List.of("containers", "initContainers")) {
            spec.each(
                list,
                container ->
                    container.within(
                        "resources",
                        resources -> {
                          for (String member : List.of("limits", "requests")) {
                            resources.within(
                                member,
                                amounts -> {
                                  amounts.remove("cpu");
                                  amounts.remove("memory");
                                });
                            if (resources.get(member) instanceof Map<?, ?> left && left.isEmpty()) {
                              resources.remove(member);
                            }
                          }
                        }));
          }
        });
  }
}
