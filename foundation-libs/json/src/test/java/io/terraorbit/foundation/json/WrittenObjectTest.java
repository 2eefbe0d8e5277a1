package io.terraorbit.foundation.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenObjectTest {
  private static final Map<String, Object> MEMBERS = Map.of("a", List.of("\"ü\"", 1L));

  private final WrittenObject written = WrittenObject.of(MEMBERS);

  @Test
  void isWrittenLikeItsMembersAloneAndWithinOthers() {
    assertThat(Json.text(written)).isEqualTo("{\"a\":[\"\\\"ü\\\"\",1]}");
    assertThat(Json.text(Map.of("items", List.of(written, "x", written))))
        .isEqualTo("{\"items\":[{\"a\":[\"\\\"ü\\\"\",1]},\"x\",{\"a\":[\"\\\"ü\\\"\",1]}]}");
    assertThat(Json.pretty(written)).contains("ü");
    assertThat(written.length()).isEqualTo(Json.text(MEMBERS).length());
  }

  @Test
  void isAMapOfItsMembers() {
    assertThat(written).isEqualTo(MEMBERS).containsKey("a").doesNotContainKey("b");
    assertThat(written.get("a")).isEqualTo(MEMBERS.get("a"));
    assertThat(Values.listAt(written, "a")).containsExactly("\"ü\"", 1L);
  }

  @Test
  void keepsItsMembersToItself() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> written.entrySet().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
