package io.terraorbit.foundation.harness.kube.internal.protobuf;

import io.terraorbit.foundation.harness.kube.internal.typed.Decoding;
import io.terraorbit.foundation.harness.kube.internal.typed.Field;
import io.terraorbit.foundation.harness.kube.internal.typed.GoSyntax;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that may be anything in JSON. In a message most are JSON as bytes; those of a schema that
 * are a schema or something else are both, and the one that is there is meant.
 */
record AnyForms(Messages messages, StructType owner) {
  private static final String SCHEMA = "apiextensions/v1.JSONSchemaProps";

  @Nullable Object read(Field field, ByteBuffer message) {
    if (!owner.name().equals(SCHEMA)) {
      return json(message);
    }
    return switch (field.name()) {
      case "items" -> schemaOr(message, true);
      case "dependencies" -> schemaOr(message, false);
      case "additionalItems", "additionalProperties" -> schemaOrFlag(message);
      default -> json(message);
    };
  }

  private static @Nullable Object json(ByteBuffer message) {
    WireReader in = new WireReader(message, "RawExtension");
    byte[] raw = {};
    while (in.next()) {
      if (in.number() == 1) {
        in.require(WireReader.LENGTH, "Raw");
        raw = in.octets();
      } else {
        in.skip();
      }
    }
    if (raw.length == 0) {
      return null;
    }
    try {
      return Json.read(raw);
    } catch (JsonSyntaxException e) {
      throw new UndecodableException(GoSyntax.mistake(raw, String.valueOf(e.getMessage())));
    }
  }

  /** A schema, or several things: schemas or names. */
  private @Nullable Object schemaOr(ByteBuffer message, boolean schemas) {
    WireReader in = new WireReader(message, "JSONSchemaPropsOrArray");
    Object schema = null;
    List<Object> several = new ArrayList<>();
    while (in.next()) {
      if (in.number() == 1 && in.hasLength()) {
        schema = schema(in.part());
      } else if (in.number() == 2 && in.hasLength()) {
        several.add(schemas ? schema(in.part()) : in.text());
      } else {
        in.skip();
      }
    }
    return several.isEmpty() ? schema : several;
  }

  private Object schemaOrFlag(ByteBuffer message) {
    WireReader in = new WireReader(message, "JSONSchemaPropsOrBool");
    Object schema = null;
    boolean allows = false;
    while (in.next()) {
      if (in.number() == 1 && !in.hasLength()) {
        in.require(WireReader.VARINT, "Allows");
        allows = in.varint() != 0;
      } else if (in.number() == 2 && in.hasLength()) {
        schema = schema(in.part());
      } else {
        in.skip();
      }
    }
    return schema == null ? (Object) allows : schema;
  }

  /** Without its zero values, as nothing decodes it into a structure any more. */
  private Map<String, Object> schema(ByteBuffer message) {
    return Decoding.decode(owner, messages.structure(owner, message), new StrictErrors());
  }
}
