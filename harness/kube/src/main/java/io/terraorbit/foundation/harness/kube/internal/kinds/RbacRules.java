package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** Roles and their bindings. */
enum RbacRules implements KindRules {
  ROLE {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      rules(object, errors, true);
    }
  },
  CLUSTER_ROLE {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      rules(object, errors, false);
    }
  },
  ROLE_BINDING {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      binding(object, errors, "ClusterRole", "Role");
    }
  },
  CLUSTER_ROLE_BINDING {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      binding(object, errors, "ClusterRole");
    }
  };

  private static final String GROUP = "rbac.authorization.k8s.io";

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        binding -> {
          binding.within("roleRef", role -> role.orText("apiGroup", GROUP));
          binding.each(
              "subjects",
              subject -> {
                String kind = subject.text("kind");
                if (kind.equals("User") || kind.equals("Group")) {
                  subject.orText("apiGroup", GROUP);
                }
              });
        });
  }

  @Override
  public void checkChange(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    if (!Values.objectAt(object, "roleRef").equals(Values.objectAt(before, "roleRef"))) {
      errors.add(FieldError.invalid("roleRef", object.get("roleRef"), "cannot change roleRef"));
    }
  }

  private static void rules(
      Map<String, Object> object, List<FieldError> errors, boolean namespaced) {
    List<Object> rules = Values.listAt(object, "rules");
    for (int i = 0; i < rules.size(); i++) {
      String at = "rules[%d]".formatted(i);
      Object rule = rules.get(i);
      if (Values.listAt(rule, "verbs").isEmpty()) {
        errors.add(FieldError.required(at + ".verbs", "verbs must contain at least one value"));
      }
      boolean urls = !Values.listAt(rule, "nonResourceURLs").isEmpty();
      boolean resources = !Values.listAt(rule, "resources").isEmpty();
      if (urls && namespaced) {
        errors.add(
            FieldError.invalid(
                at + ".nonResourceURLs",
                Values.listAt(rule, "nonResourceURLs"),
                "namespaced rules cannot apply to non-resource URLs"));
      } else if (urls
          && (resources
              || !Values.listAt(rule, "apiGroups").isEmpty()
              || !Values.listAt(rule, "resourceNames").isEmpty())) {
        errors.add(
            FieldError.invalid(
                at + ".nonResourceURLs",
                Values.listAt(rule, "nonResourceURLs"),
                "rules cannot apply to both regular resources and non-resource URLs"));
      } else if (!urls) {
        if (Values.listAt(rule, "apiGroups").isEmpty()) {
          errors.add(
              FieldError.required(
                  at + ".apiGroups", "resource rules must supply at least one api group"));
        }
        if (!resources) {
          errors.add(
              FieldError.required(
                  at + ".resources", "resource rules must supply at least one resource"));
        }
      }
    }
  }

  private static void binding(
      Map<String, Object> object, List<FieldError> errors, String... kinds) {
    Map<String, Object> role = Values.objectAt(object, "roleRef");
    if (!GROUP.equals(role.get("apiGroup"))) {
      errors.add(
          FieldError.notSupported(
              "roleRef.apiGroup", Checks.text(role, "apiGroup"), List.of(GROUP)));
    }
    if (!List.of(kinds).contains(Checks.text(role, "kind"))) {
      errors.add(
          FieldError.notSupported(
              "roleRef.kind", Checks.text(role, "kind"), List.of((Object[]) kinds)));
    }
    if (Checks.text(role, "name").isEmpty()) {
      errors.add(FieldError.required("roleRef.name", ""));
    }
    boolean placed = List.of(kinds).contains("Role"); // only what is in a namespace can bind one
    List<Object> subjects = Values.listAt(object, "subjects");
    for (int i = 0; i < subjects.size(); i++) {
      subject(errors, "subjects[%d]".formatted(i), subjects.get(i), placed);
    }
  }

  /**
   * @param placed whether the binding's own namespace stands in for one that is not given
   */
  private static void subject(
      List<FieldError> errors, String path, Object subject, boolean placed) {
    Checks.required(errors, path, subject, "name");
    String kind = Checks.text(subject, "kind");
    String group = Checks.text(subject, "apiGroup");
    switch (kind) {
      case "ServiceAccount" -> {
        if (!group.isEmpty()) {
          errors.add(FieldError.notSupported(path + ".apiGroup", group, List.of("")));
        }
        if (!placed) {
          Checks.required(errors, path, subject, "namespace");
        }
      }
      case "User", "Group" -> {
        if (!group.equals(GROUP)) {
          errors.add(FieldError.notSupported(path + ".apiGroup", group, List.of(GROUP)));
        }
      }
      default ->
          errors.add(
              FieldError.notSupported(
                  path + ".kind", kind, List.of("Group", "ServiceAccount", "User")));
    }
  }
}
