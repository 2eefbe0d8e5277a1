package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import java.util.Map;

/**
 * The steps from what came to what is kept: its own metadata, defaults, then pruning, then the
 * nulls that may not be, then the metadata of the objects within. Since every default is one that
 * pruning leaves alone, it does not matter that pruning follows.
 */
final class Shaping {
  private Shaping() {}

  static Map<String, Object> request(
      StructuralSchema schema, Map<String, Object> object, StrictErrors strict) {
    EmbeddedMetadata embedded = new EmbeddedMetadata(false, strict);
    Map<String, Object> named = embedded.root(object);
    Pruner pruner = new Pruner();
    Map<String, Object> filled = Defaulter.fill(schema, named);
    Map<String, Object> kept = Defaulter.withoutNulls(schema, pruner.root(schema, filled));
    pruner.dropped().stream().sorted().forEach(strict::unknown);
    return embedded.within(schema, kept, "");
  }

  static Map<String, Object> withStoredNumbers(Map<String, Object> object) {
    return Rebuilt.members(object, (name, member) -> Numbers.stored(member));
  }

  static Map<String, Object> stored(StructuralSchema schema, Map<String, Object> object) {
    Map<String, Object> kept = Defaulter.withoutNulls(schema, new Pruner().root(schema, object));
    return new EmbeddedMetadata(true, new StrictErrors()).within(schema, kept, "");
  }
}
