package io.terraorbit.foundation.apply;

import io.terraorbit.foundation.apply.FieldType.Scalar;
import io.terraorbit.foundation.json.Json;
import java.util.List;
import java.util.Map;

/** A type with every way to own things, and objects of it. */
final class Shapes {
  private Shapes() {}

  static final FieldType TEXT = FieldType.scalar(Scalar.STRING);
  static final FieldType NUMBER = FieldType.scalar(Scalar.NUMERIC);

  private static final FieldType PORT =
      FieldType.map(
          MapShape.struct(
              Map.of("port", NUMBER, "protocol", TEXT, "name", TEXT), Map.of("protocol", "TCP")));

  private static final FieldType SPEC =
      FieldType.map(
          MapShape.struct(
              Map.of(
                  "replicas", NUMBER,
                  "paused", FieldType.scalar(Scalar.BOOLEAN),
                  "ports", FieldType.list(ListShape.map(List.of("port", "protocol"), PORT)),
                  "args", FieldType.list(ListShape.atomic(() -> TEXT)),
                  "finalizers", FieldType.list(ListShape.set(TEXT)),
                  "selector", FieldType.map(MapShape.atomic(TEXT)),
                  "size", FieldType.scalar(Scalar.ANY),
                  "any", FieldType.ANY,
                  "raw", FieldType.ATOMIC)));

  private static final FieldType METADATA =
      FieldType.map(
          MapShape.struct(
              Map.of(
                  "name", TEXT,
                  "labels", FieldType.map(MapShape.of(TEXT)),
                  "annotations", FieldType.map(MapShape.of(TEXT)))));

  static final FieldType OBJECT =
      FieldType.map(
          MapShape.struct(
              Map.of("apiVersion", TEXT, "kind", TEXT, "metadata", METADATA, "spec", SPEC)));

  /** An object from JSON in which an apostrophe stands for a quotation mark. */
  static TypedValue object(String json) {
    return new TypedValue(OBJECT, Json.readObject(json.replace('\'', '"')));
  }

  static TypedValue spec(String json) {
    return object("{'spec':" + json + "}");
  }

  /** A set as its canonical JSON, with apostrophes. */
  static String text(FieldSet set) {
    return Json.text(FieldsV1.write(set)).replace('"', '\'');
  }

  static FieldSet set(String json) {
    return FieldsV1.read(Json.readObject(json.replace('\'', '"')));
  }
}
