package io.terraorbit.foundation.harness.kube.internal.quota;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.util.Map;

/** Counts claims of devices, and the devices of each class that they may get. */
final class DeviceClaimCounting implements Counting {
  private static final String CLAIMS = ObjectCounting.name("resourceclaims.resource.k8s.io");
  private static final String DEVICES = ".deviceclass.resource.k8s.io/devices";

  /** The most devices that one claim gets. */
  private static final long ALL = 32;

  @Override
  public boolean counts(String resource) {
    return resource.equals(CLAIMS) || resource.endsWith(DEVICES);
  }

  @Override
  public Amounts usage(Map<String, Object> claim) {
    Amounts usage = Amounts.NONE.with(CLAIMS, Quantity.ONE);
    for (Object request : Values.listAt(claim, "spec", "devices", "requests")) {
      Amounts worst = Amounts.NONE;
      for (Object choice : Values.listAt(request, "firstAvailable")) {
        worst = worst.max(devices(choice));
      }
      if (worst.isEmpty()) {
        worst = devices(Values.objectAt(request, "exactly"));
      }
      usage = usage.plus(worst);
    }
    return usage;
  }

  @Override
  public boolean onUpdate(String subresource) {
    return subresource.isEmpty();
  }

  private static Amounts devices(Object request) {
    String deviceClass = Values.string(request, "deviceClassName").orElse("");
    if (deviceClass.isEmpty()) {
      return Amounts.NONE;
    }
    long count =
        switch (Values.string(request, "allocationMode").orElse("ExactCount")) {
          case "All" -> ALL;
          case "ExactCount" ->
              Values.at(request, "count").orElse(1L) instanceof Long number ? number : 1;
          default -> 0;
        };
    return Amounts.NONE.with(deviceClass + DEVICES, Quantity.of(count));
  }
}
