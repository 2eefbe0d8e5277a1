package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with one container. Confined to one thread. */
final class ContainerChecks {
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> OF_RUNNING =
      List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

  private final List<FieldError> errors;
  private final String path;
  private final Set<String> volumes;
  private final boolean hostNetwork;

  ContainerChecks(List<FieldError> errors, String path, Set<String> volumes, boolean hostNetwork) {
    this.errors = errors;
    this.path = path;
    this.volumes = volumes;
    this.hostNetwork = hostNetwork;
  }

  /**
   * Checks the container.
   *
   * @param list the list that it is in
   * @param names of the containers before it
   */
  void container(Object container, String list, Set<String> names) {
    if (Checks.required(errors, path, container, "name")) {
      String name = Checks.text(container, "name");
      Checks.label(errors, path + ".name", name);
      Checks.once(errors, path + ".name", name, names);
    }
    if (Checks.required(errors, path, container, "image")
        && !Checks.text(container, "image").equals(Checks.text(container, "image").strip())) {
      errors.add(
          FieldError.invalid(
              path + ".image",
              Checks.text(container, "image"),
              "must not have leading or trailing whitespace"));
    }
    ports(Values.listAt(container, "ports"));
    environment(Values.listAt(container, "env"));
    mounts(Values.listAt(container, "volumeMounts"));
    Checks.oneOf(
        errors,
        path + ".imagePullPolicy",
        Values.at(container, "imagePullPolicy").orElse(""),
        "Always",
        "IfNotPresent",
        "Never");
    Checks.oneOf(
        errors,
        path + ".terminationMessagePolicy",
        Values.at(container, "terminationMessagePolicy").orElse(""),
        "File",
        "FallbackToLogsOnError");
    Resources.check(errors, path + ".resources", Values.objectAt(container, "resources"));
    if (list.equals("containers") || Checks.text(container, "restartPolicy").equals("Always")) {
      for (String probe : OF_RUNNING.subList(1, OF_RUNNING.size())) {
        Values.at(container, probe).ifPresent(value -> probe(path + "." + probe, value, probe));
      }
    } else {
      forbidRunning(container, list);
    }
  }

  private void forbidRunning(Object container, String list) {
    for (String member : OF_RUNNING) {
      if (Values.at(container, member).isPresent()) {
        errors.add(
            FieldError.forbidden(
                path + "." + member,
                list.equals("initContainers")
                    ? "may not be set for init containers without restartPolicy=Always"
                    : "cannot be set for an Ephemeral Container"));
      }
    }
  }

  private void ports(List<Object> ports) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      Object port = ports.get(i);
      String at = "%s.ports[%d]".formatted(path, i);
      String name = Checks.text(port, "name");
      if (!name.isEmpty()) {
        Checks.portName(errors, at + ".name", name);
        Checks.once(errors, at + ".name", name, names);
      }
      Object number = Values.at(port, "containerPort").orElse(0L);
      if (number.equals(0L)) {
        errors.add(FieldError.required(at + ".containerPort", ""));
      } else if (number instanceof Long value) {
        Checks.port(errors, at + ".containerPort", value);
      }
      if (Values.at(port, "hostPort").orElse(null) instanceof Long host && host != 0) {
        Checks.port(errors, at + ".hostPort", host);
        if (hostNetwork && !host.equals(number)) {
          errors.add(
              FieldError.invalid(
                  at + ".containerPort",
                  number,
                  "must match `hostPort` when `hostNetwork` is true"));
        }
      }
      Checks.oneOf(
          errors, at + ".protocol", Values.at(port, "protocol").orElse(""), "TCP", "UDP", "SCTP");
    }
  }

  private void environment(List<Object> variables) {
    for (int i = 0; i < variables.size(); i++) {
      Object variable = variables.get(i);
      String at = "%s.env[%d]".formatted(path, i);
      if (Checks.required(errors, at, variable, "name")
          && !Checks.text(variable, "name").matches("[ -<>-~]+")) {
        errors.add(
            FieldError.invalid(
                at + ".name",
                Checks.text(variable, "name"),
                "a valid environment variable name must consist only of printable ASCII characters"
                    + " other than '='"));
      }
      Map<String, Object> from = Values.objectAt(variable, "valueFrom");
      if (Values.at(variable, "valueFrom").isPresent()) {
        if (from.isEmpty()) {
          errors.add(
              FieldError.invalid(
                  at + ".valueFrom",
                  "",
                  "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`,"
                      + " `secretKeyRef` or `fileKeyRef`"));
        } else if (!Checks.text(variable, "value").isEmpty()) {
          errors.add(
              FieldError.invalid(
                  at + ".valueFrom", "", "may not be specified when `value` is not empty"));
        } else if (from.size() > 1) {
          errors.add(
              FieldError.invalid(
                  at + ".valueFrom", "", "may not have more than one field specified at a time"));
        }
      }
    }
  }

  private void mounts(List<Object> mounts) {
    Set<String> places = new HashSet<>();
    for (int i = 0; i < mounts.size(); i++) {
      Object mount = mounts.get(i);
      String at = "%s.volumeMounts[%d]".formatted(path, i);
      String name = Checks.text(mount, "name");
      if (name.isEmpty()) {
        errors.add(FieldError.required(at + ".name", ""));
      } else if (!volumes.contains(name)) {
        errors.add(FieldError.notFound(at + ".name", name));
      }
      if (Checks.required(errors, at, mount, "mountPath")
          && !places.add(Checks.text(mount, "mountPath"))) {
        errors.add(
            FieldError.invalid(
                at + ".mountPath", Checks.text(mount, "mountPath"), "must be unique"));
      }
    }
  }

  private void probe(String at, Object probe, String kind) {
    List<String> handlers =
        HANDLERS.stream().filter(name -> Values.at(probe, name).isPresent()).toList();
    if (handlers.isEmpty()) {
      errors.add(FieldError.required(at, "must specify a handler type"));
    }
    handlers.stream()
        .skip(1)
        .forEach(
            name ->
                errors.add(
                    FieldError.forbidden(
                        at + "." + name, "may not specify more than 1 handler type")));
    for (String handler : List.of("httpGet", "tcpSocket")) {
      if (handlers.contains(handler)) {
        Checks.portOrName(
            errors, at + "." + handler + ".port", Values.at(probe, handler, "port").orElse(null));
      }
    }
    if (handlers.contains("exec") && Values.listAt(probe, "exec", "command").isEmpty()) {
      errors.add(FieldError.required(at + ".exec.command", ""));
    }
    Checks.notNegative(
        errors,
        at,
        probe,
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "successThreshold",
        "failureThreshold");
    if (!kind.equals("readinessProbe")
        && Values.at(probe, "successThreshold").orElse(1L) instanceof Long threshold
        && threshold != 1) {
      errors.add(FieldError.invalid(at + ".successThreshold", threshold, "must be 1"));
    }
  }
}
