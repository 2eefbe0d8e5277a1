package io.terraorbit.foundation.harness.kube.internal.strategic;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Merges lists of objects that a member tells apart. Immutable. */
record KeyedLists(ElementOrder order, Merger merger) {
  private static final String DIRECTIVE = "$patch";

  /** Merges one element. */
  @FunctionalInterface
  interface Merger {
    Map<String, Object> merge(Place place, Map<String, Object> element, Map<String, Object> patch);
  }

  List<Object> merge(Place elements, List<Object> before, List<Object> changes) {
    List<Object> server = new ArrayList<>(before);
    List<Object> plain = new ArrayList<>();
    boolean replace = false;
    for (Object change : changes) {
      Map<String, Object> members = Values.object(change);
      if (members.containsKey(DIRECTIVE)) {
        replace |= follow(members, server);
      } else {
        plain.add(change);
      }
    }
    return replace
        ? order.arrange(plain, List.of(), plain)
        : order.arrange(merged(elements, server, plain), plain, server);
  }

  /** Whether the list is to be replaced. */
  private boolean follow(Map<String, Object> change, List<Object> server) {
    String directive = GoText.of(change.get(DIRECTIVE));
    switch (directive) {
      case "delete" -> {
        if (!change.containsKey(order.key())) {
          throw Mistakes.noKey(change, order.key());
        }
        Object gone = order.required(change);
        server.removeIf(element -> gone.equals(order.identity(element)));
        return false;
      }
      case "replace" -> {
        return true;
      }
      case "merge" -> throw Refusals.bare("merging lists cannot yet be specified in the patch");
      default -> throw Mistakes.directive(directive, change);
    }
  }

  private List<Object> merged(Place elements, List<Object> server, List<Object> changes) {
    List<Object> merged = new ArrayList<>(server);
    Map<Object, Integer> positions = new HashMap<>();
    for (int i = 0; i < merged.size(); i++) {
      Object identity = order.identity(merged.get(i));
      if (identity != null) {
        positions.putIfAbsent(identity, i);
      }
    }
    for (Object change : changes) {
      Integer at = positions.get(order.required(change));
      if (at == null) {
        positions.put(order.required(change), merged.size());
        merged.add(change);
      } else {
        merged.set(
            at, merger.merge(elements, Values.object(merged.get(at)), Values.object(change)));
      }
    }
    return merged;
  }
}
