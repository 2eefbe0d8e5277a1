package io.terraorbit.foundation.chaos.scenario.internal.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns YAML 1.2 (JSON schema) into nodes with lines. Confined to the thread that reads. */
public final class YamlFile {
  /** Deeper nesting is refused; it also ends a value that contains itself. */
  private static final int MAX_DEPTH = 100;

  private final Mistakes mistakes;

  private YamlFile(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** The documents of a text; what cannot be read is a mistake and is left out. */
  public static List<YamlNode> read(String text, Mistakes mistakes) {
    YamlFile file = new YamlFile(mistakes);
    List<YamlNode> documents = new ArrayList<>();
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(mistakes.file()).build();
      for (Node root : new Compose(settings).composeAllFromString(text)) {
        documents.add(file.node(root, 0));
      }
    } catch (MarkedYamlEngineException e) {
      file.syntax(e.getProblemMark().map(Mark::getLine).orElse(0) + 1, e.getProblem());
    } catch (YamlEngineException e) {
      file.syntax(1, String.valueOf(e.getMessage()));
    }
    return documents;
  }

  private void syntax(int line, @Nullable String problem) {
    mistakes.add(
        line,
        "SCENARIO_YAML_SYNTAX",
        "is not YAML: " + problem,
        "",
        "Correct the syntax; indentation and quotes are the usual suspects.");
  }

  private YamlNode node(Node node, int depth) {
    int line = line(node);
    if (depth > MAX_DEPTH) {
      syntax(line, "it is nested more than %d deep".formatted(MAX_DEPTH));
      return new YamlNode.Scalar(line, null, "");
    }
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, depth);
    }
    if (node instanceof SequenceNode sequence) {
      return new YamlNode.Sequence(
          line, sequence.getValue().stream().map(element -> node(element, depth + 1)).toList());
    }
    return scalar((ScalarNode) node);
  }

  private YamlNode mapping(MappingNode mapping, int depth) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = line(tuple.getKeyNode());
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      if (!seen.add(key)) {
        mistakes.add(
            line,
            "SCENARIO_KEY_DUPLICATE",
            "has the key '%s' a second time".formatted(key),
            "A mapping holds each key once",
            "Remove one of the two.");
      } else {
        entries.add(new YamlNode.Entry(key, line, node(tuple.getValueNode(), depth + 1)));
      }
    }
    return new YamlNode.Mapping(line(mapping), entries);
  }

  private YamlNode scalar(ScalarNode scalar) {
    return new YamlNode.Scalar(line(scalar), plainValue(scalar), scalar.getValue());
  }

  private static @Nullable Object plainValue(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return text.equals("true");
    }
    if (tag.equals(Tag.INT)) {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
    if (tag.equals(Tag.FLOAT)) {
      return decimal(text);
    }
    return text;
  }

  private static Object decimal(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
