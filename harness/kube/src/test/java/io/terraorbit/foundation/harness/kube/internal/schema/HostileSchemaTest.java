package io.terraorbit.foundation.harness.kube.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schemas that are made to hurt are read and applied in bounded time. */
@Timeout(30)
class HostileSchemaTest {
  @Test
  void aPatternThatWouldBacktrackForEverIsMatchedAtOnce() {
    StructuralSchema schema =
        SchemaReader.read(
            Json.readObject(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}}}"));

    assertThat(SchemaValidator.validate(schema, Map.of("a", "a".repeat(50_000) + "!"), ""))
        .hasSize(1);
  }

  @Test
  void aSchemaAsDeepAsJsonMayBeIsReadAndApplied() {
    Map<String, Object> schema = Map.of("type", "string", "maxLength", 1L);
    Object value = "long";
    for (int i = 0; i < Json.MAX_DEPTH / 2; i++) {
      schema = Map.of("type", "object", "properties", Map.of("a", schema));
      value = Map.of("a", value);
    }

    StructuralSchema read = SchemaReader.read(schema);

    assertThat(
            SchemaValidator.validate(
                read, read.decode(Values.object(value), new StrictErrors()), ""))
        .hasSize(1);
  }

  @Test
  void anEnumOfManyAndAnObjectOfManyMembersAreComparedInTime() {
    List<Object> many = LongStream.range(0, 20_000).mapToObj(i -> (Object) ("v" + i)).toList();
    StructuralSchema schema =
        SchemaReader.read(
            Map.of(
                "type", "object", "additionalProperties", Map.of("type", "string", "enum", many)));
    Map<String, Object> object = new LinkedHashMap<>();
    LongStream.range(0, 1_000).forEach(i -> object.put("m" + i, "v" + (19_999 - i)));

    assertThat(SchemaValidator.validate(schema, object, "")).isEmpty();
    object.put("odd", "none");
    assertThat(SchemaValidator.validate(schema, object, "")).hasSize(1);
  }
}
