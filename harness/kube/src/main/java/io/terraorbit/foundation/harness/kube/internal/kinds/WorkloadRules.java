package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Deployment, ReplicaSet, StatefulSet and DaemonSet have in common, and what not. */
enum WorkloadRules implements KindRules {
  DEPLOYMENT("empty selector is invalid for deployment") {
    @Override
    public List<String> warnings(Map<String, Object> object) {
      return HostNames.ofWorkload(object);
    }

    @Override
    void fill(Draft spec) {
      spec.orElse("replicas", 1L)
          .orElse("revisionHistoryLimit", 10L)
          .orElse("progressDeadlineSeconds", 600L);
      Draft strategy = spec.make("strategy").orText("type", "RollingUpdate");
      if (strategy.text("type").equals("RollingUpdate")) {
        strategy.make("rollingUpdate").orElse("maxUnavailable", "25%").orElse("maxSurge", "25%");
      }
    }

    @Override
    void checkOwn(Map<String, Object> spec, List<FieldError> errors) {
      Checks.notNegative(
          errors,
          "spec",
          spec,
          "replicas",
          "minReadySeconds",
          "revisionHistoryLimit",
          "progressDeadlineSeconds");
      String type = Checks.text(spec, "strategy", "type");
      Checks.oneOf(errors, "spec.strategy.type", type, "Recreate", "RollingUpdate");
      Map<String, Object> rolling = Values.objectAt(spec, "strategy", "rollingUpdate");
      if (type.equals("Recreate") && !rolling.isEmpty()) {
        errors.add(
            FieldError.forbidden(
                "spec.strategy.rollingUpdate",
                "may not be specified when strategy `type` is 'Recreate'"));
      }
      rolling(errors, "spec.strategy.rollingUpdate", rolling);
      if (spec.get("progressDeadlineSeconds") instanceof Long deadline
          && deadline
              <= (spec.get("minReadySeconds") instanceof Long ready ? ready.longValue() : 0)) {
        errors.add(
            FieldError.invalid(
                "spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"));
      }
    }

    @Override
    public Object counted(Map<String, Object> object) {
      return List.of(
          Values.objectAt(object, "spec"), Values.objectAt(object, "metadata", "annotations"));
    }
  },
  REPLICA_SET("empty selector is invalid for deployment") {
    @Override
    public List<String> warnings(Map<String, Object> object) {
      return HostNames.ofWorkload(object);
    }

    @Override
    void fill(Draft spec) {
      spec.orElse("replicas", 1L);
    }

    @Override
    void checkOwn(Map<String, Object> spec, List<FieldError> errors) {
      Checks.notNegative(errors, "spec", spec, "replicas", "minReadySeconds");
    }

    @Override
    public Map<String, Object> firstStatus(Map<String, Object> object) {
      return Members.of("replicas", 0L);
    }
  },
  STATEFUL_SET("empty selector is invalid for statefulset") {
    @Override
    void fill(Draft spec) {
      spec.orText("podManagementPolicy", "OrderedReady")
          .orElse("replicas", 1L)
          .orElse("revisionHistoryLimit", 10L);
      Draft strategy = spec.make("updateStrategy");
      if (strategy.text("type").isEmpty()) {
        strategy.put("type", "RollingUpdate").make("rollingUpdate");
      }
      if (strategy.text("type").equals("RollingUpdate")) {
        strategy.within("rollingUpdate", rolling -> rolling.orElse("partition", 0L));
      }
      spec.make("persistentVolumeClaimRetentionPolicy")
          .orText("whenDeleted", "Retain")
          .orText("whenScaled", "Retain");
      spec.each(
          "volumeClaimTemplates",
          claim -> {
            claim.orText("apiVersion", "v1").orText("kind", "PersistentVolumeClaim");
            VolumeDefaults.claim(claim);
            claim.make("status").orText("phase", "Pending");
          });
    }

    @Override
    void checkOwn(Map<String, Object> spec, List<FieldError> errors) {
      Checks.notNegative(
          errors, "spec", spec, "replicas", "minReadySeconds", "revisionHistoryLimit");
      Checks.oneOf(
          errors,
          "spec.podManagementPolicy",
          spec.get("podManagementPolicy"),
          "OrderedReady",
          "Parallel");
      if (!List.of("RollingUpdate", "OnDelete")
          .contains(Checks.text(spec, "updateStrategy", "type"))) {
        errors.add(
            FieldError.invalid(
                "spec.updateStrategy",
                spec.get("updateStrategy"),
                "must be 'RollingUpdate' or 'OnDelete'"));
      }
    }

    @Override
    public Map<String, Object> firstStatus(Map<String, Object> object) {
      return Members.of("replicas", 0L, "availableReplicas", 0L);
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      if (!fixed(object).equals(fixed(before))) {
        errors.add(
            FieldError.forbidden(
                "spec",
                "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                    + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                    + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                    + " forbidden"));
      }
    }
  },
  DAEMON_SET("empty selector is invalid for daemonset") {
    @Override
    void fill(Draft spec) {
      spec.orElse("revisionHistoryLimit", 10L);
      Draft strategy = spec.make("updateStrategy").orText("type", "RollingUpdate");
      if (strategy.text("type").equals("RollingUpdate")) {
        strategy.make("rollingUpdate").orElse("maxUnavailable", 1L).orElse("maxSurge", 0L);
      }
    }

    @Override
    void checkOwn(Map<String, Object> spec, List<FieldError> errors) {
      Checks.notNegative(errors, "spec", spec, "minReadySeconds", "revisionHistoryLimit");
      Checks.oneOf(
          errors,
          "spec.updateStrategy.type",
          Checks.text(spec, "updateStrategy", "type"),
          "RollingUpdate",
          "OnDelete");
      rolling(
          errors,
          "spec.updateStrategy.rollingUpdate",
          Values.objectAt(spec, "updateStrategy", "rollingUpdate"));
    }

    @Override
    public Map<String, Object> onCreate(Map<String, Object> object) {
      return templateGeneration(object, 1);
    }

    @Override
    public Map<String, Object> onUpdate(Map<String, Object> object, Map<String, Object> before) {
      long generation = Long.parseLong(old(before));
      boolean same =
          Values.at(object, "spec", "template").equals(Values.at(before, "spec", "template"));
      return templateGeneration(object, same ? generation : generation + 1);
    }

    /** The count of its templates, which a newer server keeps where older clients look for it. */
    private static Map<String, Object> templateGeneration(
        Map<String, Object> object, long generation) {
      return Values.with(object, "" + generation, "metadata", "annotations", TEMPLATE_GENERATION);
    }

    private static String old(Map<String, Object> before) {
      String kept = Checks.text(before, "metadata", "annotations", TEMPLATE_GENERATION);
      return kept.matches("\\d{1,18}") ? kept : "1";
    }

    @Override
    public Map<String, Object> firstStatus(Map<String, Object> object) {
      return Members.of(
          "currentNumberScheduled",
          0L,
          "numberMisscheduled",
          0L,
          "desiredNumberScheduled",
          0L,
          "numberReady",
          0L);
    }
  };

  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

  private static final List<String> MAY_CHANGE =
      List.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");

  private final String emptySelector;

  WorkloadRules(String emptySelector) {
    this.emptySelector = emptySelector;
  }

  abstract void fill(Draft spec);

  abstract void checkOwn(Map<String, Object> spec, List<FieldError> errors);

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        workload -> {
          Draft spec = workload.make("spec");
          PodDefaults.template(spec, "template");
          fill(spec);
        });
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    selector(spec.get("selector"), errors);
    Object template = spec.getOrDefault("template", Map.of());
    matching(
        LabelSelector.of(spec.get("selector")).map(s -> s.matches(labels(template))).orElse(false),
        template,
        errors);
    PodChecks.template(errors, "spec.template", template);
    running(template, errors);
    checkOwn(spec, errors);
  }

