package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/** How requests would be given their turns: FlowSchemas and PriorityLevelConfigurations. */
enum FlowRules implements KindRules {
  SCHEMA {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      Map<String, Object> spec = Values.objectAt(object, "spec");
      Object precedence = spec.getOrDefault("matchingPrecedence", 0L);
      if (precedence instanceof Long number && number <= 0) {
        errors.add(
            FieldError.invalid("spec.matchingPrecedence", number, "must be a positive value"));
      }
      if (precedence instanceof Long number && number > MAX_PRECEDENCE) {
        errors.add(
            FieldError.invalid(
                "spec.matchingPrecedence", number, "must not be greater than 10000"));
      }
      if (Checks.text(spec, "priorityLevelConfiguration", "name").isEmpty()) {
        errors.add(
            FieldError.required(
                "spec.priorityLevelConfiguration.name", "must reference a priority level"));
      }
      Values.at(spec, "distinguisherMethod").ifPresent(method -> distinguisher(method, errors));
      List<Object> rules = Values.listAt(spec, "rules");
      for (int i = 0; i < rules.size(); i++) {
        rule("spec.rules[%d]".formatted(i), rules.get(i), errors);
      }
    }

    private static void distinguisher(Object method, List<FieldError> errors) {
      String type = Checks.text(method, "type");
      if (!List.of("ByNamespace", "ByUser").contains(type)) {
        errors.add(
            FieldError.notSupported(
                "spec.distinguisherMethod.type",
                Members.of("Type", type),
                List.of("ByNamespace", "ByUser")));
      }
    }

    private static void rule(String path, Object rule, List<FieldError> errors) {
      if (Values.listAt(rule, "subjects").isEmpty()) {
        errors.add(
            FieldError.required(path + ".subjects", "subjects must contain at least one value"));
      }
      if (Values.listAt(rule, "resourceRules").isEmpty()
          && Values.listAt(rule, "nonResourceRules").isEmpty()) {
        errors.add(
            FieldError.required(
                path, "at least one of resourceRules and nonResourceRules has to be non-empty"));
      }
    }

    @Override
    void fill(Draft spec) {
      spec.orNumber("matchingPrecedence", 1000);
    }
  },
  LEVEL {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      String type = Checks.text(object, "spec", "type");
      boolean exempt = Checks.text(object, "metadata", "name").equals("exempt");
      if (exempt != type.equals("Exempt") && (exempt || !type.isEmpty())) {
        errors.add(
            FieldError.invalid(
                "spec.type", type, "must be 'Exempt' if and only if `name` is 'exempt'"));
        return;
      }
      Object limited = Values.at(object, "spec", "limited").orElse(null);
      if (!List.of("Exempt", "Limited").contains(type)) {
        errors.add(FieldError.notSupported("spec.type", type, List.of("Exempt", "Limited")));
      } else if (!exempt && limited == null) {
        errors.add(FieldError.required("spec.limited", "must not be empty when type is Limited"));
      } else if (Checks.text(limited, "limitResponse", "type").equals("Queue")
          && Values.at(limited, "limitResponse", "queuing").isEmpty()) {
        errors.add(
            FieldError.required(
                "spec.limited.limitResponse.queuing",
                "must not be empty if limited.limitResponse.type is Limited"));
      }
    }

    @Override
    void fill(Draft spec) {
      if (spec.text("type").equals("Exempt")) {
        spec.make("exempt").orElse("nominalConcurrencyShares", 0L).orElse("lendablePercent", 0L);
      }
      spec.within(
          "limited",
          limited -> {
            limited.orElse("nominalConcurrencyShares", 30L).orElse("lendablePercent", 0L);
            limited
                .make("limitResponse")
                .within(
                    "queuing",
                    queuing ->
                        queuing
                            .orNumber("queues", 64)
                            .orNumber("handSize", 8)
                            .orNumber("queueLengthLimit", 50));
          });
    }
  };

  private static final long MAX_PRECEDENCE = 10_000;

  abstract void fill(Draft spec);

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(object, flow -> fill(flow.make("spec")));
  }
}
