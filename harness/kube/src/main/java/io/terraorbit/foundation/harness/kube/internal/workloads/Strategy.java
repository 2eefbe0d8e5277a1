package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.Map;

/**
 * How far a rollout may go at once. Immutable.
 *
 * @param recreates whether all old Pods go before the first new one comes
 * @param surge Pods beyond those that are wanted
 * @param unavailable Pods that may be missing
 */
record Strategy(boolean recreates, long surge, long unavailable) {
  static Strategy of(Map<String, Object> deployment) {
    if (Fields.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
      return new Strategy(true, 0, 0);
    }
    long replicas = Fields.number(deployment, "spec", "replicas");
    Map<String, Object> rolling = Values.objectAt(deployment, "spec", "strategy", "rollingUpdate");
    long surge = share(rolling.getOrDefault("maxSurge", 0L), replicas, true);
    long unavailable = share(rolling.getOrDefault("maxUnavailable", 0L), replicas, false);
    return new Strategy(
        false, surge, surge == 0 && unavailable == 0 ? 1 : Math.min(unavailable, replicas));
  }

  /** A number, or a percentage of all that is rounded up or down. */
  static long share(Object value, long all, boolean up) {
    if (value instanceof Long number) {
      return number;
    }
    String text = String.valueOf(value);
    if (!text.matches("\\d{1,6}%")) {
      return 0;
    }
    long product = Long.parseLong(text.substring(0, text.length() - 1)) * all;
    return up ? (product + 99) / 100 : product / 100;
  }
}
