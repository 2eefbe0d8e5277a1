package io.terraorbit.foundation.harness.kube.internal.protobuf;

import io.terraorbit.foundation.harness.kube.internal.typed.Field;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message by their numbers. A structure that Go embeds is a message of its own in
 * protobuf but none in JSON: there its fields are the owner's.
 *
 * @param embedded messages by their numbers
 */
record Layout(Map<Integer, Field> fields, Map<Integer, Layout> embedded) {
  static Layout of(StructType type) {
    Layout layout = empty();
    for (Field field : type.fields().values()) {
      Layout owner = layout;
      int last = field.numbers().size() - 1;
      for (int i = 0; i < last; i++) {
        owner = owner.embedded.computeIfAbsent(field.numbers().get(i), number -> empty());
      }
      if (last >= 0) {
        owner.fields.put(field.numbers().get(last), field);
      }
    }
    return layout;
  }

  private static Layout empty() {
    return new Layout(new HashMap<>(), new HashMap<>());
  }

  @Nullable Field field(int number) {
    return fields.get(number);
  }

  @Nullable Layout embeddedAt(int number) {
    return embedded.get(number);
  }
}
