package io.terraorbit.foundation.harness.kube.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** What holds of pruning and defaulting whatever the schema and the object are. */
class ShapingProperties {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @Property(tries = 300)
  void whatIsShapedChangesNoMore(@ForAll long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    StructuralSchema schema = SchemaReader.read(objectSchema(random, 3));
    Map<String, Object> object = Values.object(object(random, 4));

    Map<String, Object> once = schema.decode(object, new StrictErrors());

    StrictErrors strict = new StrictErrors();
    assertThat(schema.decode(once, strict)).isEqualTo(once);
    assertThat(strict.texts()).isEmpty();
    assertThat(schema.pruned(schema.withDefaults(once))).isSameAs(once);
  }

  @Property(tries = 300)
  void whatIsValidStaysValidWhenItIsShapedAgain(@ForAll long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    StructuralSchema schema = SchemaReader.read(objectSchema(random, 3));
    Map<String, Object> once = schema.decode(Values.object(object(random, 4)), new StrictErrors());

    assertThat(SchemaValidator.validate(schema, schema.decode(once, new StrictErrors()), ""))
        .isEqualTo(SchemaValidator.validate(schema, once, ""));
    assertThat(SchemaValidator.validateChange(schema, once, once, "")).isEmpty();
  }

  private static Map<String, Object> objectSchema(RandomGenerator random, int depth) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (random.nextInt(4) == 0) {
      schema.put("additionalProperties", schema(random, depth - 1));
    } else {
      Map<String, Object> properties = new LinkedHashMap<>();
      NAMES.stream()
          .filter(name -> random.nextBoolean())
          .forEach(name -> properties.put(name, schema(random, depth - 1)));
      schema.put("properties", properties);
      schema.put("x-kubernetes-preserve-unknown-fields", random.nextInt(4) == 0);
    }
    return schema;
  }

  private static Map<String, Object> schema(RandomGenerator random, int depth) {
    int kind = depth <= 0 ? random.nextInt(2) : random.nextInt(4);
    Map<String, Object> schema =
        switch (kind) {
          case 0 -> new LinkedHashMap<>(Map.of("type", "string", "maxLength", 1L));
          case 1 -> new LinkedHashMap<>(Map.of("type", "integer", "minimum", 1L));
          case 2 ->
              new LinkedHashMap<>(Map.of("type", "array", "items", schema(random, depth - 1)));
          default -> objectSchema(random, depth);
        };
    schema.put("nullable", random.nextBoolean());
    if (kind < 2 && random.nextBoolean()) {
      schema.put("default", kind == 0 ? "x" : (Object) 1L);
    }
    return schema;
  }

  private static @Nullable Object value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth <= 0 ? 3 : 5)) {
      case 0 -> null;
      case 1 -> "text".substring(0, random.nextInt(4));
      case 2 -> (long) random.nextInt(3);
      case 3 -> {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          elements.add(value(random, depth - 1));
        }
        yield elements;
      }
      default -> object(random, depth);
    };
  }

  private static Object object(RandomGenerator random, int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    NAMES.stream()
        .filter(name -> random.nextInt(3) > 0)
        .forEach(name -> members.put(name, value(random, depth - 1)));
    return members;
  }
}
