package io.terraorbit.foundation.harness.kube.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"integer\"} | 1.5 | x: Invalid value: \"number\": x in body must be of type integer: \"number\"",
        "{\"type\":\"integer\"} | 2.0 | ''",
        "{\"type\":\"number\"} | 1 | ''",
        "{\"type\":\"boolean\"} | \"no\" | x: Invalid value: \"string\": x in body must be of type boolean: \"string\"",
        "{\"type\":\"string\"} | null | x: Invalid value: \"null\": x in body must be of type string: \"null\"",
        "{\"type\":\"string\",\"nullable\":true} | null | ''",
        "{\"x-kubernetes-preserve-unknown-fields\":true} | null | ''",
        "{\"x-kubernetes-int-or-string\":true} | 1 | ''",
        "{\"x-kubernetes-int-or-string\":true} | \"50%\" | ''",
        "{\"x-kubernetes-int-or-string\":true} | true | x: Invalid value: \"boolean\": x in body must be of type integer,string: \"boolean\"",
        "{\"type\":\"integer\",\"maximum\":3} | 4 | x: Invalid value: 4: x in body should be less than or equal to 3",
        "{\"type\":\"integer\",\"maximum\":3,\"exclusiveMaximum\":true} | 3 | x: Invalid value: 3: x in body should be less than 3",
        "{\"type\":\"integer\",\"minimum\":3,\"exclusiveMinimum\":true} | 3 | x: Invalid value: 3: x in body should be greater than 3",
        "{\"type\":\"number\",\"minimum\":0.5} | 0.25 | x: Invalid value: 0.25: x in body should be greater than or equal to 0.5",
        "{\"type\":\"integer\",\"multipleOf\":2} | 3 | x: Invalid value: 3: x in body should be a multiple of 2",
        "{\"type\":\"integer\",\"minimum\":1,\"maximum\":5,\"multipleOf\":2} | 4 | ''",
        "{\"type\":\"string\",\"maxLength\":2} | \"abc\" | x: Too long: may not be more than 2 bytes",
        "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"} | \"A\" | x: Invalid value: \"A\": x in body should match '^[a-z]+$'",
        "{\"type\":\"string\",\"pattern\":\"b\"} | \"abc\" | ''",
        "{\"type\":\"string\",\"format\":\"date-time\"} | \"soon\" | x: Invalid value: \"soon\": x in body must be of type date-time: \"soon\"",
        "{\"type\":\"string\",\"format\":\"date-time\"} | \"2026-01-01T00:00:00Z\" | ''",
        "{\"type\":\"string\",\"format\":\"date\"} | \"2026-01-32\" | x: Invalid value: \"2026-01-32\": x in body must be of type date: \"2026-01-32\"",
        "{\"type\":\"string\",\"format\":\"byte\"} | \"?\" | x: Invalid value: \"?\": x in body must be of type byte: \"?\"",
        "{\"type\":\"string\",\"format\":\"uuid\"} | \"x\" | x: Invalid value: \"x\": x in body must be of type uuid: \"x\"",
        "{\"type\":\"string\",\"format\":\"duration\"} | \"1h30m\" | ''",
        "{\"type\":\"string\",\"format\":\"duration\"} | \"long\" | x: Invalid value: \"long\": x in body must be of type duration: \"long\"",
        "{\"type\":\"string\",\"format\":\"own\"} | \"any\" | ''",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":1} | [] | x: Invalid value: 0: x in body should have at least 1 items",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"maxItems\":1} | [\"a\",\"b\"] | x: Too many: 2: must have at most 1 items",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"}} | [\"a\",1] | x[1]: Invalid value: \"integer\": x[1] in body must be of type string: \"integer\"",
        "{\"type\":\"array\",\"x-kubernetes-list-type\":\"set\",\"items\":{\"type\":\"string\"}} | [\"a\",\"a\"] | x[1]: Duplicate value: \"a\"",
        "{\"type\":\"array\",\"x-kubernetes-list-type\":\"map\",\"x-kubernetes-list-map-keys\":[\"k\"],\"items\":{\"type\":\"object\",\"required\":[\"k\"],\"properties\":{\"k\":{\"type\":\"string\"}}}} | [{\"k\":\"a\"},{\"k\":\"a\"}] | x[1]: Duplicate value: {\"k\":\"a\"}",
        "{\"type\":\"object\",\"minProperties\":1} | {} | x: Invalid value: 0: x in body should have at least 1 properties",
        "{\"type\":\"object\",\"maxProperties\":1,\"additionalProperties\":{\"type\":\"integer\"}} | {\"a\":1,\"b\":2} | x: Too many: 2: must have at most 1 items",
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}} | {\"a\":\"b\"} | x.a: Invalid value: \"string\": x.a in body must be of type integer: \"string\"",
        "{\"type\":\"object\",\"required\":[\"k\"]} | {} | x.k: Required value",
        "{\"type\":\"object\",\"x-kubernetes-embedded-resource\":true,\"x-kubernetes-preserve-unknown-fields\":true} | {\"kind\":\"A\"} | ''",
        "{\"type\":\"integer\",\"enum\":[1,2]} | 3 | x: Unsupported value: 3: supported values: 1, 2",
        "{\"type\":\"integer\",\"allOf\":[{\"minimum\":2},{\"maximum\":1}]} | 0 | x: Invalid value: 0: x in body should be greater than or equal to 2; <nil>: Invalid value: \"\": \"x\" must validate all the schemas (allOf)",
        "{\"type\":\"integer\",\"allOf\":[{\"minimum\":2}]} | 0 | x: Invalid value: 0: x in body should be greater than or equal to 2; <nil>: Invalid value: \"\": \"x\" must validate all the schemas (allOf). None validated",
        "{\"type\":\"integer\",\"anyOf\":[{\"minimum\":5},{\"maximum\":1}]} | 3 | <nil>: Invalid value: \"\": \"x\" must validate at least one schema (anyOf); x: Invalid value: 3: x in body should be greater than or equal to 5",
        "{\"type\":\"integer\",\"anyOf\":[{\"minimum\":5},{\"maximum\":1}]} | 6 | ''",
        "{\"type\":\"integer\",\"oneOf\":[{\"minimum\":1},{\"maximum\":5}]} | 3 | <nil>: Invalid value: \"\": \"x\" must validate one and only one schema (oneOf). Found 2 valid alternatives",
        "{\"type\":\"integer\",\"oneOf\":[{\"minimum\":9},{\"minimum\":5,\"multipleOf\":2}]} | 3 | <nil>: Invalid value: \"\": \"x\" must validate one and only one schema (oneOf). Found none valid; x: Invalid value: 3: x in body should be greater than or equal to 9",
        "{\"type\":\"integer\",\"oneOf\":[{\"minimum\":1},{\"maximum\":5}]} | 9 | ''",
        "{\"type\":\"integer\",\"not\":{\"minimum\":5}} | 6 | <nil>: Invalid value: \"\": \"x\" must not validate the schema (not)",
        "{\"type\":\"integer\",\"not\":{\"minimum\":5}} | 4 | ''",
      })
  void sayWhatIsWrong(String schema, String value, String expected) {
    StructuralSchema root =
        read("{\"type\":\"object\",\"properties\":{\"x\":%s}}".formatted(schema));

    List<FieldError> errors =
        SchemaValidator.validate(root, Json.readObject("{\"x\":%s}".formatted(value)));

    assertThat(String.join("; ", errors.stream().map(FieldError::text).toList()))
        .isEqualTo(expected);
  }

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
              "inner":{"type":"object","x-kubernetes-embedded-resource":true,
                "properties":{"a":{"type":"string"}}}}}
            """);

    StructuralSchema.Pruned pruned =
        root.prune(
            Json.readObject(
                """
                {"apiVersion":"v","kind":"K","metadata":{"x":1},"gone":1,
                 "list":[{"a":"1","b":2},3],
                 "open":{"known":{"x":1},"other":{"y":1}},
                 "map":{"k":{"z":1}},
                 "any":{"k":1},
                 "inner":{"kind":"I","metadata":{},"spec":1}}
                """));

    assertThat(Json.text(pruned.object()))
        .isEqualTo(
            "{\"apiVersion\":\"v\",\"kind\":\"K\",\"metadata\":{\"x\":1},"
                + "\"list\":[{\"a\":\"1\"},3],\"open\":{\"known\":{},\"other\":{\"y\":1}},"
                + "\"map\":{\"k\":{}},\"any\":{\"k\":1},\"inner\":{\"kind\":\"I\","
                + "\"metadata\":{}}}");
    assertThat(pruned.dropped())
        .containsExactly("gone", "list[0].b", "open.known.x", "map.k.z", "inner.spec");
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

    assertThat(Json.text(root.withDefaults(Json.readObject("{\"spec\":null,\"list\":null}"))))
        .isEqualTo("{\"spec\":{\"n\":1,\"z\":\"z\"}}");
    assertThat(root.withDefaults(Map.of()).toString()).isEqualTo("{spec={n=1, z=z}}");
    assertThat(
            Json.text(
                root.withDefaults(
                    Json.readObject(
                        "{\"spec\":{\"n\":null,\"z\":null},\"list\":[{},{\"p\":\"UDP\"}],"
                            + "\"other\":null}"))))
        .isEqualTo(
            "{\"spec\":{\"z\":null,\"n\":1},\"list\":[{\"p\":\"TCP\"},{\"p\":\"UDP\"}],"
                + "\"other\":null}");
  }

  @Test
  void mustHaveTypesEverywhere() {
    SchemaReader reader = new SchemaReader();
    reader.readRoot(Json.readObject("{\"properties\":{\"a\":{\"items\":{}}}}"), "s");
    reader.readRoot(Map.of("type", "array"), "t");

    assertThat(reader.errors())
        .extracting(FieldError::text)
        .containsExactly(
            "s.type: Required value: must not be empty at the root",
            "s.properties[a].type: Required value: must not be empty for specified object fields",
            "s.properties[a].items.type: Required value: must not be empty for specified array"
                + " items",
            "t.type: Invalid value: \"array\": must be object at the root");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date-time | 2026-01-01T00:00:00.5+01:00 2026-01-01t00:00:00z | 2026-01-01 2026-01-01T24:00:00Z 2026-13-01T00:00:00Z 2026-01-01T00:00:00",
        "date | 2026-02-28 | 2026-02-30 28.02.2026",
        "byte | aGk= | aGk a!",
        "uri | http://x/y /a | x%zz a{b",
        "email | a@b.c | a @b a@",
        "hostname | a.b-c.d x | -a a..b",
        "ipv4 | 1.2.3.4 255.255.255.255 | 1.2.3 256.1.1.1 01.2.3.4 ::1",
        "ipv6 | ::1 :: 1:2:3:4:5:6:7:8 ::ffff:1.2.3.4 1:2:3:4:5:6:1.2.3.4 | 1.2.3.4 1::2::3 1:2:3 1:2:3:4:5:6:7:8:9 g::1",
        "cidr | 10.0.0.0/8 ::/0 fe80::/64 | 10.0.0.0 10.0.0.0/33 ::/129 10.0.0.0/08 x/8",
        "mac | 00:1a:2b:3c:4d:5e 00-1A-2B-3C-4D-5E 001a.2b3c.4d5e | 00:1a:2b:3c:4d 00:1a-2b:3c:4d:5e",
        "uuid | 123e4567-e89b-12d3-a456-426614174000 123e4567e89b12d3a456426614174000 | 123e4567",
        "uuid3 | 123e4567-e89b-32d3-a456-426614174000 | 123e4567-e89b-42d3-a456-426614174000",
        "uuid4 | 123e4567-e89b-42d3-a456-426614174000 | 123e4567-e89b-42d3-c456-426614174000",
        "uuid5 | 123e4567-e89b-52d3-a456-426614174000 | 123e4567-e89b-42d3-a456-426614174000",
        "duration | 1h30m 1.5s 0 -2ms 3days | 1 h x1h",
        "bsonobjectid | 507f1f77bcf86cd799439011 | 507f1f77",
        "isbn | 0306406152 978-0-306-40615-7 080442957X | 0306406153 9780306406158 1",
        "isbn10 | 0306406152 | 9780306406157",
        "isbn13 | 9780306406157 | 0306406152",
        "creditcard | 4111111111111111 | 4111111111111112 4111",
        "ssn | 111-22-3333 | 11-22-3333",
        "hexcolor | #fff A0B1C2 | #ffff",
        "rgbcolor | rgb(0,128,255) | rgb(0,0,256) rgb(1,2)",
        "k8s-short-name | a-b | A a.b",
        "k8s-long-name | a.b | a..b",
        "int32 | anything | ''"
      })
  void knowsTheFormatsOfTheRealServer(String format, String good, String bad) {
    for (String text : good.split(" ")) {
      assertThat(Formats.fits(format, text)).as(text).isTrue();
    }
    for (String text : bad.isEmpty() ? new String[0] : bad.split(" ")) {
      assertThat(Formats.fits(format, text)).as(text).isFalse();
    }
  }

  @Test
  void lookAtAChangedObjectOnlyWhereItChanged() {
    StructuralSchema root =
        read(
            """
            {"type":"object","properties":{
              "a":{"type":"integer","maximum":1},"b":{"type":"integer","maximum":1},
              "list":{"type":"array","items":{"type":"integer","maximum":1}},
              "map":{"type":"array","x-kubernetes-list-type":"map",
                "x-kubernetes-list-map-keys":["k"],"items":{"type":"object","properties":{
                  "k":{"type":"string","default":"d"},"v":{"type":"integer","maximum":1}}}}}}
            """);
    Map<String, Object> before =
        Json.readObject("{\"a\":5,\"b\":5,\"list\":[5],\"map\":[{\"k\":\"x\",\"v\":5},{\"v\":6}]}");

    assertThat(SchemaValidator.validate(root, before, before)).isEmpty();
    assertThat(SchemaValidator.validate(root, before)).hasSize(5);
    assertThat(
            SchemaValidator.validate(
                    root,
                    Json.readObject(
                        "{\"a\":5,\"b\":6,\"list\":[5,1],"
                            + "\"map\":[{\"v\":7,\"k\":\"d\"},{\"k\":\"x\",\"v\":5}]}"),
                    before)
                .stream()
                .map(FieldError::field))
        .containsExactlyInAnyOrder("b", "list[0]", "map[0].v");
  }

  private static StructuralSchema read(String json) {
    SchemaReader reader = new SchemaReader();
    StructuralSchema schema = reader.readRoot(Json.readObject(json), "s");
    assertThat(reader.errors()).isEmpty();
    return schema;
  }
}
