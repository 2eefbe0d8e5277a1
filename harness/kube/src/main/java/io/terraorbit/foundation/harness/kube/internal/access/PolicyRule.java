package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one rule of a role lets its subjects do, as in {@code rbac.authorization.k8s.io/v1}.
 * Immutable.
 *
 * @param names of objects; empty for all
 * @param paths of requests that are for no resource
 */
record PolicyRule(
    List<String> verbs,
    List<String> groups,
    List<String> resources,
    List<String> names,
    List<String> paths) {
  private static final String ALL = "*";

  PolicyRule {
    verbs = List.copyOf(verbs);
    groups = List.copyOf(groups);
    resources = List.copyOf(resources);
    names = List.copyOf(names);
    paths = List.copyOf(paths);
  }

  static PolicyRule read(Object json) {
    return new PolicyRule(
        texts(json, "verbs"),
        texts(json, "apiGroups"),
        texts(json, "resources"),
        texts(json, "resourceNames"),
        texts(json, "nonResourceURLs"));
  }

  boolean allows(RequestInfo request) {
    if (!any(verbs, request.verb())) {
      return false;
    }
    return request.isResource()
        ? any(groups, request.group())
            && coversResource(request.resourceWithPart(), request.subresource())
            && (names.isEmpty() || names.contains(request.name()))
        : paths.stream().anyMatch(pattern -> covers(pattern, request.path()));
  }

  /** Whether all that another rule of a single verb, group and so on allows, this allows, too. */
  boolean coversSingle(PolicyRule single) {
    return any(verbs, single.verbs.get(0))
        && (single.paths.isEmpty()
            ? any(groups, single.groups.get(0))
                && coversResource(single.resources.get(0), part(single.resources.get(0)))
                && (names.isEmpty() || (names.containsAll(single.names) && !single.names.isEmpty()))
            : paths.stream().anyMatch(pattern -> covers(pattern, single.paths.get(0))));
  }

  /** The rule, broken into rules of a single verb, group, resource, name or path. */
  List<PolicyRule> singles() {
    return verbs.stream()
        .flatMap(
            verb ->
                Stream.concat(
                    groups.stream()
                        .flatMap(group -> resources.stream().flatMap(r -> named(verb, group, r))),
                    paths.stream()
                        .map(
                            path ->
                                new PolicyRule(
                                    List.of(verb),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    List.of(path)))))
        .toList();
  }

  /** Rules of single verbs, as the real server prints them in refusals: verbs put together. */
  static String text(List<PolicyRule> singles) {
    Map<String, TreeSet<String>> verbs = new TreeMap<>();
    singles.forEach(
        rule ->
            verbs.computeIfAbsent(rule.withoutVerbs(), key -> new TreeSet<>()).addAll(rule.verbs));
    return verbs.entrySet().stream()
        .map(
            entry ->
                entry.getValue().stream()
                    .map(verb -> "\"" + verb + "\"")
                    .collect(Collectors.joining(" ", "{" + entry.getKey() + ", Verbs:[", "]}")))
        .collect(Collectors.joining("\n"));
  }

  private String withoutVerbs() {
    StringBuilder text = new StringBuilder();
    part(text, "APIGroups", groups);
    part(text, "Resources", resources);
    part(text, "ResourceNames", names);
    part(text, "NonResourceURLs", paths);
    return text.toString();
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("verbs", verbs);
    if (paths.isEmpty()) {
      json.put("apiGroups", groups);
      json.put("resources", resources);
      if (!names.isEmpty()) {
        json.put("resourceNames", names);
      }
    } else {
      json.put("nonResourceURLs", paths);
    }
    return json;
  }

  boolean ofPaths() {
    return !paths.isEmpty();
  }

  private Stream<PolicyRule> named(String verb, String group, String resource) {
    List<List<String>> each =
        names.isEmpty() ? List.of(List.of()) : names.stream().map(List::of).toList();
    return each.stream()
        .map(
            name ->
                new PolicyRule(List.of(verb), List.of(group), List.of(resource), name, List.of()));
  }

  private boolean coversResource(String wanted, String part) {
    return any(resources, wanted) || (!part.isEmpty() && resources.contains("*/" + part));
  }

  private static String part(String resource) {
    int slash = resource.indexOf('/');
    return slash < 0 ? "" : resource.substring(slash + 1);
  }

  private static boolean covers(String pattern, String path) {
    return pattern.equals(ALL)
        || pattern.equals(path)
        || (pattern.endsWith(ALL) && path.startsWith(pattern.substring(0, pattern.length() - 1)));
  }

  private static boolean any(List<String> allowed, String wanted) {
    return allowed.contains(ALL) || allowed.contains(wanted);
  }

  private static void part(StringBuilder text, String name, List<String> values) {
    if (!values.isEmpty()) {
      text.append(text.length() > 0 ? ", " : "")
          .append(name)
          .append(
              values.stream()
                  .map(value -> "\"" + value + "\"")
                  .collect(Collectors.joining(" ", ":[", "]")));
    }
  }

  private static List<String> texts(Object json, String member) {
    return Values.listAt(json, member).stream().map(String::valueOf).toList();
  }
}
