package io.terraorbit.foundation.harness.kube.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are of RFC 6902, appendix A, and its edges. */
class JsonPatchTest {
  private static final String OBJECT = "{\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],3]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"op\":\"add\",\"path\":\"/x\",\"value\":null} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],3],\"x\":null}",
        "{\"op\":\"add\",\"path\":\"/l/1\",\"value\":9} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,9,[2],3]}",
        "{\"op\":\"add\",\"path\":\"/l/-\",\"value\":9} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],3,9]}",
        "{\"op\":\"add\",\"path\":\"/l/1/0\",\"value\":9} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[9,2],3]}",
        "{\"op\":\"add\",\"path\":\"/x\"} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],3],\"x\":null}",
        "{\"op\":\"replace\",\"path\":\"/l/-1\",\"value\":7} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],7]}",
        "{\"op\":\"remove\",\"path\":\"/l/-3\"} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[[2],3]}",
        "{\"op\":\"test\",\"path\":\"/no\",\"value\":null} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],3]}",
        "{\"op\":\"remove\",\"path\":\"/a/c~1d\"} | {\"a\":{\"b\":1,\"e~f\":3},\"l\":[1,[2],3]}",
        "{\"op\":\"remove\",\"path\":\"/a/e~0f\"} | {\"a\":{\"b\":1,\"c/d\":2},\"l\":[1,[2],3]}",
        "{\"op\":\"remove\",\"path\":\"/l/0\"} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[[2],3]}",
        "{\"op\":\"replace\",\"path\":\"/a\",\"value\":7} | {\"a\":7,\"l\":[1,[2],3]}",
        "{\"op\":\"replace\",\"path\":\"/l/2\",\"value\":7} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],7]}",
        "{\"op\":\"replace\",\"path\":\"\",\"value\":{\"n\":1}} | {\"n\":1}",
        "{\"op\":\"move\",\"from\":\"/a/b\",\"path\":\"/m\"} | {\"a\":{\"c/d\":2,\"e~f\":3},\"l\":[1,[2],3],\"m\":1}",
        "{\"op\":\"copy\",\"from\":\"/l/1\",\"path\":\"/m\"} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],3],\"m\":[2]}",
        "{\"op\":\"test\",\"path\":\"/l/1\",\"value\":[2]} | {\"a\":{\"b\":1,\"c/d\":2,\"e~f\":3},\"l\":[1,[2],3]}",
      })
  void changes(String operation, String expected) {
    assertThat(Json.text(apply(operation))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"add\",\"path\":\"/no/x\",\"value\":1}",
        "{\"op\":\"add\",\"path\":\"/l/4\",\"value\":1}",
        "{\"op\":\"add\",\"path\":\"/l/01\",\"value\":1}",
        "{\"op\":\"add\",\"path\":\"/a/b/c\",\"value\":1}",
        "{\"op\":\"add\",\"path\":\"x\",\"value\":1}",
        "{\"op\":\"add\",\"path\":\"\",\"value\":{}}",
        "{\"op\":\"remove\",\"path\":\"/l/-4\"}",
        "{\"op\":\"test\",\"path\":\"/no/x\",\"value\":null}",
        "{\"op\":\"add\",\"path\":\"\",\"value\":1}",
        "{\"op\":\"add\"}",
        "{\"op\":\"remove\",\"path\":\"/x\"}",
        "{\"op\":\"remove\",\"path\":\"\"}",
        "{\"op\":\"remove\",\"path\":\"/l/-\"}",
        "{\"op\":\"replace\",\"path\":\"/x\",\"value\":1}",
        "{\"op\":\"test\",\"path\":\"/a/b\",\"value\":\"1\"}",
        "{\"op\":\"grow\",\"path\":\"/a\"}",
        "null"
      })
  void failsWhereItDoesNotFit(String operation) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> apply(operation))
        .satisfies(e -> assertThat(e.code()).isEqualTo(422));
  }

  private static Object apply(String operation) {
    return Patch.json(Json.read("[" + operation + "]")).apply(Json.readObject(OBJECT));
  }
}
