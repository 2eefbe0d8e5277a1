package io.terraorbit.foundation.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against sets of paths, which are slow and obviously right. */
class FieldSetProperties {
  @Property(tries = 500)
  void unionIsThatOfThePaths(@ForAll("sets") FieldSet left, @ForAll("sets") FieldSet right) {
    Set<FieldPath> expected = paths(left);
    expected.addAll(paths(right));
    assertThat(paths(left.union(right))).isEqualTo(expected);
  }

  @Property(tries = 500)
  void intersectionIsThatOfThePaths(@ForAll("sets") FieldSet left, @ForAll("sets") FieldSet right) {
    Set<FieldPath> expected = paths(left);
    expected.retainAll(paths(right));
    assertThat(paths(left.intersection(right))).isEqualTo(expected);
  }

  @Property(tries = 500)
  void differenceIsThatOfThePaths(@ForAll("sets") FieldSet left, @ForAll("sets") FieldSet right) {
    Set<FieldPath> expected = paths(left);
    expected.removeAll(paths(right));
    assertThat(paths(left.difference(right))).isEqualTo(expected);
  }

  @Property(tries = 500)
  void outsideLeavesNothingAtOrBelowAMember(
      @ForAll("sets") FieldSet left, @ForAll("sets") FieldSet right) {
    Set<FieldPath> expected = paths(left);
    expected.removeIf(path -> paths(right).stream().anyMatch(above -> startsWith(path, above)));
    assertThat(paths(left.outside(right))).isEqualTo(expected);
  }

  @Property(tries = 500)
  void aSetIsReadBackFromItsJson(@ForAll("sets") FieldSet set) {
    String json = Json.text(FieldsV1.write(set));

    FieldSet read = FieldsV1.read(Json.readObject(json));

    assertThat(read).isEqualTo(set).hasSameHashCodeAs(set);
    assertThat(Json.text(FieldsV1.write(read))).isEqualTo(json);
  }

  private static boolean startsWith(FieldPath path, FieldPath above) {
    int length = above.elements().size();
    return path.elements().size() >= length
        && path.elements().subList(0, length).equals(above.elements());
  }

  private static Set<FieldPath> paths(FieldSet set) {
    return new HashSet<>(set.paths());
  }

  @Provide
  Arbitrary<FieldSet> sets() {
    Arbitrary<PathElement> elements =
        Arbitraries.oneOf(
            Arbitraries.of("a", "b", "c").map(PathElement::field),
            Arbitraries.of("x", "y").map(name -> PathElement.key(Map.of("name", name))),
            Arbitraries.of("x", 1L, true).map(PathElement::item));
    return elements
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(FieldPath::new)
        .list()
        .ofMaxSize(8)
        .map(paths -> FieldSet.of(paths.toArray(FieldPath[]::new)));
  }
}
