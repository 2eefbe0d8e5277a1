package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.yaml.GoDuration;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.json.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How messages name things. Stateless. */
final class Words {
  private Words() {}

  static String resources(List<Map<String, Object>> resources) {
    return resources.stream().map(Words::resource).collect(Collectors.joining(", "));
  }

  /** {@code Kind/namespace/name} of a resource that may be without some of them. */
  static String resource(Map<String, Object> resource) {
    return object(reference(resource));
  }

  static String object(ObjectRef object) {
    return object.name().isEmpty() && object.namespace().isEmpty()
        ? object.kind()
        : object.toString();
  }

  static ObjectRef reference(Map<String, Object> resource) {
    return new ObjectRef(
        Values.string(resource, "apiVersion").orElse(""),
        Values.string(resource, "kind").orElse("?"),
        Values.string(resource, "metadata", "namespace").orElse(""),
        Values.string(resource, "metadata", "name").orElse(""));
  }

  static String duration(Duration duration) {
    return GoDuration.format(duration);
  }

  /** Seconds with as many digits as a reader wants: {@code 3.21 s}. */
  static String seconds(long micros) {
    BigDecimal seconds = BigDecimal.valueOf(micros, 6).setScale(2, RoundingMode.HALF_UP);
    return (seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString()) + " s";
  }
}
