package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** CronJobs. */
final class CronJobRules implements KindRules {
  private static final int MAX_NAME = 52;

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        cron -> {
          Draft spec = cron.make("spec");
          spec.orText("concurrencyPolicy", "Allow")
              .orElse("suspend", false)
              .orElse("successfulJobsHistoryLimit", 3L)
              .orElse("failedJobsHistoryLimit", 1L);
          spec.within(
              "jobTemplate",
              template -> {
                template.make("metadata");
                PodDefaults.template(template.make("spec"), "template");
              });
        });
  }

  @Override
  public List<String> warnings(Map<String, Object> object) {
    return HostNames.ofWorkload(object);
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    if (Checks.required(errors, "spec", spec, "schedule")) {
      String schedule = Checks.text(spec, "schedule");
      if (schedule.contains("TZ")) {
        errors.add(
            FieldError.invalid(
                "spec.schedule",
                schedule,
                "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"));
      } else {
        CronSchedule.problem(schedule)
            .ifPresent(
                problem -> errors.add(FieldError.invalid("spec.schedule", schedule, problem)));
      }
    }
    Checks.notNegative(
        errors,
        "spec",
        spec,
        "startingDeadlineSeconds",
        "successfulJobsHistoryLimit",
        "failedJobsHistoryLimit");
    Checks.oneOf(
        errors,
        "spec.concurrencyPolicy",
        spec.get("concurrencyPolicy"),
        "Allow",
        "Forbid",
        "Replace");
    Map<String, Object> job = Values.objectAt(spec, "jobTemplate", "spec");
    JobRules.specification(errors, "spec.jobTemplate.spec", job);
    if (job.get("selector") != null) {
      errors.add(
          FieldError.invalid(
              "spec.jobTemplate.spec.selector",
              job.get("selector"),
              "`selector` will be auto-generated"));
    }
    String name = Checks.text(object, "metadata", "name");
    if (name.length() > MAX_NAME) {
      errors.add(FieldError.invalid("metadata.name", name, "must be no more than 52 characters"));
    }
  }
}
