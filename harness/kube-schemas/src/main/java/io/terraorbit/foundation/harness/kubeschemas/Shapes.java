package io.terraorbit.foundation.harness.kubeschemas;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import java.util.Set;

/** The letters that stand for what a value may be. */
final class Shapes {
  static final char STRUCTURE = '.';

  private static final Map<String, Character> OF_MESSAGES =
      Map.of(
          "meta/v1.Time", 't',
          "meta/v1.MicroTime", 'm',
          "meta/v1.Duration", 'u',
          "meta/v1.FieldsV1", 'a',
          "api/resource.Quantity", 'q',
          "util/intstr.IntOrString", 'o',
          "pkg/runtime.RawExtension", 'a');
  private static final Set<String> ANY =
      Set.of(
          "apiextensions/v1.JSON",
          "apiextensions/v1.JSONSchemaPropsOrArray",
          "apiextensions/v1.JSONSchemaPropsOrBool",
          "apiextensions/v1.JSONSchemaPropsOrStringArray");
  private static final Map<String, Character> OF_JAVA =
      Map.of(
          "java.lang.String", 's',
          "java.lang.Boolean", 'b',
          "java.lang.Integer", 'i',
          "java.lang.Long", 'l',
          "java.lang.Double", 'd',
          "java.lang.Object", 'a',
          "[B", 'y',
          "java.time.OffsetDateTime", 't',
          "io.kubernetes.client.custom.IntOrString", 'o',
          "io.kubernetes.client.custom.Quantity", 'q');

  private Shapes() {}

  /** The letter of one value of a protobuf field. */
  static char of(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> 's';
      case BOOL -> 'b';
      case INT32 -> 'i';
      case INT64 -> 'l';
      case DOUBLE -> 'd';
      case BYTES -> 'y';
      case MESSAGE -> ofMessage(Names.of(field.getMessageType()));
      default -> throw new IllegalStateException("no shape is known for " + field);
    };
  }

  private static char ofMessage(String name) {
    return ANY.contains(name) ? 'a' : OF_MESSAGES.getOrDefault(name, STRUCTURE);
  }

  /** The letter of one value of a Java type, where there is no message to say it better. */
  static char of(Class<?> type) {
    return OF_JAVA.getOrDefault(type.getName(), STRUCTURE);
  }
}
