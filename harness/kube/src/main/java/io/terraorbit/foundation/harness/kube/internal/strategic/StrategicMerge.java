package io.terraorbit.foundation.harness.kube.internal.strategic;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.Field;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges a patch into an object by the schema of its kind.
 *
 * <p>Objects merge member by member and null deletes, as in a JSON merge patch; but lists whose
 * field says {@code merge} merge element by element, too, by a key or by being equal. Directives in
 * the patch ask for more:
 *
 * <pre>
 * $patch: replace | delete           of the object, or of the list element, that it is in
 * $retainKeys: [a, b]                all members but these go
 * $setElementOrder/list: [...]       the order of a list that merges
 * $deleteFromPrimitiveList/list: []  scalars to remove from one
 * </pre>
 *
 * <p>Both values are changed and must be the caller's own: as in Go, a directive that was followed
 * is gone from the patch, which later messages cite.
 */
public final class StrategicMerge {
  private static final String DIRECTIVE = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String DELETE_PREFIX = "$deleteFromPrimitiveList";
  private static final String ORDER_PREFIX = "$setElementOrder";

  private StrategicMerge() {}

  /**
   * The object after the patch.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException if it does not fit
   */
  public static Map<String, Object> merge(
      StructType type, Map<String, Object> object, Map<String, Object> patch) {
    return merge(Place.of(type), object, patch);
  }

  private static Map<String, Object> merge(
      Place place, Map<String, Object> object, Map<String, Object> patch) {
    if (patch.containsKey(DIRECTIVE)) {
      return directed(patch);
    }
    retain(object, patch);
    for (String key : List.copyOf(patch.keySet())) {
      if (key.startsWith(ORDER_PREFIX)) {
        order(place, object, patch, key);
      }
    }
    for (Map.Entry<String, Object> member : patch.entrySet()) {
      if (member.getKey().startsWith(DELETE_PREFIX)) {
        delete(
            place, object, target(member.getKey(), DELETE_PREFIX, "primitive"), member.getValue());
      } else {
        set(place, object, member.getKey(), member.getValue());
      }
    }
    return object;
  }

  private static Map<String, Object> directed(Map<String, Object> patch) {
    Object directive = patch.get(DIRECTIVE);
    if ("delete".equals(directive)) {
      return new java.util.LinkedHashMap<>();
    }
    if (!"replace".equals(directive)) {
      throw Mistakes.directive(directive, patch);
    }
    patch.remove(DIRECTIVE);
    return patch;
  }

  private static void retain(Map<String, Object> object, Map<String, Object> patch) {
    if (!patch.containsKey(RETAIN)) {
      return;
    }
    if (!(patch.remove(RETAIN) instanceof List<?> retained)) {
      throw Mistakes.format("retainKeys");
    }
    Set<Object> keys = new HashSet<>(retained);
    patch.forEach(
        (key, value) -> {
          boolean parallel = key.startsWith(DELETE_PREFIX) || key.startsWith(ORDER_PREFIX);
          if (value != null && !parallel && !keys.contains(key)) {
            throw Mistakes.format("retainKeys");
          }
        });
    object.keySet().retainAll(keys);
  }

  private static String target(String key, String prefix, String what) {
    if (!key.startsWith(prefix + "/")) {
      throw Mistakes.format(what + " list");
    }
    return key.substring(prefix.length() + 1);
  }

  private static void order(
      Place place, Map<String, Object> object, Map<String, Object> patch, String key) {
    List<Object> wanted = Mistakes.list(patch.remove(key));
    String name = target(key, ORDER_PREFIX, "setElementOrder");
    @Nullable List<Object> before =
        object.containsKey(name) ? Mistakes.list(object.get(name)) : null;
    @Nullable List<Object> changes =
        patch.containsKey(name) ? Mistakes.list(patch.get(name)) : null;
    Field field = place.field(name);
    Place elements = Place.elements(field);
    ElementOrder order = new ElementOrder(field.merging().key());
    if (changes != null) {
      checkOrder(order, changes, wanted);
    }
    if (before == null && changes == null) {
      return;
    }
    List<Object> server = before == null ? List.of() : List.copyOf(before);
    List<Object> merged;
    if (changes == null) {
      merged = server;
    } else if (before == null) {
      merged = Mistakes.list(withoutDirectives(changes));
    } else {
      merged = lists(elements, field, before, changes);
    }
    requireObjects(order, wanted, !merged.isEmpty());
    kindOfElements(server, changes == null ? List.of() : changes);
    object.put(name, order.arrange(merged, wanted, server));
    patch.remove(name);
  }

  private static void requireObjects(ElementOrder order, List<Object> wanted, boolean sought) {
    for (int i = 0; sought && !order.key().isEmpty() && i < wanted.size(); i++) {
      if (!(wanted.get(i) instanceof Map<?, ?>)) {
        throw Refusals.bare("value for key %d is not a map".formatted(i));
      }
    }
  }

