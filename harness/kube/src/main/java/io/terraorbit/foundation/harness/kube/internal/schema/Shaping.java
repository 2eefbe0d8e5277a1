package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema.Pruned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The steps from what came to what is kept: defaults, then pruning, then the nulls that may not be,
 * then the metadata of the objects within. Since every default is one that pruning leaves alone, it
 * does not matter that pruning follows.
 */
final class Shaping {
  private Shaping() {}

  static Pruned request(StructuralSchema schema, Map<String, Object> object) {
    Pruner pruner = new Pruner();
    Map<String, Object> filled = Defaulter.fill(schema, object);
    Map<String, Object> kept = Defaulter.withoutNulls(schema, pruner.root(schema, filled));
    EmbeddedMetadata embedded = new EmbeddedMetadata(false);
    Map<String, Object> shaped = embedded.within(schema, embedded.root(kept), "");
    List<String> dropped = new ArrayList<>(pruner.dropped());
    dropped.addAll(embedded.dropped());
    Collections.sort(dropped);
    return new Pruned(shaped, List.copyOf(dropped));
  }

  static Map<String, Object> withStoredNumbers(Map<String, Object> object) {
    return Rebuilt.members(object, (name, member) -> Numbers.stored(member));
  }

  static Map<String, Object> stored(StructuralSchema schema, Map<String, Object> object) {
    Map<String, Object> kept = Defaulter.withoutNulls(schema, new Pruner().root(schema, object));
    return new EmbeddedMetadata(true).within(schema, kept, "");
  }
}
