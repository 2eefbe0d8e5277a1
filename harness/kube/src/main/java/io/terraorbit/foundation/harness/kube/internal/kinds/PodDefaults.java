package io.terraorbit.foundation.harness.kube.internal.kinds;

import java.util.List;
import java.util.Map;

/** What the API fills into the specification of a Pod, alone or in a template. */
final class PodDefaults {
  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private PodDefaults() {}

  /** A template: its metadata and its specification. */
  static void template(Draft owner, String name) {
    owner.within(
        name,
        template -> {
          template.make("metadata");
          specification(template.make("spec"));
        });
  }

  static void specification(Draft spec) {
    spec.orText("restartPolicy", "Always")
        .orElse("terminationGracePeriodSeconds", 30L)
        .orText("dnsPolicy", "ClusterFirst")
        .orElse("securityContext", Map.of())
        .orText("schedulerName", "default-scheduler");
    if (!spec.text("serviceAccountName").isEmpty()) {
      spec.put("serviceAccount", spec.text("serviceAccountName"));
    } else if (!spec.text("serviceAccount").isEmpty()) {
      spec.put("serviceAccountName", spec.text("serviceAccount"));
    }
    CONTAINERS.forEach(list -> spec.each(list, PodDefaults::container));
    spec.each("volumes", VolumeDefaults::volume);
    spec.within("resources", Resources::canonical);
    spec.replaceValues("overhead", Resources::canonical);
  }

  /** What is filled in only for Pods themselves, not in templates. */
  static void pod(Draft spec) {
    spec.orElse("enableServiceLinks", true);
    for (String list : List.of("initContainers", "containers")) {
      spec.each(
          list,
          container -> {
            container.within("resources", PodDefaults::requestsFromLimits);
            if (spec.is("hostNetwork")) {
              container.each(
                  "ports",
                  port ->
                      port.number("containerPort")
                          .ifPresent(number -> port.orNumber("hostPort", number)));
            }
          });
    }
  }

  private static void requestsFromLimits(Draft resources) {
    resources.within(
        "limits",
        limits -> {
          Draft requests = resources.make("requests");
          limits
              .members()
              .forEach(
                  (name, amount) -> {
                    if (amount != null) {
                      requests.orElse(name, amount);
                    }
                  });
        });
  }

  private static void container(Draft container) {
    container
        .orText("imagePullPolicy", pullPolicy(container.text("image")))
        .orText("terminationMessagePath", "/dev/termination-log")
        .orText("terminationMessagePolicy", "File");
    Resources.canonical(container.make("resources"));
    container.each("ports", port -> port.orText("protocol", "TCP"));
    container.each(
        "env",
        variable ->
            variable.within(
                "valueFrom",
                source -> {
                  source.within("fieldRef", field -> field.orText("apiVersion", "v1"));
                  source.within("resourceFieldRef", field -> field.orText("divisor", "0"));
                }));
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      container.within(probe, PodDefaults::probe);
    }
    container.within(
        "lifecycle",
        lifecycle -> {
          lifecycle.within("postStart", PodDefaults::handler);
          lifecycle.within("preStop", PodDefaults::handler);
        });
  }

  private static void probe(Draft probe) {
    probe
        .orNumber("timeoutSeconds", 1)
        .orNumber("periodSeconds", 10)
        .orNumber("successThreshold", 1)
        .orNumber("failureThreshold", 3);
    handler(probe);
  }

  private static void handler(Draft handler) {
    handler.within("httpGet", get -> get.orText("path", "/").orText("scheme", "HTTP"));
    handler.within("grpc", grpc -> grpc.orElse("service", ""));
  }

  /** {@code latest}, said or meant, is always pulled. */
  static String pullPolicy(String image) {
    boolean digest = image.indexOf('@') >= 0;
    String name = digest ? image.substring(0, image.indexOf('@')) : image;
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    String tag = colon < 0 ? "" : name.substring(colon + 1);
    return tag.equals("latest") || (tag.isEmpty() && !digest) ? "Always" : "IfNotPresent";
  }
}