  /** What is patched must be in the order that the patch asks for. */
  private static void checkOrder(ElementOrder order, List<Object> changes, List<Object> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    boolean keyed = !order.key().isEmpty();
    int next = 0;
    for (Object change : changes) {
      boolean directed = keyed && Mistakes.object(change).containsKey(DIRECTIVE);
      if (directed) {
        continue;
      }
      boolean found = false;
      while (!found && next < wanted.size()) {
        Object candidate = wanted.get(next++);
        found =
            keyed
                ? order.required(change).equals(order.required(candidate))
                : java.util.Objects.equals(change, candidate);
      }
      if (!found) {
        throw Refusals.bare(
            "The order in patch list:\n%s\n doesn't match %s list:\n%s\n"
                .formatted(GoText.of(changes), ORDER_PREFIX, GoText.of(wanted)));
      }
    }
  }

  private static void delete(
      Place place, Map<String, Object> object, String name, @Nullable Object scalars) {
    if (scalars == null) {
      object.remove(name);
    } else if (object.get(name) instanceof List<?> && scalars instanceof List<?>) {
      List<Object> before = Mistakes.list(object.get(name));
      Place.elements(place.field(name));
      if (!before.isEmpty() || !Values.list(scalars).isEmpty()) {
        boolean objects = kindOfElements(before, Values.list(scalars));
        if (objects) {
          throw Refusals.bare(
              "cannot merge lists without merge key for " + place.field(name).name());
        }
      }
      List<Object> kept = new ArrayList<>(before);
      kept.removeAll(new HashSet<>(Values.list(scalars)));
      object.put(name, kept);
    }
  }

  private static void set(
      Place place, Map<String, Object> object, String name, @Nullable Object change) {
    Object before = object.get(name);
    if (change == null) {
      object.remove(name);
    } else if (before instanceof Map<?, ?> && change instanceof Map<?, ?>) {
      Field field = place.field(name);
      object.put(
          name,
          Place.has(field, "replace")
              ? change
              : merge(Place.in(field, 0), Values.object(before), Values.object(change)));
    } else if (before instanceof List<?> && change instanceof List<?>) {
      Field field = place.field(name);
      object.put(
          name, lists(Place.elements(field), field, Values.list(before), Values.list(change)));
    } else {
      withoutNulls(change);
      Object kept = withoutDirectives(change);
      if (kept == null) {
        object.remove(name);
      } else {
        object.put(name, kept);
      }
    }
  }

  private static List<Object> lists(
      Place elements, Field field, List<Object> before, List<Object> changes) {
    if (!Place.has(field, "merge")) {
      return changes;
    }
    if (before.isEmpty() && changes.isEmpty()) {
      return before;
    }
    String key = field.merging().key();
    if (!kindOfElements(before, changes)) {
      ElementOrder order = new ElementOrder("");
      return order.arrange(ElementOrder.union(before, changes), changes, before);
    }
    if (key.isEmpty()) {
      throw Refusals.bare("cannot merge lists without merge key for " + elements.goKind());
    }
    return new KeyedLists(new ElementOrder(key), StrategicMerge::merge)
        .merge(elements, before, changes);
  }

  /** Whether the elements of two lists are objects; they must all be of one type. */
  private static boolean kindOfElements(List<Object> before, List<Object> changes) {
    List<Object> all = new ArrayList<>(before);
    all.addAll(changes);
    if (all.isEmpty()) {
      throw Refusals.bare("no elements in any of the given slices");
    }
    if (all.get(0) instanceof List<?>) {
      throw Refusals.unprocessable();
    }
    String type = GoText.typeOf(all.get(0));
    if (!all.stream().allMatch(element -> GoText.typeOf(element).equals(type))) {
      throw Refusals.bare(
          "list element types are not identical: [%s %s]"
              .formatted(GoText.of(before), GoText.of(changes)));
    }
    return all.get(0) instanceof Map<?, ?>;
  }

  private static void withoutNulls(Object value) {
    if (value instanceof Map<?, ?>) {
      Values.object(value).values().removeIf(java.util.Objects::isNull);
      Values.object(value).values().forEach(StrategicMerge::withoutNulls);
    } else if (value instanceof List<?>) {
      for (Object element : Values.list(value)) {
        if (element != null) {
          withoutNulls(element);
        }
      }
    }
  }

  /** Null where nothing is to be kept. */
  private static @Nullable Object withoutDirectives(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      Map<String, Object> members = Values.object(value);
      if (members.containsKey(DIRECTIVE)) {
        return null;
      }
      members.replaceAll((name, member) -> withoutDirectives(member));
      members.values().removeIf(java.util.Objects::isNull);
      return members;
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> kept = new ArrayList<>();
      for (Object element : Values.list(value)) {
        Object bare = withoutDirectives(element);
        if (bare != null || element == null) {
          kept.add(bare);
        }
      }
      return kept;
    }
    return value;
  }
}
