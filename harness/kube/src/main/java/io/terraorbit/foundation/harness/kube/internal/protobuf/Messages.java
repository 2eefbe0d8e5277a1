package io.terraorbit.foundation.harness.kube.internal.protobuf;

import io.terraorbit.foundation.harness.kube.internal.typed.Field;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import io.terraorbit.foundation.json.Values;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages of one body into what its JSON would be. For one thread.
 *
 * <p>Go's writer leaves nil pointers out but writes zero values that are no pointers; so what it
 * wrote is taken as it is here, and the decoding into a structure, which follows, drops the zero
 * values of fields that are no pointers.
 */
public final class Messages {
  private static final int MAX_DEPTH = 500;
  private static final int VALUE = 2;

  private final Map<StructType, Layout> layouts = new HashMap<>();
  private int depth;

  /**
   * Decodes a message.
   *
   * @throws UndecodableException with Go's message
   */
  public static Map<String, Object> decode(StructType type, ByteBuffer message) {
    return new Messages().structure(type, message);
  }

  Map<String, Object> structure(StructType type, ByteBuffer message) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    read(type, message, members);
    return Values.object(members);
  }

  private void read(StructType type, ByteBuffer message, Map<String, @Nullable Object> members) {
    if (++depth > MAX_DEPTH) {
      throw new UndecodableException("proto: message nested deeper than " + MAX_DEPTH);
    }
    fields(
        layouts.computeIfAbsent(type, Layout::of),
        new WireReader(message, type.goName()),
        type,
        members);
    depth--;
  }

  private void fields(
      Layout layout, WireReader in, StructType type, Map<String, @Nullable Object> members) {
    while (in.next()) {
      Field field = layout.field(in.number());
      Layout embedded = layout.embeddedAt(in.number());
      if (field != null) {
        add(field, type, in, members);
      } else if (embedded != null && in.hasLength()) {
        fields(embedded, new WireReader(in.part(), type.goName()), type, members);
      } else {
        in.skip();
      }
    }
  }

  private void add(
      Field field, StructType owner, WireReader in, Map<String, @Nullable Object> members) {
    Object before = members.get(field.name());
    switch (field.shape().charAt(0)) {
      case '[' -> {
        List<Object> elements = before == null ? new ArrayList<>() : Values.list(before);
        element(field, owner, in, elements);
        members.put(field.name(), elements);
      }
      case '{' -> {
        in.require(WireReader.LENGTH, goName(field));
        Map<String, @Nullable Object> entries =
            before == null ? new LinkedHashMap<>() : Values.object(before);
        entry(field, owner, new WireReader(in.part(), goName(field)), entries);
        members.put(field.name(), entries);
      }
      case '.' -> {
        in.require(WireReader.LENGTH, goName(field));
        Map<String, @Nullable Object> structure =
            before == null ? new LinkedHashMap<>() : Values.object(before);
        read(field.type(), in.part(), structure);
        members.put(field.name(), structure);
      }
      default -> members.put(field.name(), value(field, 0, owner, in));
    }
  }

  /** One element, or several integers that were packed. */
  private void element(Field field, StructType owner, WireReader in, List<Object> elements) {
    char shape = field.shape().charAt(1);
    if ((shape == 'i' || shape == 'l') && in.hasLength()) {
      ByteBuffer packed = in.part();
      WireReader integers = new WireReader(packed, goName(field));
      while (packed.hasRemaining()) {
        elements.add(integer(shape, integers.varint()));
      }
    } else {
      elements.add(value(field, 1, owner, in));
    }
  }

  private void entry(
      Field field, StructType owner, WireReader in, Map<String, @Nullable Object> entries) {
    String key = "";
    char shape = field.shape().charAt(1);
    Object value = zero(shape);
    while (in.next()) {
      if (in.number() == 1) {
        in.require(WireReader.LENGTH, goName(field));
        key = in.text();
      } else if (in.number() == VALUE) {
        value = shape == '[' ? wrapped(field, owner, in) : value(field, 1, owner, in);
      } else {
        in.skip();
      }
    }
    entries.put(key, value);
  }

  /** A list as the value of a map, which protobuf has only in a message of its own. */
  private List<Object> wrapped(Field field, StructType owner, WireReader in) {
    in.require(WireReader.LENGTH, goName(field));
    List<Object> elements = new ArrayList<>();
    WireReader items = new WireReader(in.part(), goName(field));
    while (items.next()) {
      if (items.number() == 1) {
        elements.add(value(field, 2, owner, items));
      } else {
        items.skip();
      }
    }
    return elements;
  }

  private static @Nullable Object zero(char shape) {
    return switch (shape) {
      case 's', 'y' -> "";
      case 'b' -> false;
      case 'i', 'l', 'o' -> 0L;
      case 'q' -> "0";
      case '[' -> List.of();
      case '.' -> Map.of();
      default -> null;
    };
  }

  private @Nullable Object value(Field field, int at, StructType owner, WireReader in) {
    char shape = field.shape().charAt(at);
    in.require(
        switch (shape) {
          case 'b', 'i', 'l' -> WireReader.VARINT;
          case 'd' -> WireReader.FIXED64;
          default -> WireReader.LENGTH;
        },
        goName(field));
    return switch (shape) {
      case 's' -> in.text();
      case 'b' -> in.varint() != 0;
      case 'i', 'l' -> integer(shape, in.varint());
      case 'd' -> in.fixed64();
      case 'y' -> java.util.Base64.getEncoder().encodeToString(in.octets());
      case 't' -> OwnForms.time(in.part(), false);
      case 'm' -> OwnForms.time(in.part(), true);
      case 'u' -> OwnForms.duration(in.part());
      case 'q' -> OwnForms.quantity(in.part());
      case 'o' -> OwnForms.integerOrString(in.part());
      case '.' -> structure(field.type(), in.part());
      default -> new AnyForms(this, owner).read(field, in.part());
    };
  }

  private static Object integer(char shape, long value) {
    return shape == 'i' ? (long) (int) value : value;
  }

  /** The field as Go spells it, as far as that is known. */
  private static String goName(Field field) {
    return switch (field.name()) {
      case "metadata" -> "ObjectMeta";
      case "uid" -> "UID";
      case "apiVersion" -> "APIVersion";
      default -> field.name().substring(0, 1).toUpperCase(Locale.ROOT) + field.name().substring(1);
    };
  }
}
