package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of who may do what: access, budgets, priorities, leases, webhooks, certificates. */
final class PolicyLayouts {
  private PolicyLayouts() {}

  static Optional<Layout> find(String resource) {
    return switch (resource) {
      case "roles.rbac.authorization.k8s.io",
          "clusterroles.rbac.authorization.k8s.io",
          "customresourcedefinitions.apiextensions.k8s.io" ->
          Optional.of(CoreLayouts.created());
      case "rolebindings.rbac.authorization.k8s.io",
          "clusterrolebindings.rbac.authorization.k8s.io" ->
          Optional.of(bindings());
      case "poddisruptionbudgets.policy" ->
          Optional.of(
              Layout.named()
                  .text("Min Available", Cells.shown("spec.minAvailable", "N/A"))
                  .text("Max Unavailable", Cells.shown("spec.maxUnavailable", "N/A"))
                  .number("Allowed Disruptions", Cells.count("status.disruptionsAllowed"))
                  .age()
                  .build());
      case "priorityclasses.scheduling.k8s.io" ->
          Optional.of(
              Layout.named()
                  .number("Value", Cells.count("value"))
                  .truth("Global-Default", Cells.flag("globalDefault"))
                  .age()
                  .text("PreemptionPolicy", Cells.at("preemptionPolicy", Cells.UNSET))
                  .build());
      case "leases.coordination.k8s.io" ->
          Optional.of(Layout.named().text("Holder", Cells.at("spec.holderIdentity")).age().build());
      case "runtimeclasses.node.k8s.io" ->
          Optional.of(Layout.named().text("Handler", Cells.at("handler")).age().build());
      case "certificatesigningrequests.certificates.k8s.io" -> Optional.of(requests());
      case "mutatingwebhookconfigurations.admissionregistration.k8s.io",
          "validatingwebhookconfigurations.admissionregistration.k8s.io" ->
          Optional.of(Layout.named().number("Webhooks", Cells.size("webhooks")).age().build());
      case "validatingadmissionpolicies.admissionregistration.k8s.io" ->
          Optional.of(
              Layout.named()
                  .number("Validations", Cells.size("spec.validations"))
                  .text("ParamKind", PolicyLayouts::paramKind)
                  .age()
                  .build());
      case "validatingadmissionpolicybindings.admissionregistration.k8s.io" ->
          Optional.of(
              Layout.named()
                  .text("PolicyName", Cells.at("spec.policyName"))
                  .text("ParamRef", PolicyLayouts::paramRef)
                  .age()
                  .build());
      case "apiservices.apiregistration.k8s.io" ->
          Optional.of(
              Layout.named()
                  .text("Service", PolicyLayouts::service)
                  .text("Available", PolicyLayouts::available)
                  .age()
                  .build());
      case "flowschemas.flowcontrol.apiserver.k8s.io" -> Optional.of(flows());
      case "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io" -> Optional.of(levels());
      default -> Optional.empty();
    };
  }

  private static Layout bindings() {
    return Layout.named()
        .text("Role", PolicyLayouts::role)
        .age()
        .wide("Users", binding -> subjects(binding, "User"))
        .wide("Groups", binding -> subjects(binding, "Group"))
        .wide("ServiceAccounts", binding -> subjects(binding, "ServiceAccount"))
        .build();
  }

  private static String role(Map<String, Object> binding) {
    return Values.string(binding, "roleRef", "kind").orElse("")
        + "/"
        + Values.string(binding, "roleRef", "name").orElse("");
  }

  private static String subjects(Map<String, Object> binding, String kind) {
    return Cells.join(
        Values.listAt(binding, "subjects").stream()
            .filter(subject -> Values.string(subject, "kind").orElse("").equals(kind))
            .map(
                subject ->
                    (kind.equals("ServiceAccount")
                            ? Values.string(subject, "namespace").orElse("") + "/"
                            : "")
                        + Values.string(subject, "name").orElse("")),
        ", ");
  }

