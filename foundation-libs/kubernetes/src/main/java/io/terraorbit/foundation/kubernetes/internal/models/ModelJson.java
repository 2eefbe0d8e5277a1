package io.terraorbit.foundation.kubernetes.internal.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes model classes the way fabric8 does, but without {@code managedFields}: two
 * thirds of a Pod's heap, which no reader of typed objects wants. Servers keep an object's own when
 * an update brings none. Stateless and safe for many threads.
 */
public final class ModelJson {
  private ModelJson() {}

  /** Made with the first object and not before: it is most of a cold start. */
  private static final class Lazy {
    private static final ObjectMapper MAPPER = create();

    private static ObjectMapper create() {
      ObjectMapper mapper = new ObjectMapper();
      // Only configures the mapper; "false" keeps it from loading every model class there is.
      KubernetesSerialization unused = new KubernetesSerialization(mapper, false);
      mapper
          .configOverride(ObjectMeta.class)
          .setIgnorals(JsonIgnoreProperties.Value.forIgnoredProperties("managedFields"));
      return mapper;
    }
  }

  public static byte[] write(Object model) {
    try {
      return Lazy.MAPPER.writeValueAsBytes(model);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot write a %s as JSON".formatted(model.getClass().getName()), e);
    }
  }

  public static <T> T read(byte[] json, Class<T> type) throws IOException {
    return Lazy.MAPPER.readerFor(type).readValue(json);
  }

  /** Reads a list as the API sends it, object by object. */
  public static <T> ModelList<T> readList(byte[] json, Class<T> type) throws IOException {
    List<T> items = new ArrayList<>();
    Map<String, Object> metadata = new LinkedHashMap<>();
    try (JsonParser parser = Lazy.MAPPER.createParser(json)) {
      for (String field = first(parser); field != null; field = parser.nextFieldName()) {
        parser.nextToken();
        if (field.equals("items")) {
          readItems(parser, type, items);
        } else if (field.equals("metadata")) {
          metadata.putAll(map(parser));
        } else {
          parser.skipChildren();
        }
      }
    }
    return new ModelList<>(items, metadata);
  }

  /** Reads a line of a watch. */
  public static <T> ModelEvent<T> readEvent(byte[] json, Class<T> type) throws IOException {
    String eventType = "";
    TokenBuffer object = null;
    try (JsonParser parser = Lazy.MAPPER.createParser(json)) {
      for (String field = first(parser); field != null; field = parser.nextFieldName()) {
        parser.nextToken();
        if (field.equals("type")) {
          eventType = parser.getText();
        } else if (field.equals("object") && !eventType.isEmpty()) {
          return event(eventType, parser, type);
        } else if (field.equals("object")) {
          object = new TokenBuffer(parser);
          object.copyCurrentStructure(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
    if (eventType.isEmpty() || object == null) {
      throw new IOException("a watch event needs 'type' and 'object'");
    }
    JsonParser buffered = object.asParser(Lazy.MAPPER);
    buffered.nextToken();
    return event(eventType, buffered, type);
  }

  private static <T> ModelEvent<T> event(String eventType, JsonParser parser, Class<T> type)
      throws IOException {
    return eventType.equals("ERROR")
        ? new ModelEvent<>(eventType, null, map(parser))
        : new ModelEvent<>(eventType, Lazy.MAPPER.readerFor(type).readValue(parser), Map.of());
  }

  private static @Nullable String first(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("expected a JSON object, got " + parser.currentToken());
    }
    return parser.nextFieldName();
  }

  private static <T> void readItems(JsonParser parser, Class<T> type, List<T> items)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    ObjectReader reader = Lazy.MAPPER.readerFor(type);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(reader.readValue(parser));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(JsonParser parser) throws IOException {
    Map<String, Object> map = Lazy.MAPPER.readValue(parser, Map.class);
    return map == null ? Map.of() : map;
  }
}
