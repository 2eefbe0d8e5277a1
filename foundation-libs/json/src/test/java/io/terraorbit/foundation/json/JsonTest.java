package io.terraorbit.foundation.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  @Nested
  class Reading {
    @Test
    void givesPlainJavaValuesInDocumentOrder() {
      Map<String, Object> object =
          Json.readObject(
              "{\"z\":1,\"a\":[true,false,null,1.5,\"s\"],\"big\":123456789012345678901}");

      assertThat(object.keySet()).containsExactly("z", "a", "big");
      assertThat(object)
          .containsEntry("z", 1L)
          .containsEntry("a", Arrays.asList(true, false, null, 1.5, "s"))
          .containsEntry("big", new BigInteger("123456789012345678901"));
    }

    @Test
    void givesValuesThatNobodyCanChange() {
      Map<String, Object> object = Json.readObject("{\"a\":[1]}");

      assertThatThrownBy(() -> object.put("b", 1))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> Values.listAt(object, "a").add(1))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"a\":1,\"a\":2} | Duplicate Object property \"a\" at line 1",
          "{\"a\":}          | Unexpected character",
          "[1,2              | Unexpected end-of-input",
          "[1] [2]           | expected the end of the document at line 1, column 5, got more",
        })
    void saysWhatIsWrongAndWhere(String text, String message) {
      assertThatThrownBy(() -> Json.read(text))
          .isInstanceOf(JsonSyntaxException.class)
          .hasMessageContaining(message)
          .hasMessageContaining("line 1, column");
    }

    @Test
    void refusesAnEmptyDocument() {
      assertThatThrownBy(() -> Json.read(" "))
          .isInstanceOf(JsonSyntaxException.class)
          .hasMessage("expected a JSON value, got an empty document");
    }

    @Test
    void refusesAnArrayWhereAnObjectIsAskedFor() {
      assertThatThrownBy(() -> Json.readObject("[]"))
          .isInstanceOf(JsonSyntaxException.class)
          .hasMessage("expected a JSON object, got array");
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
      assertThatThrownBy(() -> Json.read("[".repeat(Json.MAX_DEPTH + 1)))
          .isInstanceOf(JsonSyntaxException.class)
          .hasMessageContaining("nesting depth");
    }
  }

  @Nested
  class Writing {
    @Test
    void isCompact() {
      assertThat(Json.text(Map.of("a", Arrays.asList(1, null, "x", true))))
          .isEqualTo("{\"a\":[1,null,\"x\",true]}");
    }

    @Test
    void keepsEveryKindOfNumber() {
      assertThat(
              Json.text(
                  List.of(
                      (short) 1,
                      2,
                      3L,
                      new BigInteger("12345678901234567890123"),
                      new BigDecimal("0.10"),
                      1.5f,
                      2.25)))
          .isEqualTo("[1,2,3,12345678901234567890123,0.10,1.5,2.25]");
    }

    @Test
    void indentsForPeople() {
      assertThat(Json.pretty(Map.of("a", 1)).lines().map(String::strip))
          .containsExactly("{", "\"a\" : 1", "}");
    }

    @Test
    void refusesWhatIsNoJsonValue() {
      assertThatThrownBy(() -> Json.write(new StringBuilder()))
          .hasMessage("not a JSON value: java.lang.StringBuilder");
      assertThatThrownBy(() -> Json.write(new java.util.concurrent.atomic.AtomicLong()))
          .hasMessage("not a JSON number: java.util.concurrent.atomic.AtomicLong");
    }
  }

  @Test
  void tellsWhichKeysAnObjectRepeats() {
    Object read =
        Json.readRepeating(
            "{\"a\":1,\"b\":{\"x\":1},\"a\":{\"c\":[{\"d\":1,\"d\":2}]},\"e\":null}"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(read)
        .isEqualTo(Json.read("{\"a\":{\"c\":[{\"d\":2}]},\"b\":{\"x\":1},\"e\":null}"))
        .isInstanceOfSatisfying(
            RepeatedKeys.class,
            object -> assertThat(object.keys()).containsExactly("a", "b", "a", "e"));
    assertThat(Values.object(read)).containsKey("e").doesNotContainKey("f").hasSize(3);
    assertThat(Values.at(read, "b").orElseThrow()).isNotInstanceOf(RepeatedKeys.class);
    assertThat(Values.listAt(read, "a", "c").get(0))
        .isInstanceOfSatisfying(
            RepeatedKeys.class, object -> assertThat(object.keys()).containsExactly("d", "d"));
  }

  @Test
  void readsRepeatingTextsAsStrictlyOtherwise() {
    assertThatThrownBy(() -> Json.readRepeating("{\"a\":1,}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonSyntaxException.class);
    assertThatThrownBy(() -> Json.readRepeating("{} {}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonSyntaxException.class);
  }
}
