package io.terraorbit.foundation.harness.kubeschemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the declarations of one Go package of API types, as far as facts can be had from them.
 *
 * <p>Not a parser of Go: the files are formatted by gofmt and written to the conventions of the
 * Kubernetes API, so a line is enough context. Markers ({@code // +name=value}) stand in the
 * comment before what they are about; a tag says how a field is called in JSON.
 */
final class GoSource {
  private static final Pattern IMPORT = Pattern.compile("\\s*(?:(\\w+) )?\"([\\w./-]+)\"");
  private static final Pattern TYPE = Pattern.compile("type (\\w+) (=? ?)(.+?)( \\{)?(?: //.*)?");
  private static final Pattern FIELD =
      Pattern.compile("\\s+(?:(\\w+)\\s+)?([\\w.*\\[\\]]+)\\s+`(.*)`(?:\\s*//.*)?");
  private static final Pattern CONSTANT =
      Pattern.compile("\\s+(?:const )?(\\w+)\\s+([\\w.]+)\\s+= (\"[^\"]*\"|\\w+)(?:\\s*//.*)?");
  private static final Pattern MARKER = Pattern.compile("\\s*// ?\\+([\\w:-]+)(?:=(.*))?");

  private final String scope;
  private final String goPackage;
  private final Map<String, String> imports = new HashMap<>();
  private final Map<String, List<Field>> structs = new LinkedHashMap<>();
  private final Map<String, String> named = new HashMap<>();
  private final Map<String, Set<String>> values = new LinkedHashMap<>();
  private final Map<String, String> constants = new HashMap<>();
  private final Map<String, Markers> types = new HashMap<>();
  private final Set<String> enums = new LinkedHashSet<>();

  /**
   * @param scope such as {@code apps/v1}: what the names of its types begin with in our tables
   */
  GoSource(String scope) {
    this.scope = scope;
    this.goPackage = scope.substring(scope.indexOf('/') + 1);
  }

  /**
   * A field as it is declared.
   *
   * @param jsonName empty when the field's own fields stand in its place
   * @param options of the JSON tag, such as {@code omitempty}
   */
  record Field(String jsonName, String type, Set<String> options, Markers markers) {}

  /** Markers by name; those that come more than once are joined by commas. */
  record Markers(Map<String, String> values) {
    String get(String name) {
      return values.getOrDefault(name, "");
    }
  }

  String scope() {
    return scope;
  }

  Map<String, List<Field>> structs() {
    return structs;
  }

  Markers markersOf(String type) {
    return types.getOrDefault(type, new Markers(Map.of()));
  }

  /** What a named type that is no structure stands for; empty for others. */
  String underlying(String type) {
    return named.getOrDefault(type, "");
  }

  /** The values of a closed set of strings; empty when the type is none. */
  Set<String> valuesOf(String type) {
    return enums.contains(type) ? values.getOrDefault(type, Set.of()) : Set.of();
  }

  /** The value of a constant, as JSON. */
  String constant(String name) {
    return constants.getOrDefault(name, "");
  }

  /** The scope of the package that a name in this source is qualified with. */
  String imported(String alias) {
    return imports.getOrDefault(alias, alias);
  }

  String goPackage() {
    return goPackage;
  }

  /** Takes in one more file of the package. */
  void read(List<String> lines) {
    Map<String, String> markers = new LinkedHashMap<>();
    List<Field> fields = null;
    for (String line : lines) {
      Matcher marker = MARKER.matcher(line);
      if (marker.matches()) {
        String value = marker.group(2) == null ? "" : marker.group(2).trim();
        markers.merge(marker.group(1), value, (had, more) -> had + "," + more);
      } else if (fields != null && line.equals("}")) {
        fields = null;
        markers.clear();
      } else if (fields != null) {
        field(line, markers, fields);
      } else {
        fields = declaration(line, markers);
      }
    }
  }

  private static void field(String line, Map<String, String> markers, List<Field> fields) {
    Matcher matcher = FIELD.matcher(line);
    if (matcher.matches()) {
      String tag = tag(matcher.group(3), "json");
      List<String> parts = new ArrayList<>(List.of(tag.split(",", -1)));
      String name = parts.remove(0);
      Map<String, String> all = new LinkedHashMap<>(markers);
      for (String patch : List.of("patchStrategy", "patchMergeKey")) {
        String value = tag(matcher.group(3), patch);
        if (!value.isEmpty()) {
          all.put(patch, value);
        }
      }
      if (!name.equals("-")) {
        fields.add(new Field(name, matcher.group(2), Set.copyOf(parts), new Markers(all)));
      }
      markers.clear();
    } else if (line.isBlank()) {
      markers.clear();
    }
  }

  @SuppressWarnings("NullAway") // groups 1 to 3 of a declaration always match
  private @org.jspecify.annotations.Nullable List<Field> declaration(
      String line, Map<String, String> markers) {
    Matcher imported = IMPORT.matcher(line);
    if (imported.matches()) {
      String[] path = imported.group(2).split("/");
      String last = path[path.length - 1];
      String alias = imported.group(1) == null ? last : imported.group(1);
      imports.put(alias, path.length < 2 ? last : path[path.length - 2] + "/" + last);
      return null;
    }
    Matcher constant = CONSTANT.matcher(line);
    if (constant.matches()) {
      constants.put(constant.group(1), constant.group(3));
      if (constant.group(3).startsWith("\"")) {
        values
            .computeIfAbsent(constant.group(2), type -> new LinkedHashSet<>())
            .add(constant.group(3).substring(1, constant.group(3).length() - 1));
      }
      return null;
    }
    Matcher type = TYPE.matcher(line);
    if (type.matches()) {
      return type(type.group(1), type.group(3), markers);
    }
    if (!line.trim().startsWith("//")) {
      markers.clear();
    }
    return null;
  }

  private @org.jspecify.annotations.Nullable List<Field> type(
      String name, String definition, Map<String, String> markers) {
    if (markers.containsKey("enum")) {
      enums.add(name);
    }
    types.put(name, new Markers(new LinkedHashMap<>(markers)));
    markers.clear();
    if (definition.startsWith("struct")) {
      List<Field> fields = new ArrayList<>();
      structs.put(name, fields);
      return definition.endsWith("}") ? null : fields;
    }
    if (!definition.startsWith("interface") && !definition.startsWith("func")) {
      named.put(name, definition);
    }
    return null;
  }

  private static String tag(String tags, String name) {
    int at = tags.indexOf(name + ":\"");
    if (at < 0) {
      return "";
    }
    int start = at + name.length() + 2;
    return tags.substring(start, tags.indexOf('"', start));
  }
}
