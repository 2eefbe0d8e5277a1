package io.terraorbit.foundation.harness.kube.internal.strategic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of a merged list. Immutable.
 *
 * <p>What the patch names keeps the patch's order, what only the server has keeps the server's. The
 * two are interleaved by the server's order where that knows both, and else the patch goes first.
 *
 * @param key by which elements are told apart; empty for elements that are no objects
 */
record ElementOrder(String key) {
  /** How many elements Go sorts by insertion. */
  private static final int INSERTED = 20;

  /** What tells an element from others. */
  @Nullable Object identity(@Nullable Object element) {
    return key.isEmpty() ? element : Mistakes.object(element).get(key);
  }

  /** The identity of an element that must have one. */
  Object required(@Nullable Object element) {
    Map<String, Object> members = Mistakes.object(element);
    Object identity = members.get(key);
    if (identity == null && !members.containsKey(key)) {
      throw Mistakes.noKey(members, key);
    }
    return identity == null ? "" : identity;
  }

  /**
   * Orders a merged list.
   *
   * @param merged in any order
   * @param wanted the order of the patch; what is in it is the patch's
   * @param server the order of the server
   */
  List<Object> arrange(List<Object> merged, List<Object> wanted, List<Object> server) {
    if (!key.isEmpty()) {
      merged.forEach(this::required);
      wanted.forEach(this::required);
    }
    Map<Object, Integer> wantedAt = positions(wanted);
    Map<Object, Integer> serverAt = positions(server);
    List<Object> patched = new ArrayList<>();
    List<Object> kept = new ArrayList<>();
    for (Object element : merged) {
      (wantedAt.containsKey(identity(element)) ? patched : kept).add(element);
    }
    return interleaved(sorted(kept, serverAt), sorted(patched, wantedAt), serverAt);
  }

  private Map<Object, Integer> positions(List<Object> elements) {
    Map<Object, Integer> positions = new HashMap<>();
    for (int i = 0; i < elements.size(); i++) {
      positions.putIfAbsent(identity(elements.get(i)), i);
    }
    return positions;
  }

  /**
   * Sorts by position. Go's comparison says of every element without one that it is less, so that
   * its insertion sort turns the order of these round.
   */
  private List<Object> sorted(List<Object> elements, Map<Object, Integer> positions) {
    List<Object> known = new ArrayList<>();
    List<Object> unknown = new ArrayList<>();
    for (Object element : elements) {
      (positions.containsKey(identity(element)) ? known : unknown).add(element);
    }
    if (unknown.isEmpty() || elements.size() > INSERTED) {
      known.sort(Comparator.comparing(element -> at(positions, element)));
      Collections.reverse(unknown);
      known.addAll(unknown);
      return known;
    }
    List<Object> sorted = new ArrayList<>();
    for (Object element : elements) {
      int place = sorted.size();
      while (place > 0 && less(element, sorted.get(place - 1), positions)) {
        place--;
      }
      sorted.add(place, element);
    }
    return sorted;
  }

  private int at(Map<Object, Integer> positions, Object element) {
    return positions.getOrDefault(identity(element), -1);
  }

  private boolean less(Object left, Object right, Map<Object, Integer> positions) {
    int leftAt = at(positions, left);
    int rightAt = at(positions, right);
    return leftAt < 0 || rightAt < 0 || leftAt < rightAt;
  }

  private List<Object> interleaved(
      List<Object> kept, List<Object> patched, Map<Object, Integer> serverAt) {
    List<Object> all = new ArrayList<>(kept.size() + patched.size());
    int next = 0;
    for (Object element : patched) {
      int place = at(serverAt, element);
      while (next < kept.size() && place >= 0 && isBefore(kept.get(next), place, serverAt)) {
        all.add(kept.get(next++));
      }
      all.add(element);
    }
    all.addAll(kept.subList(next, kept.size()));
    return all;
  }

  private boolean isBefore(Object element, int place, Map<Object, Integer> serverAt) {
    int at = at(serverAt, element);
    return at >= 0 && at < place;
  }

  /** Each of two lists' scalars once, those of the first before those of the second. */
  static List<Object> union(List<Object> first, List<Object> second) {
    Set<Object> both = new LinkedHashSet<>(first);
    both.addAll(second);
    return new ArrayList<>(both);
  }
}
