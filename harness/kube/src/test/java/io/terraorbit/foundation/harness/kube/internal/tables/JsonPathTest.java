package io.terraorbit.foundation.harness.kube.internal.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
  private static final Map<String, Object> OBJECT =
      Json.readObject(
          """
          {"spec":{"n":1,"a.b":"dotted","list":[{"t":"A","v":1},{"t":"B","v":2,"on":true}],
            "map":{"x":7}},"nothing":null}
          """
              .getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        ".spec.n | [1]",
        ".spec.a\\.b | [\"dotted\"]",
        ".spec['a.b'] | [\"dotted\"]",
        ".spec.list[0].v | [1]",
        ".spec.list[-1].v | [2]",
        ".spec.list[9].v | []",
        ".spec.list[*].v | [1,2]",
        ".spec.map.* | [7]",
        ".spec.n[*] | []",
        ".spec.n[0] | []",
        ".spec.list[?(@.t==\"B\")].v | [2]",
        ".spec.list[?(@.t!='B')].v | [1]",
        ".spec.list[?(@.on==true)].t | [\"B\"]",
        ".spec.n[?(@.t==1)].t | []",
        ".spec.absent.deeper | []",
        ".nothing | [null]",
        "spec | []",
        ".spec[ | []"
      })
  void findsWhatIsAtAPath(String path, String found) {
    assertThat(Json.text(JsonPath.parse(path).find(OBJECT))).isEqualTo(found);
  }
}
