package io.terraorbit.foundation.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
  private static final Map<String, Object> POD =
      Json.readObject(
          "{\"metadata\":{\"name\":\"a\",\"labels\":null},\"spec\":{\"containers\":[{}],\"n\":1}}");

  @Nested
  class Looking {
    @Test
    void findsWhatIsThere() {
      assertThat(Values.string(POD, "metadata", "name")).contains("a");
      assertThat(Values.objectAt(POD, "metadata")).containsEntry("name", "a");
      assertThat(Values.listAt(POD, "spec", "containers")).hasSize(1);
      assertThat(Values.at(POD, "spec", "n")).contains(1L);
    }

    @Test
    void findsNothingWhereAStepIsAbsentOrNullOrOfAnotherType() {
      assertThat(Values.at(POD, "status", "phase")).isEmpty();
      assertThat(Values.at(POD, "metadata", "labels")).isEmpty();
      assertThat(Values.string(POD, "spec", "n")).isEmpty();
      assertThat(Values.objectAt(POD, "spec", "n")).isEmpty();
      assertThat(Values.listAt(POD, "spec", "n")).isEmpty();
      assertThat(Values.at(null, "a")).isEmpty();
    }
  }

  @Nested
  class Deriving {
    @Test
    void replacesAValueAndLeavesTheOriginalAlone() {
      Map<String, Object> changed = Values.with(POD, "b", "metadata", "name");

      assertThat(Values.string(changed, "metadata", "name")).contains("b");
      assertThat(Values.string(POD, "metadata", "name")).contains("a");
    }

    @Test
    void makesTheObjectsOnTheWay() {
      assertThat(Json.text(Values.with(Map.of(), 1L, "a", "b", "c")))
          .isEqualTo("{\"a\":{\"b\":{\"c\":1}}}");
    }

    @Test
    void leavesOutAMember() {
      assertThat(Values.objectAt(Values.without(POD, "metadata", "name"), "metadata"))
          .containsOnlyKeys("labels");
      assertThat(Values.without(POD, "status")).isSameAs(POD);
      assertThat(Values.without(POD, "metadata", "name", "deeper")).isEqualTo(POD);
    }

    @Test
    void sortsTheMembersOfObjectsAtEveryDepthAndLeavesArraysInOrder() {
      Object value = Json.read("{\"b\":[{\"y\":null,\"x\":1},2,1],\"a\":{\"d\":1,\"c\":2}}");

      assertThat(Json.text(Values.sorted(value)))
          .isEqualTo("{\"a\":{\"c\":2,\"d\":1},\"b\":[{\"x\":1,\"y\":null},2,1]}");
      assertThat(Values.sorted("text")).isEqualTo("text");
    }

    @Test
    void copiesSoThatNobodyCanChangeItAnyMore() {
      Map<String, Object> inner = new HashMap<>(Map.of("n", 1));
      List<Object> list = new ArrayList<>(List.of(inner));

      Object copy = Values.copy(Map.of("list", list));
      inner.put("n", 2);

      assertThat(Json.text(copy)).isEqualTo("{\"list\":[{\"n\":1}]}");
      assertThatThrownBy(() -> Values.listAt(copy, "list").clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  /** The examples of RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"b\"}                 | {\"a\":\"c\"}          | {\"a\":\"c\"}",
        "{\"a\":\"b\"}                 | {\"b\":\"c\"}          | {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}                 | {\"a\":null}           | {}",
        "{\"a\":\"b\",\"b\":\"c\"}     | {\"a\":null}           | {\"b\":\"c\"}",
        "{\"a\":[\"b\"]}               | {\"a\":\"c\"}          | {\"a\":\"c\"}",
        "{\"a\":\"c\"}                 | {\"a\":[\"b\"]}        | {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}         | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}       | {\"a\":[1]}            | {\"a\":[1]}",
        "[\"a\",\"b\"]                 | [\"c\",\"d\"]          | [\"c\",\"d\"]",
        "{\"a\":\"b\"}                 | [\"c\"]                | [\"c\"]",
        "{\"a\":\"foo\"}               | null                   | null",
        "{\"e\":null}                  | {\"a\":1}              | {\"e\":null,\"a\":1}",
        "[1,2]                         | {\"a\":\"b\",\"c\":null} | {\"a\":\"b\"}",
        "{}                            | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
      })
  void mergesAsTheRfcDoes(String target, String patch, String result) {
    assertThat(Json.text(Values.mergePatch(Json.read(target), Json.read(patch)))).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "{}, object",
    "[], array",
    "'\"\"', string",
    "true, boolean",
    "1, integer",
    "1.5, number",
    "null, null"
  })
  void namesTypesAsJsonDoes(String json, String name) {
    assertThat(Values.typeName(Json.read(json))).isEqualTo(name);
  }
}
