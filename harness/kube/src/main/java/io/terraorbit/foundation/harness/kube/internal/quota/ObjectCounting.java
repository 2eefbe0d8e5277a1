package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import java.util.Map;
import java.util.Set;

/**
 * Counts objects of any kind, one by one.
 *
 * @param resource the qualified plural, such as {@code deployments.apps}
 */
record ObjectCounting(String resource) implements Counting {
  private static final Set<String> WITH_OLD_NAMES =
      Set.of("configmaps", "resourcequotas", "replicationcontrollers", "secrets");

  /** The name under which a quota counts objects. */
  static String name(String resource) {
    return "count/" + resource;
  }

  @Override
  public boolean counts(String name) {
    return name.equals(name(resource))
        || (name.equals(resource) && WITH_OLD_NAMES.contains(resource));
  }

  @Override
  public Amounts usage(Map<String, Object> object) {
    Amounts counted = Amounts.NONE.with(name(resource), Quantity.ONE);
    return WITH_OLD_NAMES.contains(resource) ? counted.with(resource, Quantity.ONE) : counted;
  }
}
