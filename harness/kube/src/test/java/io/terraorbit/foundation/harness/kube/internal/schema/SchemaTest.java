package io.terraorbit.foundation.harness.kube.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {
  @Test
  void prunesWhatIsUnknownAndTellsWhere() {
    StructuralSchema root =
        read(
            """
            {"type":"object","properties":{
              "list":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}},
              "open":{"type":"object","x-kubernetes-preserve-unknown-fields":true,
                "properties":{"known":{"type":"object"}}},
              "map":{"type":"object","additionalProperties":{"type":"object"}},
              "any":{"type":"object","additionalProperties":true},
              "inner":{"type":"object","x-kubernetes-embedded-resource":true}}}
            """);

    StrictErrors strict = new StrictErrors();
    Map<String, Object> pruned =
        root.decode(
            Json.readObject(
                """
                {"apiVersion":"v","kind":"K","metadata":{"name":"n"},"gone":1,
                 "list":[{"a":"1","b":2},3],
                 "open":{"known":{"x":1},"other":{"y":1}},
                 "map":{"k":{"z":1}},
                 "any":{"k":1},
                 "inner":{"kind":"I","metadata":{},"spec":1}}
                """),
            strict);

    assertThat(Json.text(pruned))
        .isEqualTo(
            "{\"apiVersion\":\"v\",\"kind\":\"K\",\"metadata\":{\"name\":\"n\"},"
                + "\"list\":[{\"a\":\"1\"},3],\"open\":{\"known\":{},\"other\":{\"y\":1}},"
                + "\"map\":{\"k\":{}},\"any\":{\"k\":1},\"inner\":{\"kind\":\"I\","
                + "\"metadata\":{}}}");
    assertThat(strict.texts())
        .containsExactly(
            "unknown field \"gone\"",
            "unknown field \"inner.spec\"",
            "unknown field \"list[0].b\"",
            "unknown field \"map.k.z\"",
            "unknown field \"open.known.x\"");
  }

  @Test
  void readsOfStoredMetadataWhatIsOfTheRightType() {
    StructuralSchema root =
        read(
            """
            {"type":"object","properties":{
              "inner":{"type":"object","x-kubernetes-embedded-resource":true}}}
            """);

    Map<String, Object> stored =
        root.pruned(
            Json.readObject(
                """
                {"inner":{"kind":"I","metadata":
                  {"name":"i","labels":{"a":1},"finalizers":["f"],"uid":7,"foo":1}}}
                """));

    assertThat(Json.text(stored))
        .isEqualTo(
            "{\"inner\":{\"kind\":\"I\",\"metadata\":{\"name\":\"i\",\"finalizers\":[\"f\"]}}}");
  }

  @Test
  void fillsDefaultsInFromTheOutside() {
    StructuralSchema root =
        read(
            """
            {"type":"object","properties":{
              "spec":{"type":"object","default":{},"properties":{
                "n":{"type":"integer","default":1},
                "z":{"type":"string","nullable":true,"default":"z"}}},
              "list":{"type":"array","items":{"type":"object","properties":{
                "p":{"type":"string","default":"TCP"}}}}}}
            """);

    assertThat(root.withDefaults(Map.of()).toString()).isEqualTo("{spec={n=1, z=z}}");
    assertThat(
            Json.text(
                root.withDefaults(
                    Json.readObject(
                        "{\"spec\":{\"n\":null,\"z\":null},\"list\":[{},{\"p\":\"UDP\"}],"
                            + "\"other\":null}"))))
        .isEqualTo(
            "{\"spec\":{\"n\":1,\"z\":null},\"list\":[{\"p\":\"TCP\"},{\"p\":\"UDP\"}],"
                + "\"other\":null}");
  }

  private static StructuralSchema read(String json) {
    return SchemaReader.read(Json.readObject(json));
  }
}
