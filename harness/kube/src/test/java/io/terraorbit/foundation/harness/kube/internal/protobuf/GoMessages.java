package io.terraorbit.foundation.harness.kube.internal.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.terraorbit.foundation.harness.kube.internal.typed.Field;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects as clients in Go do, into the messages of {@code client-java-proto}: numbers and
 * types are those of the published messages, not of our schema. Of our schema it takes only which
 * fields are pointers, since Go writes the zero value of all others. Stateless.
 */
final class GoMessages {
  private static final String FILES = "io.kubernetes.client.proto.";

  private GoMessages() {}

  /** A whole body, envelope and all. */
  static byte[] body(StructType type, String outer, Map<String, Object> object) throws Exception {
    Descriptor message = descriptor(outer, type);
    Descriptor unknown = file("Runtime").findMessageTypeByName("Unknown");
    Descriptor meta = file("Runtime").findMessageTypeByName("TypeMeta");
    DynamicMessage.Builder named = DynamicMessage.newBuilder(meta);
    named.setField(meta.findFieldByName("apiVersion"), object.get("apiVersion"));
    named.setField(meta.findFieldByName("kind"), object.get("kind"));
    byte[] around =
        DynamicMessage.newBuilder(unknown)
            .setField(unknown.findFieldByName("typeMeta"), named.build())
            .setField(unknown.findFieldByName("raw"), write(message, type, object).toByteString())
            .build()
            .toByteArray();
    byte[] body = new byte[around.length + 4];
    System.arraycopy(new byte[] {'k', '8', 's', 0}, 0, body, 0, 4);
    System.arraycopy(around, 0, body, 4, around.length);
    return body;
  }

  private static com.google.protobuf.Descriptors.FileDescriptor file(String outer)
      throws ReflectiveOperationException {
    return (com.google.protobuf.Descriptors.FileDescriptor)
        Class.forName(FILES + outer).getMethod("getDescriptor").invoke(null);
  }

  private static Descriptor descriptor(String outer, StructType type)
      throws ReflectiveOperationException {
    return file(outer).findMessageTypeByName(type.goName());
  }

  private static Message write(Descriptor message, StructType type, Map<String, Object> object) {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(message);
    for (FieldDescriptor target : message.getFields()) {
      Field field = named(type, target.getName());
      if (field == null) {
        if (isEmbedded(target)) {
          builder.setField(target, write(target.getMessageType(), type, object));
        }
      } else if (object.get(field.name()) != null) {
        set(builder, target, field, type, object.get(field.name()));
      } else if (!field.pointer()) {
        setZero(builder, target);
      }
    }
    return builder.build();
  }

  private static boolean isEmbedded(FieldDescriptor target) {
    return target.getType() == FieldDescriptor.Type.MESSAGE
        && !target.isRepeated()
        && !target.getMessageType().getName().equals("TypeMeta");
  }

  private static @Nullable Field named(StructType type, String name) {
    return type.fields().values().stream()
        .filter(field -> folded(field.name()).equals(folded(name)))
        .findFirst()
        .orElse(null);
  }

  private static String folded(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  /** Go writes these, too, although JSON has nothing of them. */
  private static void setZero(DynamicMessage.Builder builder, FieldDescriptor target) {
    if (target.isRepeated()) {
      return;
    }
    switch (target.getType()) {
      case STRING, BOOL, INT32, INT64, DOUBLE -> builder.setField(target, target.getDefaultValue());
      case MESSAGE ->
          builder.setField(target, DynamicMessage.getDefaultInstance(target.getMessageType()));
      default -> {}
    }
  }

  private static void set(
      DynamicMessage.Builder builder,
      FieldDescriptor target,
      Field field,
      StructType owner,
      Object value) {
    if (target.isMapField()) {
      Descriptor entry = target.getMessageType();
      FieldDescriptor valueField = entry.findFieldByName("value");
      Values.object(value)
          .forEach(
              (key, member) ->
                  builder.addRepeatedField(
                      target,
                      DynamicMessage.newBuilder(entry)
                          .setField(entry.findFieldByName("key"), key)
                          .setField(valueField, one(valueField, field, 1, owner, member))
                          .build()));
    } else if (target.isRepeated()) {
      Values.list(value)
          .forEach(
              element -> builder.addRepeatedField(target, one(target, field, 1, owner, element)));
    } else {
      builder.setField(target, one(target, field, 0, owner, value));
    }
  }

  private static Object one(
      FieldDescriptor target, Field field, int depth, StructType owner, Object value) {
    return switch (target.getType()) {
      case INT32 -> (int) (long) (Long) value;
      case BYTES -> ByteString.copyFrom(Base64.getDecoder().decode((String) value));
      case MESSAGE -> message(target.getMessageType(), field, depth, owner, value);
      default -> value;
    };
  }

  private static Message message(
      Descriptor message, Field field, int depth, StructType owner, Object value) {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(message);
    FieldDescriptor first = message.getFields().isEmpty() ? null : message.getFields().get(0);
    switch (message.getName()) {
      case "Time", "MicroTime" -> {
        Instant instant = Instant.parse((String) value);
        builder.setField(message.findFieldByName("seconds"), instant.getEpochSecond());
        builder.setField(message.findFieldByName("nanos"), instant.getNano());
      }
      case "Quantity" -> builder.setField(first, value);
      case "IntOrString" -> {
        boolean text = value instanceof String;
        builder.setField(message.findFieldByName("type"), text ? 1L : 0L);
        builder.setField(message.findFieldByName("intVal"), text ? 0 : (int) (long) (Long) value);
        builder.setField(message.findFieldByName("strVal"), text ? value : "");
      }
      case "RawExtension", "FieldsV1", "JSON" ->
          builder.setField(first, ByteString.copyFrom(Json.write(value)));
      case "JSONSchemaPropsOrBool" -> {
        boolean flag = value instanceof Boolean;
        builder.setField(message.findFieldByName("allows"), !flag || (Boolean) value);
        if (!flag) {
          builder.setField(
              message.findFieldByName("schema"),
              write(
                  message.findFieldByName("schema").getMessageType(), owner, Values.object(value)));
        }
      }
      case "JSONSchemaPropsOrArray", "JSONSchemaPropsOrStringArray" -> {
        FieldDescriptor several = message.getFields().get(1);
        if (value instanceof List<?> elements) {
          elements.forEach(
              element ->
                  builder.addRepeatedField(
                      several,
                      element instanceof String
                          ? element
                          : write(several.getMessageType(), owner, Values.object(element))));
        } else {
          builder.setField(first, write(first.getMessageType(), owner, Values.object(value)));
        }
      }
      default -> {
        if (field.shape().charAt(depth) == '[') {
          Values.list(value).forEach(element -> builder.addRepeatedField(first, element));
        } else {
          return write(message, field.type(), Values.object(value));
        }
      }
    }
    return builder.build();
  }
}