  private static Layout requests() {
    return Layout.named()
        .age()
        .text("SignerName", Cells.at("spec.signerName", Cells.NONE))
        .text("Requestor", Cells.at("spec.username"))
        .text("RequestedDuration", PolicyLayouts::requested)
        .text("Condition", PolicyLayouts::approval)
        .build();
  }

  private static String requested(Map<String, Object> request) {
    long seconds = Cells.number(request, "spec.expirationSeconds", -1);
    return seconds < 0 ? Cells.NONE : Ages.text(Duration.ofSeconds(seconds));
  }

  private static String approval(Map<String, Object> request) {
    List<String> conditions =
        Values.listAt(request, "status", "conditions").stream()
            .flatMap(condition -> Values.string(condition, "type").stream())
            .toList();
    String first =
        conditions.contains("Denied")
            ? "Denied"
            : conditions.contains("Approved") ? "Approved" : "";
    boolean failed = conditions.contains("Failed");
    boolean issued = !Cells.string(request, "status.certificate", "").isEmpty();
    if (first.isEmpty() && !failed && !issued) {
      return "Pending";
    }
    return Cells.join(
        List.of(first, failed ? "Failed" : "", issued ? "Issued" : "").stream()
            .filter(part -> !part.isEmpty()),
        ",");
  }

  private static String paramKind(Map<String, Object> policy) {
    Map<String, Object> kind = Values.objectAt(policy, "spec", "paramKind");
    return kind.isEmpty()
        ? Cells.UNSET
        : Values.string(kind, "apiVersion").orElse("")
            + "/"
            + Values.string(kind, "kind").orElse("");
  }

  private static String paramRef(Map<String, Object> binding) {
    Map<String, Object> reference = Values.objectAt(binding, "spec", "paramRef");
    if (reference.isEmpty()) {
      return Cells.UNSET;
    }
    String namespace = Values.string(reference, "namespace").map(name -> name + "/").orElse("*/");
    return namespace + Values.string(reference, "name").orElse("");
  }

  private static String service(Map<String, Object> apiService) {
    Map<String, Object> service = Values.objectAt(apiService, "spec", "service");
    return service.isEmpty()
        ? "Local"
        : Values.string(service, "namespace").orElse("")
            + "/"
            + Values.string(service, "name").orElse("");
  }

  private static String available(Map<String, Object> apiService) {
    return Values.listAt(apiService, "status", "conditions").stream()
        .filter(condition -> Values.string(condition, "type").orElse("").equals("Available"))
        .findFirst()
        .map(
            condition -> {
              String status = Values.string(condition, "status").orElse("");
              return status.equals("True")
                  ? status
                  : "%s (%s)".formatted(status, Values.string(condition, "reason").orElse(""));
            })
        .orElse("Unknown");
  }

  private static Layout flows() {
    return Layout.named()
        .text("PriorityLevel", Cells.at("spec.priorityLevelConfiguration.name", Cells.NONE))
        .number("MatchingPrecedence", Cells.count("spec.matchingPrecedence"))
        .text("DistinguisherMethod", Cells.at("spec.distinguisherMethod.type", Cells.NONE))
        .age()
        .text("MissingPL", PolicyLayouts::dangling)
        .build();
  }

  private static String dangling(Map<String, Object> flow) {
    return Values.listAt(flow, "status", "conditions").stream()
        .filter(condition -> Values.string(condition, "type").orElse("").equals("Dangling"))
        .findFirst()
        .flatMap(condition -> Values.string(condition, "status"))
        .orElse("?");
  }

  private static Layout levels() {
    String limited = "spec.limited.";
    String queuing = limited + "limitResponse.queuing.";
    return Layout.named()
        .text("Type", Cells.at("spec.type"))
        .text(
            "NominalConcurrencyShares",
            Cells.shown(limited + "nominalConcurrencyShares", Cells.NONE))
        .text("Queues", Cells.shown(queuing + "queues", Cells.NONE))
        .text("HandSize", Cells.shown(queuing + "handSize", Cells.NONE))
        .text("QueueLengthLimit", Cells.shown(queuing + "queueLengthLimit", Cells.NONE))
        .age()
        .build();
  }
}
