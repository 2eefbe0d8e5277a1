package io.terraorbit.foundation.harness.kubeschemas;

import io.terraorbit.foundation.harness.kubeschemas.TypeRow.FieldRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The resource's format, big-endian.
 *
 * <pre>
 * u16 count of texts, then each text as modified UTF-8 with its u16 length; text 0 is empty
 * u16 count of types, then for each: u16 text of its name, u32 offset of its body from the first body
 * bodies: u8 atomic, u16 count of fields, then for each field:
 *   u16 texts of name, path, shape; u16 number of the type plus one, 0 for none
 *   u16 bits: 1 required, 2 pointer, 4 always written, 8 left out when empty; then, for 16, 32 and so
 *   on when set, u16 text of: Go type, list type, keys, patch strategy, merge key, default, values, via
 * </pre>
 *
 * Types are sorted by name, so that a reader can search them without reading a body.
 */
final class Resource {
  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  private Resource() {
    text("");
  }

  static byte[] write(Collection<TypeRow> types) {
    try {
      return new Resource().bytes(types);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(Collection<TypeRow> types) throws IOException {
    types.forEach(type -> numbers.put(type.name(), numbers.size()));
    ByteArrayOutputStream bodies = new ByteArrayOutputStream();
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    DataOutputStream indexOut = new DataOutputStream(index);
    DataOutputStream bodyOut = new DataOutputStream(bodies);
    for (TypeRow type : types) {
      indexOut.writeShort(text(type.name()));
      indexOut.writeInt(bodyOut.size());
      body(bodyOut, type);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(all);
    out.writeShort(texts.size());
    for (String text : texts.keySet()) {
      out.writeUTF(text);
    }
    out.writeShort(types.size());
    index.writeTo(out);
    bodies.writeTo(out);
    return all.toByteArray();
  }

  private void body(DataOutputStream out, TypeRow type) throws IOException {
    out.writeByte(type.atomic() ? 1 : 0);
    out.writeShort(type.fields().size());
    for (FieldRow field : type.fields()) {
      Fact fact = field.fact();
      out.writeShort(text(field.name()));
      out.writeShort(text(field.path()));
      out.writeShort(text(field.shape()));
      out.writeShort(field.type().isEmpty() ? 0 : numbers.getOrDefault(field.type(), -1) + 1);
      List<Integer> rest = new ArrayList<>();
      int bits =
          bit(field.required(), 1)
              | bit(fact.marks().contains("p"), 2)
              | bit(fact.marks().contains("a"), 4)
              | bit(fact.marks().contains("z"), 8);
      int bit = 16;
      for (String text :
          List.of(
              fact.goType(),
              fact.listType(),
              fact.keys(),
              fact.patchStrategy(),
              fact.mergeKey(),
              fact.defaultValue(),
              fact.values(),
              field.via())) {
        if (!text.isEmpty()) {
          bits |= bit;
          rest.add(text(text));
        }
        bit <<= 1;
      }
      out.writeShort(bits);
      for (int text : rest) {
        out.writeShort(text);
      }
    }
  }

  private int text(String text) {
    return texts.computeIfAbsent(text, absent -> texts.size());
  }

  private static int bit(boolean set, int bit) {
    return set ? bit : 0;
  }
}
