package io.terraorbit.foundation.harness.kubeschemas;

import io.terraorbit.foundation.harness.kubeschemas.GoSource.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Makes the table of facts from the sources of the public API. Run by hand, see {@code facts}. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class FactsMaker {
  private static final Set<String> KNOWN =
      Set.of("string", "bool", "int32", "int64", "float64", "byte", "[]byte", "int");

  private static final List<String> HEAD =
      List.of(
          "# What no jar says of the types of Kubernetes 1.36, made from the declarations and their"
              + " markers in k8s.io/api,",
          "# apimachinery, apiextensions-apiserver and kube-aggregator by the script 'facts', and"
              + " checked by it.",
          "# Columns: type, field, Go type where it is not the usual one, marks (p: pointer, a: always"
              + " written, z: left out",
          "# when empty), list type or ownership as a whole, list keys, patch strategy, patch merge"
              + " key, default, values.");

  private final Map<String, GoSource> sources = new TreeMap<>();

  FactsMaker() {}

  /**
   * Writes the table.
   *
   * @param args the file to write, then the folders to read: of a package, named {@code
   *     group/version}
   */
  public static void main(String[] args) throws IOException {
    FactsMaker maker = new FactsMaker();
    for (int i = 1; i < args.length; i++) {
      maker.add(Path.of(args[i]));
    }
    List<String> table = new ArrayList<>(HEAD);
    table.addAll(maker.lines());
    Files.write(Path.of(args[0]), table);
  }

  private void add(Path folder) throws IOException {
    int names = folder.getNameCount();
    String scope = folder.getName(names - 2) + "/" + folder.getName(names - 1);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(file -> file.toString().matches(".*types[a-z_]*\\.go")).sorted().toList()) {
        add(scope, Files.readAllLines(file));
      }
    }
  }

  void add(String scope, List<String> lines) {
    sources.computeIfAbsent(scope, GoSource::new).read(lines);
  }

  /** The table's lines, sorted. */
  List<String> lines() {
    List<Fact> facts = new ArrayList<>();
    for (GoSource source : sources.values()) {
      source
          .structs()
          .keySet()
          .forEach(
              name -> {
                String type = source.scope() + "." + name;
                GoSource.Markers markers = source.markersOf(name);
                String atomic = markers.get("structType") + markers.get("mapType");
                if (!atomic.isEmpty()) {
                  facts.add(new Fact(type, Fact.WHOLE, "", "", atomic, "", "", "", "", ""));
                }
                fields(source, type, name, new HashSet<>(), facts);
              });
    }
    return facts.stream().filter(Fact::says).map(Fact::line).distinct().sorted().toList();
  }

  private void fields(
      GoSource source, String type, String struct, Set<String> seen, List<Fact> facts) {
    if (!seen.add(source.scope() + "." + struct)) {
      return;
    }
    for (Field field : source.structs().getOrDefault(struct, List.of())) {
      String bare = field.type().replace("*", "");
      if (field.jsonName().isEmpty()) {
        if (!bare.endsWith("TypeMeta")) {
          Place place = place(source, bare);
          fields(place.source(), type, place.name(), seen, facts);
        }
      } else {
        facts.add(fact(source, type, field));
      }
    }
  }

  private Fact fact(GoSource source, String type, Field field) {
    String bare = field.type().startsWith("*") ? field.type().substring(1) : field.type();
    String marks =
        (field.type().startsWith("*") ? "p" : "")
            + (field.options().contains("omitempty") || field.options().contains("omitzero")
                ? ""
                : "a")
            + (field.options().contains("omitzero") ? "z" : "");
    GoSource.Markers markers = field.markers();
    String listType = markers.get("listType") + markers.get("mapType") + markers.get("structType");
    return new Fact(
        type,
        field.jsonName(),
        goType(source, bare),
        marks,
        listType,
        markers.get("listMapKey"),
        markers.get("patchStrategy"),
        markers.get("patchMergeKey"),
        defaultValue(source, markers.get("default")),
        String.join("|", values(source, bare)));
  }

  private static String defaultValue(GoSource source, String value) {
    return value.startsWith("ref(")
        ? source.constant(value.substring(4, value.length() - 1))
        : value;
  }

  private Set<String> values(GoSource source, String type) {
    String bare = type.startsWith("[]") ? type.substring(2) : type;
    Place place = place(source, bare);
    return new LinkedHashSet<>(place.source().valuesOf(place.name()));
  }

  /** The name of a type as Go prints it; empty where it follows from the JSON type. */
  private String goType(GoSource source, String type) {
    return usual(source, type) ? "" : printed(source, type);
  }

  private boolean usual(GoSource source, String type) {
    if (type.startsWith("[]")) {
      return usual(source, type.substring(2));
    }
    if (type.startsWith("map[string]")) {
      return usual(source, type.substring(11));
    }
    if (type.startsWith("*")) {
      return usual(source, type.substring(1));
    }
    Place place = place(source, type);
    return !type.startsWith("map[")
        && (KNOWN.contains(type) || place.source().underlying(place.name()).isEmpty())
        && !type.equals("types.UID")
        && !type.equals("int");
  }

  private String printed(GoSource source, String type) {
    if (type.startsWith("[]")) {
      return "[]" + printed(source, type.substring(2));
    }
    if (type.startsWith("*")) {
      return "*" + printed(source, type.substring(1));
    }
    if (type.startsWith("map[")) {
      int end = type.indexOf(']');
      return "map[%s]%s"
          .formatted(
              printed(source, type.substring(4, end)), printed(source, type.substring(end + 1)));
    }
    int dot = type.indexOf('.');
    if (dot < 0) {
      return KNOWN.contains(type) ? type : source.goPackage() + "." + type;
    }
    String scope = source.imported(type.substring(0, dot));
    return scope.substring(scope.indexOf('/') + 1) + type.substring(dot);
  }

  private Place place(GoSource source, String type) {
    int dot = type.indexOf('.');
    if (dot < 0) {
      return new Place(source, type);
    }
    String scope = source.imported(type.substring(0, dot));
    return new Place(
        sources.getOrDefault(scope, new GoSource(scope + "/")), type.substring(dot + 1));
  }

  private record Place(GoSource source, String name) {}
}
