package io.terraorbit.foundation.harness.kube.internal.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.typed.Decoding;
import io.terraorbit.foundation.harness.kube.internal.typed.Field;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every built-in kind with generated values, written by the published messages. */
class ProtobufProperties {
  private static final int DEPTH = 7;
  private static final String SCHEMA = "apiextensions/v1.JSONSchemaProps";

  @Property(tries = 600)
  void aBodyInProtobufIsTheSameObjectAsItsTwinInJson(
      @ForAll("kinds") ResourceType kind, @ForAll long seed) throws Exception {
    Map<String, Object> object = object(kind, seed);
    StructType type = structure(kind);

    Envelope envelope = Envelope.read(GoMessages.body(type, outer(kind), object));
    Map<String, Object> decoded =
        Decoding.decode(type, Messages.decode(type, envelope.raw()), new StrictErrors());

    Map<String, Object> twin = Values.without(Values.without(object, "kind"), "apiVersion");
    assertThat(envelope.apiVersion()).isEqualTo(kind.apiVersion());
    assertThat(envelope.kind()).isEqualTo(kind.kind());
    assertThat(Json.text(Values.sorted(decoded)))
        .isEqualTo(Json.text(Values.sorted(Decoding.decode(type, twin, new StrictErrors()))));
  }

  @Property(tries = 600)
  void aBrokenBodyIsDecodedOrRefusedButNeverMore(
      @ForAll("kinds") ResourceType kind, @ForAll long seed, @ForAll Random chance)
      throws Exception {
    byte[] body = GoMessages.body(structure(kind), outer(kind), object(kind, seed));
    for (int i = 0; i < 5; i++) {
      body[chance.nextInt(body.length)] = (byte) chance.nextInt();
    }

    try {
      Envelope envelope = Envelope.read(body);
      Decoding.decode(
          structure(kind), Messages.decode(structure(kind), envelope.raw()), new StrictErrors());
    } catch (UndecodableException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<ResourceType> kinds() {
    return Arbitraries.of(
        Catalog.builtIn().groups().stream()
            .flatMap(
                group ->
                    Catalog.builtIn().versions(group).stream()
                        .flatMap(version -> Catalog.builtIn().types(group, version).stream()))
            .filter(kind -> !kind.kind().equals("APIService"))
            .filter(
                kind ->
                    StructTypes.builtIn()
                        .find(kind.group(), kind.version(), kind.kind())
                        .isPresent())
            .toList());
  }

  private static StructType structure(ResourceType kind) {
    return StructTypes.builtIn().find(kind.group(), kind.version(), kind.kind()).orElseThrow();
  }

  /** The class around the messages of a version: {@code V1Apps}. */
  private static String outer(ResourceType kind) {
    String first = kind.group().split("\\.")[0];
    String version = kind.version().toUpperCase(Locale.ROOT);
    return first.isEmpty()
        ? version
        : version + first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1);
  }

  private static Map<String, Object> object(ResourceType kind, long seed) {
    Map<String, Object> object = new LinkedHashMap<>(value(structure(kind), new Random(seed), 0));
    object.put("apiVersion", kind.apiVersion());
    object.put("kind", kind.kind());
    return object;
  }

  private static Map<String, Object> value(StructType type, Random random, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Field field : type.fields().values()) {
      boolean typeMeta = field.name().equals("apiVersion") || field.name().equals("kind");
      if ((!typeMeta || !field.numbers().isEmpty()) && random.nextInt(3) < (depth < 4 ? 2 : 1)) {
        if (depth < DEPTH || isLeaf(type, field)) {
          members.put(field.name(), value(type, field, 0, random, depth));
        }
      }
    }
    return members;
  }

  /** Whether nothing of a type of its own is below. */
  private static boolean isLeaf(StructType owner, Field field) {
    char shape = field.shape().charAt(field.shape().length() - 1);
    return shape != '.' && (shape != 'a' || !owner.name().equals(SCHEMA));
  }

  private static Object value(StructType owner, Field field, int at, Random random, int depth) {
    return switch (field.shape().charAt(at)) {
      case '[' -> {
        List<Object> elements = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
          elements.add(value(owner, field, at + 1, random, depth));
        }
        yield elements;
      }
      case '{' -> {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
          members.put("k" + i, value(owner, field, at + 1, random, depth));
        }
        yield members;
      }
      case '.' -> value(field.type(), random, depth + 1);
      case 's', 'u' -> random.nextInt(4) == 0 ? "" : "text é " + random.nextInt(100);
      case 'b' -> random.nextBoolean();
      case 'i' -> random.nextInt(4) == 0 ? 0L : (long) random.nextInt();
      case 'l' -> random.nextInt(4) == 0 ? 0L : random.nextLong();
      case 'd' -> random.nextInt(1000) / 8.0 + 0.0625;
      case 'y' -> random.nextBoolean() ? "" : "aGk=";
      case 't' -> "20%02d-02-03T04:05:06Z".formatted(random.nextInt(100));
      case 'm' -> "2026-02-03T04:05:06.%06dZ".formatted(random.nextInt(1_000_000));
      case 'q' -> random.nextInt(100) + "Mi";
      case 'o' -> random.nextBoolean() ? (Object) "50%" : (long) random.nextInt(100);
      default -> any(owner, field, random, depth);
    };
  }

  private static Object any(StructType owner, Field field, Random random, int depth) {
    if (!owner.name().equals(SCHEMA)) {
      return Map.of("any", List.of(1L, "x", true));
    }
    // As it comes out again: what is below is not decoded into a structure in JSON.
    Object schema = Decoding.decode(owner, value(owner, random, depth + 3), new StrictErrors());
    return switch (field.name()) {
      case "items" -> random.nextBoolean() ? schema : List.of(schema);
      case "dependencies" -> random.nextBoolean() ? schema : List.of("a", "b");
      case "additionalItems", "additionalProperties" ->
          random.nextBoolean() ? schema : random.nextBoolean();
      default -> Map.of("any", List.of(1L, "x", true));
    };
  }
}
