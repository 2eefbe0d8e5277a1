package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.RepeatedKeys;
import io.terraorbit.foundation.json.Values;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML as JSON values. What an alias stands for counts each time that it stands, so that a small
 * text cannot become a large value.
 */
final class Yaml {
  private static final int MAX_VALUES = 200_000;

  private int values;

  private Yaml() {}

  /**
   * Reads one document.
   *
   * @throws JsonSyntaxException if it is none, or too deep, or too large
   */
  static @Nullable Object read(byte[] utf8) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(MAX_VALUES)
            .build();
    try {
      return new Compose(settings)
          .composeInputStream(new ByteArrayInputStream(utf8))
          .map(root -> new Yaml().value(root, 0))
          .orElse(null);
    } catch (YamlEngineException e) {
      throw new JsonSyntaxException("yaml: " + e.getMessage(), e);
    }
  }

  /** Writes a document, with sorted keys as the real server does. */
  static byte[] write(Object value) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1 << 20).build();
    return new Dump(settings).dumpToString(sorted(value)).getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      members.forEach((name, member) -> sorted.put(String.valueOf(name), sorted(member)));
      return sorted;
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> copy = new ArrayList<>(elements.size());
      elements.forEach(element -> copy.add(sorted(element)));
      return copy;
    }
    return value;
  }

  private @Nullable Object value(Node node, int depth) {
    if (depth > Json.MAX_DEPTH || ++values > MAX_VALUES) {
      throw new JsonSyntaxException(
          "yaml: document is nested too deep or contains excessive aliasing");
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping, depth);
    }
    if (node instanceof SequenceNode sequence) {
      List<@Nullable Object> elements = new ArrayList<>(sequence.getValue().size());
      sequence.getValue().forEach(element -> elements.add(value(element, depth + 1)));
      return Collections.unmodifiableList(elements);
    }
    return scalar((ScalarNode) node);
  }

  private Map<String, Object> object(MappingNode mapping, int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new JsonSyntaxException("yaml: a key of an object must be a string");
      }
      members.put(key.getValue(), value(tuple.getValueNode(), depth + 1));
      keys.add(key.getValue());
    }
    Map<String, Object> object = Values.object(Collections.unmodifiableMap(members));
    return keys.size() == members.size() ? object : RepeatedKeys.object(object, keys);
  }

  private static @Nullable Object scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    try {
      if (tag.equals(Tag.INT)) {
        return whole(text);
      }
      return tag.equals(Tag.FLOAT) ? (Object) Double.valueOf(text) : text;
    } catch (NumberFormatException e) {
      throw new JsonSyntaxException("yaml: not a number that JSON has: " + text, e);
    }
  }

  private static Object whole(String text) {
    BigInteger number;
    if (text.startsWith("0x")) {
      number = new BigInteger(text.substring(2), 16);
    } else if (text.startsWith("0o")) {
      number = new BigInteger(text.substring(2), 8);
    } else {
      number = new BigInteger(text);
    }
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }
}
