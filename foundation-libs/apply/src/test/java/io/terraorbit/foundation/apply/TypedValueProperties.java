package io.terraorbit.foundation.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TypedValueProperties {
  @Property(tries = 500)
  void aValueIsNoOtherThanItself(@ForAll("objects") TypedValue value) {
    assertThat(value.compare(copy(value)).isSame()).isTrue();
    assertThat(value.merge(value)).isEqualTo(value);
  }

  @Property(tries = 500)
  void comparedTheOtherWayAddedIsRemoved(
      @ForAll("objects") TypedValue left, @ForAll("objects") TypedValue right) {
    Comparison there = left.compare(right);
    Comparison back = right.compare(left);

    assertThat(there.added()).isEqualTo(back.removed());
    assertThat(there.removed()).isEqualTo(back.added());
    assertThat(there.modified()).isEqualTo(back.modified());
  }

  @Property(tries = 500)
  void mergingTwiceChangesNothingMore(
      @ForAll("objects") TypedValue live, @ForAll("objects") TypedValue config) {
    TypedValue once = live.merge(config);

    assertThat(once.merge(config).sameAs(once)).isTrue();
  }

  @Property(tries = 500)
  void aMergeSaysAllThatTheConfigurationSays(
      @ForAll("objects") TypedValue live, @ForAll("objects") TypedValue config) {
    Comparison rest = config.compare(live.merge(config));

    assertThat(rest.modified()).isEqualTo(FieldSet.EMPTY);
    assertThat(rest.removed()).isEqualTo(FieldSet.EMPTY);
  }

  @Property(tries = 500)
  void whatIsTakenOutIsGoneAndTheRestIsThere(
      @ForAll("objects") TypedValue value, @ForAll("objects") TypedValue other) {
    FieldSet gone = other.fields();

    Comparison change = value.compare(value.without(gone));

    assertThat(value.without(gone).fields().intersection(gone).paths())
        .allMatch(path -> !scalarIn(value, path));
    assertThat(change.added()).isEqualTo(FieldSet.EMPTY);
  }

  @Property(tries = 500)
  void applyingAndApplyingNothingGivesBackWhatWas(
      @ForAll("objects") TypedValue config, @ForAll("objects") TypedValue others) {
    Tracking tracking = new Tracking(Versions.only("v1"));
    Write one = new Write("one", "v1", "", java.time.Instant.EPOCH);
    Write two = new Write("two", "v1", "", java.time.Instant.EPOCH);
    TypedValue blank = new TypedValue(Shapes.OBJECT, Map.of());
    Applied base = tracking.applied(blank, blank, others, ManagedFields.NONE, one, false);
    Applied both = tracking.applied(base.object(), blank, config, base.managed(), two, true);
    Applied again = tracking.applied(both.object(), blank, config, both.managed(), two, false);

    assertThat(again.object().sameAs(both.object())).isTrue();
    assertThat(again.managed().sameFields(both.managed())).isTrue();
    assertThat(
            both.managed()
                .of(Owner.applier("two", ""))
                .map(Ownership::fields)
                .orElse(FieldSet.EMPTY))
        .isEqualTo(config.fields());
  }

  private static boolean scalarIn(TypedValue value, FieldPath path) {
    return value.fields().below(path.elements().get(0)).isEmpty();
  }

  private static TypedValue copy(TypedValue value) {
    return new TypedValue(value.type(), new LinkedHashMap<>(value.value()));
  }

  @Provide
  Arbitrary<TypedValue> objects() {
    Arbitrary<Map<String, Object>> labels =
        Arbitraries.maps(
            Arbitraries.of("a", "b", "c"), Arbitraries.of("x", "y").map(v -> (Object) v));
    Arbitrary<List<Object>> sets =
        Arbitraries.of("p", "q", "r", "s")
            .list()
            .uniqueElements()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(List::<Object>copyOf);
    Arbitrary<List<Object>> ports =
        Arbitraries.of(1L, 2L, 3L)
            .list()
            .uniqueElements()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(
                numbers ->
                    numbers.stream()
                        .<Object>map(
                            n -> n == 2 ? Map.of("port", n) : Map.of("port", n, "name", "n" + n))
                        .collect(Collectors.toList()));
    Arbitrary<Map<String, Object>> spec =
        Combinators.combine(
                labels,
                sets,
                ports,
                Arbitraries.longs().between(0, 2),
                Arbitraries.subsetOf("any", "selector", "finalizers", "ports", "replicas", "args"))
            .as(
                (map, set, list, number, chosen) -> {
                  Map<String, Object> all = new LinkedHashMap<>();
                  all.put("any", map);
                  all.put("selector", map);
                  all.put("finalizers", set);
                  all.put("args", set);
                  all.put("ports", list);
                  all.put("replicas", number);
                  all.keySet().retainAll(chosen);
                  return all;
                });
    return Combinators.combine(labels, spec)
        .as(
            (map, members) ->
                new TypedValue(
                    Shapes.OBJECT, Map.of("metadata", Map.of("labels", map), "spec", members)));
  }
}
