package io.terraorbit.foundation.harness.kube.internal.strategic;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A two-way patch, made the slow way from what is and what is wanted, leads from one to the other.
 */
class StrategicMergeProperties {
  private static final StructType POD_SPEC =
      StructTypes.builtIn().find("core/v1.PodSpec").orElseThrow();

  @Property(tries = 300)
  void aComputedPatchLeadsToTheTargetAndLeavesItThere(
      @ForAll("containers") Map<String, String> before,
      @ForAll("containers") Map<String, String> target) {
    Map<String, Object> merged =
        StrategicMerge.merge(POD_SPEC, spec(before), patch(before, target));

    assertThat(merged).isEqualTo(spec(target));
    assertThat(StrategicMerge.merge(POD_SPEC, merged, patch(target, target)))
        .isEqualTo(spec(target));
  }

  @Property(tries = 300)
  void whatThePatchDoesNotNameStaysInItsOrder(
      @ForAll("containers") Map<String, String> before,
      @ForAll("containers") Map<String, String> changes) {
    Map<String, Object> merged = StrategicMerge.merge(POD_SPEC, spec(before), spec(changes));

    List<String> names =
        Values.listAt(merged, "containers").stream()
            .map(container -> Values.string(container, "name").orElseThrow())
            .toList();
    List<String> kept = before.keySet().stream().filter(n -> !changes.containsKey(n)).toList();
    assertThat(names.stream().filter(kept::contains)).containsExactlyElementsOf(kept);
    assertThat(names.stream().filter(changes::containsKey))
        .containsExactlyElementsOf(changes.keySet());
    assertThat(names).hasSize(kept.size() + changes.size());
  }

  @Provide
  Arbitrary<Map<String, String>> containers() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "e", "f", "g");
    return Combinators.combine(names.list().uniqueElements(), Arbitraries.of("i", "j", "k"))
        .as(
            (chosen, image) -> {
              Map<String, String> images = new LinkedHashMap<>();
              chosen.forEach(name -> images.put(name, image));
              return images;
            });
  }

  private static Map<String, Object> spec(Map<String, String> images) {
    List<Object> containers = new ArrayList<>();
    images.forEach((name, image) -> containers.add(container(name, image)));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("containers", containers);
    return spec;
  }

  private static Map<String, Object> container(String name, String image) {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", name);
    container.put("image", image);
    return container;
  }

  private static Map<String, Object> patch(Map<String, String> before, Map<String, String> target) {
    List<Object> order = new ArrayList<>();
    List<Object> changes = new ArrayList<>();
    target.forEach(
        (name, image) -> {
          order.add(Values.with(Map.of(), name, "name"));
          if (!image.equals(before.get(name))) {
            changes.add(container(name, image));
          }
        });
    before.keySet().stream()
        .filter(name -> !target.containsKey(name))
        .forEach(
            name -> {
              Map<String, Object> gone = new LinkedHashMap<>();
              gone.put("$patch", "delete");
              gone.put("name", name);
              changes.add(gone);
            });
    Map<String, Object> patch = new LinkedHashMap<>();
    if (!order.isEmpty()) {
      patch.put("$setElementOrder/containers", order);
    }
    patch.put("containers", changes);
    return patch;
  }
}
