package io.terraorbit.foundation.json;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Reads and writes JSON (RFC 8259) as plain Java values; see the package for their types. Stateless
 * and safe for many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Json {
  /** Deeper nesting is refused when reading; a bound against stack exhaustion. */
  public static final int MAX_DEPTH = 500;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  /** For readers who want to know of repeated keys, and find them by themselves. */
  private static final JsonFactory REPEATING =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private Json() {}

  /**
   * Reads one document; nothing but white space may follow it.
   *
   * @throws JsonSyntaxException if the text is malformed, nested too deep, or repeats a key
   */
  public static @Nullable Object read(byte[] utf8) {
    try (JsonParser parser =
        FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), utf8)) {
      return readDocument(parser);
    } catch (JacksonException e) {
      throw syntax(e);
    }
  }

  /**
   * As {@link #read(byte[])}, but a repeated key is no error: the last value counts, and the object
   * is one of {@link RepeatedKeys}.
   *
   * @throws JsonSyntaxException if the text is malformed or nested too deep
   */
  public static @Nullable Object readRepeating(byte[] utf8) {
    try (JsonParser parser =
        REPEATING.createParser(tools.jackson.core.ObjectReadContext.empty(), utf8)) {
      return readDocument(parser);
    } catch (JacksonException e) {
      throw syntax(e);
    }
  }

  /** As {@link #read(byte[])}. */
  public static @Nullable Object read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * As {@link #read(byte[])}, for a document that must be an object.
   *
   * @throws JsonSyntaxException also if it is something else
   */
  public static Map<String, Object> readObject(byte[] utf8) {
    Object value = read(utf8);
    if (value instanceof Map<?, ?>) {
      return Values.object(value);
    }
    throw new JsonSyntaxException("expected a JSON object, got " + Values.typeName(value));
  }

  /** As {@link #readObject(byte[])}. */
  public static Map<String, Object> readObject(String text) {
    return readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes compact UTF-8.
   *
   * @throws IllegalArgumentException if a value is of a type that the package does not name
   */
  public static byte[] write(@Nullable Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      writeValue(generator, value);
    }
    return out.toByteArray();
  }

  /** As {@link #write(Object)}, as text. */
  public static String text(@Nullable Object value) {
    return new String(write(value), StandardCharsets.UTF_8);
  }

  /** Indented by two blanks, for people. */
  public static String pretty(@Nullable Object value) {
    StringWriter out = new StringWriter();
    ObjectWriteContext indented =
        new ObjectWriteContext.Base() {
          @Override
          public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        };
    try (JsonGenerator generator = FACTORY.createGenerator(indented, out)) {
      writeValue(generator, value);
    }
    return out.toString();
  }

  private static @Nullable Object readDocument(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new JsonSyntaxException("expected a JSON value, got an empty document");
    }
    Object value = readValue(parser, first);
    if (parser.nextToken() != null) {
      throw new JsonSyntaxException(
          "expected the end of the document at " + where(parser) + ", got more");
    }
    return value;
  }

  private static @Nullable Object readValue(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> readMembers(parser);
      case START_ARRAY -> readElements(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> readInteger(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonSyntaxException("unexpected " + token + " at " + where(parser));
    };
  }

  private static Object readInteger(JsonParser parser) {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? parser.getBigIntegerValue()
        : parser.getLongValue();
  }

  private static Map<String, @Nullable Object> readMembers(JsonParser parser) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    List<String> keys = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      int before = members.size();
      members.put(name, readValue(parser, parser.nextToken()));
      if (members.size() == before && keys == null) {
        keys = new ArrayList<>(members.keySet());
      } else if (keys == null) {
        continue;
      }
      keys.add(name);
    }
    return keys == null ? Collections.unmodifiableMap(members) : new RepeatingObject(members, keys);
  }

  private static List<@Nullable Object> readElements(JsonParser parser) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(readValue(parser, token));
    }
    return Collections.unmodifiableList(elements);
  }

  private static void writeValue(JsonGenerator out, @Nullable Object value) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof WrittenObject written) {
      out.writeRawValue(written.written());
    } else if (value instanceof Map<?, ?> members) {
      out.writeStartObject();
      members.forEach(
          (name, member) -> {
            out.writeName(String.valueOf(name));
            writeValue(out, member);
          });
      out.writeEndObject();
    } else if (value instanceof Iterable<?> elements) {
      out.writeStartArray();
      elements.forEach(element -> writeValue(out, element));
      out.writeEndArray();
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Number number) {
      writeNumber(out, number);
    } else {
      throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
    }
  }

  private static void writeNumber(JsonGenerator out, Number number) {
    if (number instanceof Long || number instanceof Integer || number instanceof Short) {
      out.writeNumber(number.longValue());
    } else if (number instanceof BigInteger big) {
      out.writeNumber(big);
    } else if (number instanceof BigDecimal decimal) {
      out.writeNumber(decimal);
    } else if (number instanceof Double || number instanceof Float) {
      out.writeNumber(number.doubleValue());
    } else {
      throw new IllegalArgumentException("not a JSON number: " + number.getClass().getName());
    }
  }

  private static JsonSyntaxException syntax(JacksonException cause) {
    return new JsonSyntaxException(cause.getOriginalMessage() + position(cause), cause);
  }

  private static String position(JacksonException cause) {
    return cause.getLocation() == null
        ? ""
        : " at line %d, column %d"
            .formatted(cause.getLocation().getLineNr(), cause.getLocation().getColumnNr());
  }

  private static String where(JsonParser parser) {
    return "line %d, column %d"
        .formatted(
            parser.currentTokenLocation().getLineNr(), parser.currentTokenLocation().getColumnNr());
  }
}
