package io.terraorbit.foundation.harness.kube.internal.kinds;

import java.util.Map;

/** Claims on devices, and templates of them. */
enum DeviceRules implements KindRules {
  CLAIM,
  TEMPLATE;

  @Override
  public Map<String, Object> defaults(Map<String, Object> object) {
    return Draft.change(
        object,
        claim -> {
          Draft spec = claim.make("spec");
          fill(this == CLAIM ? spec : spec.make("spec"));
        });
  }

  private static void fill(Draft spec) {
    spec.within(
        "devices",
        devices ->
            devices.each(
                "requests",
                request -> {
                  request.within("exactly", DeviceRules::request);
                  request.each("firstAvailable", DeviceRules::request);
                }));
  }

  private static void request(Draft request) {
    request.orText("allocationMode", "ExactCount");
    if (request.text("allocationMode").equals("ExactCount")) {
      request.orNumber("count", 1);
    }
    request.each("tolerations", toleration -> toleration.orText("operator", "Equal"));
  }
}
