package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.verbs.Conditions.Condition;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the names that a definition asks for it gets: those that no other definition of its
 * group has, and those that it has already. As the naming controller of {@code
 * k8s.io/apiextensions-apiserver} decides.
 *
 * @param accepted what it has from now on
 * @param condition of type {@code NamesAccepted}
 */
record DefinitionNames(Map<String, Object> accepted, Condition condition) {
  private static final List<String> RESOURCES = List.of("plural", "singular");
  private static final List<String> KINDS = List.of("kind", "listKind");

  static DefinitionNames decide(
      Map<String, Object> definition, Collection<Map<String, Object>> others) {
    Map<String, Object> wanted = Values.objectAt(definition, "spec", "names");
    Map<String, Object> had = Values.objectAt(definition, "status", "acceptedNames");
    Set<Object> resources = new HashSet<>();
    Set<Object> kinds = new HashSet<>();
    for (Map<String, Object> other : others) {
      Map<String, Object> names = Values.objectAt(other, "status", "acceptedNames");
      RESOURCES.forEach(name -> Values.string(names, name).ifPresent(resources::add));
      resources.addAll(Values.listAt(names, "shortNames"));
      KINDS.forEach(name -> Values.string(names, name).ifPresent(kinds::add));
    }
    Map<String, Object> accepted = new LinkedHashMap<>(had);
    Optional<Condition> conflict = Optional.empty();
    for (String name : RESOURCES) {
      conflict = single(name, wanted, had, resources, accepted).or(orElse(conflict));
    }
    conflict = shortNames(wanted, had, resources, accepted).or(orElse(conflict));
    for (String name : KINDS) {
      conflict = single(name, wanted, had, kinds, accepted).or(orElse(conflict));
    }
    take("categories", wanted, accepted);
    return new DefinitionNames(
        accepted,
        conflict.orElse(
            new Condition("NamesAccepted", "True", "NoConflicts", "no conflicts found")));
  }

  boolean allAccepted() {
    return condition.status().equals("True");
  }

  private static java.util.function.Supplier<Optional<Condition>> orElse(
      Optional<Condition> earlier) {
    return () -> earlier;
  }

  private static Optional<Condition> single(
      String name,
      Map<String, Object> wanted,
      Map<String, Object> had,
      Set<Object> used,
      Map<String, Object> accepted) {
    String text = Values.string(wanted, name).orElse("");
    if (!text.equals(Values.string(had, name).orElse("")) && used.contains(text)) {
      String reason = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
      return Optional.of(conflict(reason, inUse(text)));
    }
    take(name, wanted, accepted);
    return Optional.empty();
  }

  private static Optional<Condition> shortNames(
      Map<String, Object> wanted,
      Map<String, Object> had,
      Set<Object> used,
      Map<String, Object> accepted) {
    List<Object> old = Values.listAt(had, "shortNames");
    List<String> problems = new ArrayList<>();
    for (Object name : Values.listAt(wanted, "shortNames")) {
      if (!old.contains(name) && used.contains(name)) {
        problems.add(inUse(String.valueOf(name)));
      }
    }
    if (problems.isEmpty()) {
      take("shortNames", wanted, accepted);
      return Optional.empty();
    }
    String all = String.join(", ", problems);
    return Optional.of(conflict("ShortNames", problems.size() == 1 ? all : "[" + all + "]"));
  }

  private static void take(String name, Map<String, Object> wanted, Map<String, Object> accepted) {
    Object value = wanted.get(name);
    if (value == null) {
      accepted.remove(name);
    } else {
      accepted.put(name, value);
    }
  }

  private static Condition conflict(String what, String message) {
    return new Condition("NamesAccepted", "False", what + "Conflict", message);
  }

  private static String inUse(String name) {
    return "\"%s\" is already in use".formatted(name);
  }
}