  @Override
  public void checkChange(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    Checks.immutable(errors, object, before, "spec", "selector");
  }

  private void selector(@Nullable Object selector, List<FieldError> errors) {
    if (!(selector instanceof Map<?, ?>)) {
      errors.add(FieldError.required("spec.selector", ""));
      return;
    }
    Checks.selector(errors, "spec.selector", Values.object(selector));
    if (LabelSelector.of(selector).orElseThrow().isEmpty()) {
      errors.add(FieldError.invalid("spec.selector", selector, emptySelector));
    }
  }

  /** Templates whose Pods run until they are ended. */
  static void running(Object template, List<FieldError> errors) {
    Checks.oneOf(
        errors,
        "spec.template.spec.restartPolicy",
        Checks.text(template, "spec", "restartPolicy"),
        "Always");
    if (Values.at(template, "spec", "activeDeadlineSeconds").isPresent()) {
      errors.add(
          FieldError.forbidden(
              "spec.template.spec.activeDeadlineSeconds",
              "activeDeadlineSeconds in ReplicaSet is not Supported"));
    }
  }

  static void matching(boolean matches, Object template, List<FieldError> errors) {
    if (!matches) {
      errors.add(
          FieldError.invalid(
              "spec.template.metadata.labels",
              Values.at(template, "metadata", "labels").orElse(null),
              "`selector` does not match template `labels`"));
    }
  }

  static Map<String, Object> labels(Object template) {
    return Values.objectAt(template, "metadata", "labels");
  }

  private static void rolling(List<FieldError> errors, String path, Map<String, Object> rolling) {
    Object unavailable = rolling.get("maxUnavailable");
    Object surge = rolling.get("maxSurge");
    Checks.countOrPercent(errors, path + ".maxUnavailable", unavailable);
    Checks.countOrPercent(errors, path + ".maxSurge", surge);
    if (nothing(unavailable) && nothing(surge)) {
      errors.add(
          FieldError.invalid(
              path + ".maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0"));
    }
  }

  private static boolean nothing(@Nullable Object count) {
    return (count instanceof Long number && number == 0)
        || (count instanceof String text && text.matches("0+%"));
  }

  private static Map<String, Object> fixed(Map<String, Object> object) {
    return Draft.change(Values.objectAt(object, "spec"), spec -> MAY_CHANGE.forEach(spec::remove));
  }
}
