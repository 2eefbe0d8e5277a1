package io.terraorbit.foundation.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonProperties {
  @Property(tries = 300)
  void whatIsWrittenIsReadBack(@ForAll("values") Object value) {
    assertThat(Json.read(Json.write(value))).isEqualTo(value);
    assertThat(Json.read(Json.pretty(value))).isEqualTo(value);
  }

  @Property(tries = 300)
  void mergingAPatchTwiceChangesNothingMore(
      @ForAll("objects") Map<String, Object> target, @ForAll("objects") Map<String, Object> patch) {
    Object once = Values.mergePatch(target, patch);
    assertThat(Values.mergePatch(once, patch)).isEqualTo(once);
  }

  @Property(tries = 300)
  void aCopyIsEqual(@ForAll("values") Object value) {
    assertThat(Values.copy(value)).isEqualTo(value);
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.strings().ofMaxLength(10).map(s -> (Object) s),
        () -> Arbitraries.longs().map(n -> (Object) n),
        () -> Arbitraries.of(true, false).map(b -> (Object) b),
        () -> Arbitraries.doubles().map(d -> (Object) d),
        () -> values().list().ofMaxSize(4).map(list -> (Object) List.copyOf(list)),
        () -> objects().map(object -> (Object) object));
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(3), values())
        .ofMaxSize(4)
        .map(LinkedHashMap::new);
  }
}
