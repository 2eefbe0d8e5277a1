package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs, whose selector and template labels the server makes up. */
final class JobRules implements KindRules {
  private static final String PREFIX = "batch.kubernetes.io/";
  private static final long MAX_BACKOFF = Integer.MAX_VALUE;

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        job -> {
          Draft spec = job.make("spec");
          PodDefaults.template(spec, "template");
          fill(spec);
          if (Values.objectAt(object, "metadata", "labels").isEmpty()
              && !WorkloadRules.labels(Values.objectAt(object, "spec", "template")).isEmpty()) {
            job.make("metadata")
                .put("labels", WorkloadRules.labels(Values.objectAt(object, "spec", "template")));
          }
        });
  }

  /** The defaults of a Job's specification, also in the template of a CronJob. */
  static void fill(Draft spec) {
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec.put("completions", 1L).put("parallelism", 1L);
    }
    boolean perIndex = spec.has("backoffLimitPerIndex");
    spec.orElse("parallelism", 1L)
        .orElse("backoffLimit", perIndex ? MAX_BACKOFF : 6L)
        .orText("completionMode", "NonIndexed")
        .orElse("suspend", false)
        .orElse("manualSelector", false)
        .orText(
            "podReplacementPolicy",
            spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    spec.within(
        "podFailurePolicy",
        policy ->
            policy.each(
                "rules",
                rule ->
                    rule.each("onPodConditions", condition -> condition.orText("status", "True"))));
  }

  /** A Job without labels gets those of its template when it is read. */
  @Override
  public Map<String, Object> onValid(Map<String, Object> object) {
    return Values.objectAt(object, "metadata", "labels").isEmpty()
        ? Values.with(
            object,
            WorkloadRules.labels(Values.objectAt(object, "spec", "template")),
            "metadata",
            "labels")
        : object;
  }

  @Override
  public Map<String, Object> onCreate(Map<String, Object> object) {
    if (Values.at(object, "spec", "manualSelector").filter(Boolean.TRUE::equals).isPresent()) {
      return object;
    }
    String uid = Checks.text(object, "metadata", "uid");
    String name = Checks.text(object, "metadata", "name");
    Map<String, Object> own = new LinkedHashMap<>();
    own.put(PREFIX + "controller-uid", uid);
    own.put(PREFIX + "job-name", name);
    own.put("controller-uid", uid);
    own.put("job-name", name);
    return Draft.change(
        object,
        job -> {
          Draft spec = job.make("spec");
          Draft labels = spec.make("template").make("metadata").make("labels");
          own.forEach(labels::put);
          spec.orElse(
              "selector", Members.of("matchLabels", Members.of(PREFIX + "controller-uid", uid)));
        });
  }

  @Override
  public List<String> warnings(Map<String, Object> object) {
    return HostNames.ofWorkload(object);
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    specification(errors, "spec", spec);
    Object selector = spec.get("selector");
    if (selector == null) {
      errors.add(FieldError.required("spec.selector", ""));
    } else {
      Checks.selector(errors, "spec.selector", Values.objectAt(spec, "selector"));
      Object template = spec.getOrDefault("template", Map.of());
      WorkloadRules.matching(
          LabelSelector.of(selector)
              .map(all -> all.matches(WorkloadRules.labels(template)))
              .orElse(false),
          template,
          errors);
    }
  }

  static void specification(List<FieldError> errors, String path, Map<String, Object> spec) {
    Checks.notNegative(
        errors,
        path,
        spec,
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
        "backoffLimitPerIndex",
        "maxFailedIndexes");
    Checks.oneOf(
        errors, path + ".completionMode", spec.get("completionMode"), "Indexed", "NonIndexed");
    if ("Indexed".equals(spec.get("completionMode")) && spec.get("completions") == null) {
      errors.add(FieldError.required(path + ".completions", "when completion mode is Indexed"));
    }
    PodChecks.template(errors, path + ".template", spec.getOrDefault("template", Map.of()));
    String restart = Checks.text(spec, "template", "spec", "restartPolicy");
    if (restart.equals("Always") || restart.isEmpty()) {
      errors.add(
          FieldError.required(
              path + ".template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""));
    }
  }

  @Override
  public void checkChange(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    if (!"Indexed".equals(Checks.text(object, "spec", "completionMode"))) {
      Checks.immutable(errors, object, before, "spec", "completions");
    }
    Checks.immutable(errors, object, before, "spec", "selector");
    if (!mayChangeTemplate(before)) {
      Checks.immutable(errors, object, before, "spec", "template");
    }
    Checks.immutable(errors, object, before, "spec", "completionMode");
    Checks.immutable(errors, object, before, "spec", "podFailurePolicy");
    Checks.immutable(errors, object, before, "spec", "backoffLimitPerIndex");
  }

  /** A Job that was never started may still be placed. */
  private static boolean mayChangeTemplate(Map<String, Object> before) {
    return Boolean.TRUE.equals(Values.objectAt(before, "spec").get("suspend"))
        && Values.at(before, "status", "startTime").isEmpty();
  }
}
