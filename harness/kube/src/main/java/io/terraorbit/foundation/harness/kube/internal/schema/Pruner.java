package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops the members that a schema does not know. */
final class Pruner {
  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private final List<String> dropped = new ArrayList<>();

  private Pruner() {}

  static StructuralSchema.Pruned prune(StructuralSchema schema, Map<String, Object> object) {
    Pruner pruner = new Pruner();
    Map<String, Object> kept = pruner.members(schema, object, "", true);
    return new StructuralSchema.Pruned(kept, List.copyOf(pruner.dropped));
  }

  private @Nullable Object value(StructuralSchema schema, @Nullable Object value, String path) {
    if (value instanceof Map<?, ?> members) {
      return members(schema, Values.object(members), path, schema.embedded());
    }
    if (value instanceof List<?> elements && schema.items() != null) {
      List<@Nullable Object> kept = new ArrayList<>(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        kept.add(value(schema.items(), elements.get(i), path + "[" + i + "]"));
      }
      return Collections.unmodifiableList(kept);
    }
    return value;
  }

  private Map<String, Object> members(
      StructuralSchema schema, Map<String, Object> object, String path, boolean envelope) {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    object.forEach(
        (name, member) -> {
          String memberPath = path.isEmpty() ? name : path + "." + name;
          if (envelope && ENVELOPE.contains(name)) {
            kept.put(name, member);
          } else if (schema.member(name).isPresent()) {
            kept.put(name, value(schema.member(name).get(), member, memberPath));
          } else if (schema.preserves()) {
            kept.put(name, member);
          } else {
            dropped.add(memberPath);
          }
        });
    return Collections.unmodifiableMap(kept);
  }
}
