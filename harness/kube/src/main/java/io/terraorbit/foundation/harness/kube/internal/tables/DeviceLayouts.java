package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of {@code resource.k8s.io}. */
final class DeviceLayouts {
  private DeviceLayouts() {}

  static Optional<Layout> find(String resource) {
    return switch (resource) {
      case "resourceclaims.resource.k8s.io" ->
          Optional.of(Layout.named().text("State", DeviceLayouts::state).age().build());
      case "resourceslices.resource.k8s.io" ->
          Optional.of(
              Layout.named()
                  .text("Node", Cells.at("spec.nodeName", Cells.UNSET))
                  .text("Driver", Cells.at("spec.driver"))
                  .text("Pool", Cells.at("spec.pool.name"))
                  .age()
                  .build());
      default -> Optional.empty();
    };
  }

  private static String state(Map<String, Object> claim) {
    List<String> states = new ArrayList<>();
    if (!Cells.string(claim, "metadata.deletionTimestamp", "").isEmpty()) {
      states.add("deleted");
    }
    boolean allocated = Values.at(claim, "status", "allocation").isPresent();
    boolean reserved = !Values.listAt(claim, "status", "reservedFor").isEmpty();
    if (!allocated) {
      states.add("pending");
    } else {
      states.add("allocated");
      if (reserved) {
        states.add("reserved");
      }
    }
    return String.join(",", states);
  }
}
