package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.quantities.Amounts;
import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The class of a Pod by what it asks for: Guaranteed, Burstable or BestEffort. */
public final class QualityOfService {
  private static final List<String> COMPUTE = List.of("cpu", "memory");

  private QualityOfService() {}

  public static String of(Map<String, Object> pod) {
    List<Object> containers = new ArrayList<>(Values.listAt(pod, "spec", "containers"));
    containers.addAll(Values.listAt(pod, "spec", "initContainers"));
    boolean nothing = true;
    boolean guaranteed = true;
    for (Object container : containers) {
      Amounts requests = Amounts.of(Values.objectAt(container, "resources", "requests"));
      Amounts limits = Amounts.of(Values.objectAt(container, "resources", "limits"));
      for (String name : COMPUTE) {
        Quantity request = requests.find(name).orElse(Quantity.ZERO);
        Quantity limit = limits.find(name).orElse(Quantity.ZERO);
        nothing &= request.signum() == 0 && limit.signum() == 0;
        guaranteed &= limit.signum() > 0 && limit.equals(request);
      }
    }
    if (nothing) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }
}
