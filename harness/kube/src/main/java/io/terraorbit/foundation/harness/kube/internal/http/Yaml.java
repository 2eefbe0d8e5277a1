package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.RepeatedKeys;
import io.terraorbit.foundation.json.Values;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * YAML as JSON values. What an alias stands for counts each time that it stands, so that a small
 * text cannot become a large value.
 */
final class Yaml {
  private static final int MAX_VALUES = 200_000;
  private static final Pattern UNDEFINED_ALIAS = Pattern.compile("found undefined alias (.*)");

  private int values;

  private Yaml() {}

  /**
   * Reads the first document; null when there is none.
   *
   * @throws JsonSyntaxException if it is none, or too deep, or too large
   */
  static @Nullable Object read(byte[] utf8) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new GoScalars())
            .setMaxAliasesForCollections(MAX_VALUES)
            .build();
    try {
      Iterator<Node> documents =
          new Compose(settings)
              .composeAllFromInputStream(new ByteArrayInputStream(utf8))
              .iterator();
      return documents.hasNext() ? new Yaml().value(documents.next(), 0) : null;
    } catch (NumberFormatException e) { // the parser's own, of an escape that is cut short
      throw new JsonSyntaxException("yaml: did not find expected hexdecimal number", e);
    } catch (YamlEngineException e) {
      throw new JsonSyntaxException("yaml: " + problem(e), e);
    }
  }

  /** What is wrong and where, as the real server counts lines. */
  private static String problem(YamlEngineException e) {
    if (!(e instanceof MarkedYamlEngineException marked)) {
      return String.valueOf(e.getMessage());
    }
    int line = line(marked.getContextMark());
    line = line == 0 ? line(marked.getProblemMark()) : line;
    if (line != 0 && e instanceof ScannerException) {
      line++;
    }
    String where = line == 0 ? "" : "line " + line + ": ";
    String problem = String.valueOf(marked.getProblem());
    Matcher undefined = UNDEFINED_ALIAS.matcher(problem);
    if (undefined.matches()) {
      return "unknown anchor '" + undefined.group(1) + "' referenced";
    }
    if (problem.contains("that cannot start any token")) {
      return where + "found character that cannot start any token";
    }
    return where
        + problem
            .replace("sequence entries", "block sequence entries")
            .replace("are not allowed here", "are not allowed in this context");
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0);
  }

  /** Writes a document, with sorted keys as the real server does. */
  static byte[] write(Object value) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1 << 20).build();
    return new Dump(settings).dumpToString(Values.sorted(value)).getBytes(StandardCharsets.UTF_8);
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
    return GoScalars.value((ScalarNode) node);
  }

  private Map<String, Object> object(MappingNode mapping, int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new JsonSyntaxException("yaml: a key of an object must be a string");
      }
      String name = GoScalars.key(key);
      members.put(name, value(tuple.getValueNode(), depth + 1));
      keys.add(name);
    }
    Map<String, Object> object = Values.object(Collections.unmodifiableMap(members));
    return keys.size() == members.size() ? object : RepeatedKeys.object(object, keys);
  }
}
