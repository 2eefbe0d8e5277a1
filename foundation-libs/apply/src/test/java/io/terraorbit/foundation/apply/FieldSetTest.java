package io.terraorbit.foundation.apply;

import static io.terraorbit.foundation.apply.Shapes.set;
import static io.terraorbit.foundation.apply.Shapes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldSetTest {
  @Test
  void tellsThePathsThatEndBeforeThoseThatGoOn() {
    FieldSet set =
        set(
            "{'f:a':{'.':{},'f:b':{},'k:{\\'n\\':\\'x\\',\\'p\\':1}':{}},'f:z':{},'f:l':{'v:\\'q\\'':{},'i:2':{}}}");

    assertThat(set.paths().stream().map(FieldPath::toString))
        .containsExactly(".a", ".z", ".a.b", ".a[n=\"x\",p=1]", ".l[=\"q\"]", ".l[2]");
    assertThat(set.size()).isEqualTo(6);
    assertThat(set).hasToString(set.paths().toString());
  }

  @Test
  void doesNotLookAtAncestorsInADifference() {
    FieldSet deep = set("{'f:a':{'f:b':{}}}");
    FieldSet shallow = set("{'f:a':{}}");

    assertThat(deep.difference(shallow)).isEqualTo(deep);
    assertThat(deep.outside(shallow)).isEqualTo(FieldSet.EMPTY);
  }

  @Test
  void containsWhatWasPutInAndNothingElse() {
    FieldSet set = FieldSet.of(FieldPath.of("a", "b"), new FieldPath(List.of()));

    assertThat(set.contains(FieldPath.of("a", "b"))).isTrue();
    assertThat(set.contains(FieldPath.of("a"))).isFalse();
    assertThat(set.contains(FieldPath.of("a", "c"))).isFalse();
    assertThat(set.contains(FieldPath.of("0"))).isFalse();
    assertThat(set.contains(FieldPath.of("z"))).isFalse();
    assertThat(set.size()).isEqualTo(1);
    assertThat(text(set.below(PathElement.field("a")))).isEqualTo("{'f:b':{}}");
  }

  @Test
  void addsTheNamedMembersOnTheWay() {
    FieldSet set = set("{'f:spec':{'f:ports':{'k:{\\'port\\':1}':{'f:name':{}}}}}");

    assertThat(text(set.withNamedMembers(Shapes.OBJECT)))
        .isEqualTo("{'f:spec':{'.':{},'f:ports':{'.':{},'k:{\\'port\\':1}':{'f:name':{}}}}}");
  }

  @Test
  void ordersElementsOfAllKinds() {
    List<PathElement> sorted =
        List.of(
            PathElement.field("a"),
            PathElement.field("b"),
            PathElement.key(Map.of("a", 1L)),
            PathElement.key(Map.of("a", 1L, "b", 2L)),
            PathElement.key(Map.of("a", 2L)),
            PathElement.key(Map.of("b", 1L)),
            PathElement.item(1L),
            PathElement.item(1.5),
            PathElement.item("a"),
            PathElement.item(false),
            new PathElement.Index(0),
            new PathElement.Index(1));

    List<PathElement> shuffled = new java.util.ArrayList<>(sorted);
    java.util.Collections.reverse(shuffled);
    java.util.Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(sorted);
  }
}
