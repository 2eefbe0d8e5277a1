package io.terraorbit.foundation.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects paths in any order. Confined to one walk. */
final class FieldSetBuilder {
  private final Map<PathElement, Branch> branches = new TreeMap<>();

  private static final class Branch {
    private final FieldSetBuilder below = new FieldSetBuilder();
    private boolean member;
  }

  /** Adds a path; the empty one is ignored, for nobody owns the whole object. */
  void add(List<PathElement> path) {
    FieldSetBuilder level = this;
    Branch last = null;
    for (PathElement element : path) {
      last = level.branches.computeIfAbsent(element, any -> new Branch());
      level = last.below;
    }
    if (last != null) {
      last.member = true;
    }
  }

  FieldSet build() {
    if (branches.isEmpty()) {
      return FieldSet.EMPTY;
    }
    List<FieldSet.Node> nodes = new ArrayList<>(branches.size());
    branches.forEach(
        (element, branch) ->
            nodes.add(new FieldSet.Node(element, branch.member, branch.below.build())));
    return FieldSet.ofSorted(nodes);
  }
}
