package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations of RFC 6902, one after the other. Immutable. */
final class JsonPatch implements Patch {
  private static final int MAX_OPERATIONS = 10_000;

  private final List<?> operations;

  JsonPatch(List<?> operations) {
    if (operations.size() > MAX_OPERATIONS) {
      throw Refusals.tooManyOperations(operations.size(), MAX_OPERATIONS);
    }
    this.operations = Collections.unmodifiableList(new ArrayList<>(operations));
  }

  @Override
  public Map<String, Object> apply(Map<String, Object> object) {
    Object result = object;
    for (Object operation : operations) {
      result = step(result, operation);
    }
    if (result instanceof Map<?, ?>) {
      return Values.object(result);
    }
    throw Refusals.unprocessable();
  }

  private static @Nullable Object step(@Nullable Object root, Object operation) {
    List<String> path = pointer(operation, "path");
    switch (Values.string(operation, "op").orElse("")) {
      case "add" -> {
        if (path.isEmpty()) {
          throw Refusals.unprocessable();
        }
        return add(root, path, value(operation));
      }
      case "remove" -> {
        return remove(root, path);
      }
      case "replace" -> {
        get(root, path);
        return path.isEmpty() ? value(operation) : set(root, path, value(operation));
      }
      case "move" -> {
        List<String> from = pointer(operation, "from");
        return add(remove(root, from), path, get(root, from));
      }
      case "copy" -> {
        return add(root, path, get(root, pointer(operation, "from")));
      }
      case "test" -> {
        if (!Objects.equals(getOrNull(root, path), value(operation))) {
          throw Refusals.unprocessable();
        }
        return root;
      }
      default -> throw Refusals.unprocessable();
    }
  }

  private static @Nullable Object get(@Nullable Object root, List<String> path) {
    Object current = root;
    for (String token : path) {
      if (current instanceof Map<?, ?> members && members.containsKey(token)) {
        current = members.get(token);
      } else if (current instanceof List<?> elements) {
        current = elements.get(index(token, elements.size() - 1));
      } else {
        throw Refusals.unprocessable();
      }
    }
    return current;
  }

  /** As {@link #get}, but a member that is not there is null, as the real server tests it. */
  private static @Nullable Object getOrNull(@Nullable Object root, List<String> path) {
    if (path.isEmpty()) {
      return root;
    }
    String last = path.get(path.size() - 1);
    Object parent = get(root, path.subList(0, path.size() - 1));
    return parent instanceof Map<?, ?> members ? members.get(last) : get(parent, List.of(last));
  }

  private static @Nullable Object add(
      @Nullable Object root, List<String> path, @Nullable Object value) {
    if (path.isEmpty()) {
      return value;
    }
    return edit(
        root,
        path,
        (elements, token) ->
            elements.add(
                token.equals("-") ? elements.size() : index(token, elements.size()), value),
        (members, token) -> members.put(token, value));
  }

  private static @Nullable Object set(
      @Nullable Object root, List<String> path, @Nullable Object value) {
    return edit(
        root,
        path,
        (elements, token) -> elements.set(index(token, elements.size() - 1), value),
        (members, token) -> members.put(token, value));
  }

  private static @Nullable Object remove(@Nullable Object root, List<String> path) {
    get(root, path);
    if (path.isEmpty()) {
      throw Refusals.unprocessable();
    }
    return edit(
        root,
        path,
        (elements, token) -> elements.remove(index(token, elements.size() - 1)),
        (members, token) -> members.remove(token));
  }

  private static Object edit(
      @Nullable Object root, List<String> path, ListEdit listEdit, MapEdit mapEdit) {
    String token = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (root instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(Values.object(members));
      if (rest.isEmpty()) {
        mapEdit.edit(copy, token);
      } else if (copy.containsKey(token)) {
        copy.put(token, edit(copy.get(token), rest, listEdit, mapEdit));
      } else {
        throw Refusals.unprocessable();
      }
      return Collections.unmodifiableMap(copy);
    }
    if (root instanceof List<?> elements) {
      List<@Nullable Object> copy = new ArrayList<>(elements);
      if (rest.isEmpty()) {
        listEdit.edit(copy, token);
      } else {
        int index = index(token, copy.size() - 1);
        copy.set(index, edit(copy.get(index), rest, listEdit, mapEdit));
      }
      return Collections.unmodifiableList(copy);
    }
    throw Refusals.unprocessable();
  }

  /** Counts from the end below zero, which is the real server's own addition to the RFC. */
  private static int index(String token, int last) {
    if (!token.matches("-?(0|[1-9]\\d{0,8})")) {
      throw Refusals.unprocessable();
    }
    int index = Integer.parseInt(token);
    int found = index < 0 ? index + last + 1 : index;
    if (found < 0 || found > last) {
      throw Refusals.unprocessable();
    }
    return found;
  }

  /** The value; null when there is none, as Go reads it. */
  private static @Nullable Object value(Object operation) {
    return operation instanceof Map<?, ?> members ? members.get("value") : null;
  }

  private static List<String> pointer(Object operation, String member) {
    String pointer = Values.string(operation, member).orElseThrow(Refusals::unprocessable);
    if (pointer.isEmpty()) {
      return List.of();
    }
    if (!pointer.startsWith("/")) {
      throw Refusals.unprocessable();
    }
    List<String> tokens = new ArrayList<>();
    for (String token : pointer.substring(1).split("/", -1)) {
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return tokens;
  }

  private interface ListEdit {
    void edit(List<@Nullable Object> elements, String token);
  }

  private interface MapEdit {
    void edit(Map<String, @Nullable Object> members, String token);
  }
}
