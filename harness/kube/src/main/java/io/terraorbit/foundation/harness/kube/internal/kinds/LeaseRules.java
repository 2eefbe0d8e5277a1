package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Leases, whose times have microseconds. */
final class LeaseRules implements KindRules {
  private static final Pattern MICRO_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|[+-]\\d\\d:\\d\\d)");

  @Override
  public void checkTypes(Map<String, Object> object) {
    for (String field : List.of("acquireTime", "renewTime")) {
      Values.at(object, "spec", field)
          .map(String::valueOf)
          .filter(time -> !MICRO_TIME.matcher(time).matches())
          .ifPresent(
              time -> {
                throw Refusals.badRequest(
                    ("Lease in version \"v1\" cannot be handled as a Lease: parsing time \"%s\" as"
                            + " \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"%s\" as"
                            + " \".000000\"")
                        .formatted(time, time.length() > 19 ? time.substring(19) : time));
              });
    }
  }

  @Override
  public void check(Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> spec = Values.objectAt(object, "spec");
    if (spec.get("leaseDurationSeconds") instanceof Long seconds && seconds <= 0) {
      errors.add(
          FieldError.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0"));
    }
    if (spec.get("leaseTransitions") instanceof Long transitions && transitions < 0) {
      errors.add(
          FieldError.invalid(
              "spec.leaseTransitions", transitions, "must be greater than or equal to 0"));
    }
    if ("".equals(spec.get("holderIdentity"))
        && spec.get("strategy") instanceof String strategy
        && !strategy.isEmpty()) {
      errors.add(FieldError.invalid("spec.holderIdentity", "", "must not be empty"));
    }
  }
}
