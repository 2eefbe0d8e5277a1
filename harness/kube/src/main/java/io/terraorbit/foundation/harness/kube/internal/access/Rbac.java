package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides by the roles and bindings in the store, as they are at that moment, in the manner of
 * {@code k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac}. Safe for many threads.
 */
public final class Rbac implements Authorizer {
  static final String GROUP = "rbac.authorization.k8s.io";

  private static final String PREFIX = "/" + GROUP + "/";

  private final RevisionStore<Map<String, Object>> store;

  public Rbac(RevisionStore<Map<String, Object>> store) {
    this.store = store;
  }

  @Override
  public Decision decide(Caller caller, RequestInfo request) {
    if (caller.in(Caller.MASTERS)) {
      return new Decision(true, "");
    }
    List<String> problems = new ArrayList<>();
    Snapshot<Map<String, Object>> now = store.latest();
    for (Grant grant : grants(now, caller, request.namespace(), problems)) {
      if (grant.rules().stream().anyMatch(rule -> rule.allows(request))) {
        return new Decision(true, "RBAC: allowed by " + grant.words());
      }
    }
    return new Decision(false, problems.isEmpty() ? "" : "RBAC: " + String.join(", ", problems));
  }

  @Override
  public List<PolicyRule> rules(Caller caller, String namespace) {
    List<PolicyRule> rules = new ArrayList<>();
    if (caller.in(Caller.MASTERS)) {
      rules.addAll(ALWAYS_ALLOW.rules(caller, namespace));
    }
    grants(store.latest(), caller, namespace, new ArrayList<>())
        .forEach(grant -> rules.addAll(grant.rules()));
    return rules;
  }

  /** The rules of a role that a binding refers to; empty when there is no such role. */
  Optional<List<PolicyRule>> rules(String kind, String namespace, String name) {
    return rules(store.latest(), kind, namespace, name);
  }

  /** What one binding gives to one caller. */
  private record Grant(String words, List<PolicyRule> rules) {}

  private static List<Grant> grants(
      Snapshot<Map<String, Object>> now, Caller caller, String namespace, List<String> problems) {
    List<Grant> grants = new ArrayList<>();
    for (Entry<Map<String, Object>> entry : now.list(PREFIX + "clusterrolebindings/")) {
      String name = Values.string(entry.value(), "metadata", "name").orElse("");
      grant(now, caller, "", entry.value(), "ClusterRoleBinding \"%s\"".formatted(name), problems)
          .ifPresent(grants::add);
    }
    if (!namespace.isEmpty()) {
      for (Entry<Map<String, Object>> entry :
          now.list(PREFIX + "rolebindings/" + namespace + "/")) {
        String name = Values.string(entry.value(), "metadata", "name").orElse("");
        String words = "RoleBinding \"%s/%s\"".formatted(name, namespace);
        grant(now, caller, namespace, entry.value(), words, problems).ifPresent(grants::add);
      }
    }
    return grants;
  }

  private static Optional<Grant> grant(
      Snapshot<Map<String, Object>> now,
      Caller caller,
      String namespace,
      Map<String, Object> binding,
      String words,
      List<String> problems) {
    Optional<Object> subject =
        Values.listAt(binding, "subjects").stream()
            .filter(each -> means(each, caller, namespace))
            .findFirst();
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    String kind = Values.string(binding, "roleRef", "kind").orElse("");
    String role = Values.string(binding, "roleRef", "name").orElse("");
    Optional<List<PolicyRule>> rules = rules(now, kind, namespace, role);
    if (rules.isEmpty()) {
      problems.add("%s.%s \"%s\" not found".formatted(kind.toLowerCase(Locale.ROOT), GROUP, role));
    }
    return rules.map(
        given ->
            new Grant(
                "%s of %s \"%s\" to %s"
                    .formatted(words, kind, role, described(subject.get(), namespace)),
                given));
  }

  private static boolean means(Object subject, Caller caller, String namespace) {
    String name = Values.string(subject, "name").orElse("");
    return switch (Values.string(subject, "kind").orElse("")) {
      case "User" -> name.equals(caller.name());
      case "Group" -> caller.in(name);
      case "ServiceAccount" -> {
        String home = Values.string(subject, "namespace").orElse(namespace);
        yield !home.isEmpty() && ServiceAccounts.user(home, name).equals(caller.name());
      }
      default -> false;
    };
  }

  private static String described(Object subject, String namespace) {
    String kind = Values.string(subject, "kind").orElse("");
    String name = Values.string(subject, "name").orElse("");
    return kind.equals("ServiceAccount")
        ? "ServiceAccount \"%s/%s\""
            .formatted(name, Values.string(subject, "namespace").orElse(namespace))
        : "%s \"%s\"".formatted(kind, name);
  }

  private static Optional<List<PolicyRule>> rules(
      Snapshot<Map<String, Object>> now, String kind, String namespace, String name) {
    return now.find(
            PREFIX
                + (kind.equals("ClusterRole") ? "clusterroles/" : "roles/" + namespace)
                + "/"
                + name)
        .map(role -> own(role.value()));
  }

  private static List<PolicyRule> own(Map<String, Object> role) {
    return Values.listAt(role, "rules").stream().map(PolicyRule::read).toList();
  }
}
