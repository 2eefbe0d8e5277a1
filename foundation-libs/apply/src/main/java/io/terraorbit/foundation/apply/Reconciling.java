package io.terraorbit.foundation.apply;

import java.util.List;

/** Brings a set of fields that was written under an older type into line. Stateless. */
@SuppressWarnings("ReferenceEquality") // the same set means, cheaply, that nothing changed
final class Reconciling {
  private Reconciling() {}

  static FieldSet reconcile(FieldType type, FieldSet fields) {
    MapShape map = type.map();
    if (map != null && map.deduced()) {
      return fields;
    }
    boolean changed = false;
    List<FieldSet.Node> nodes = new java.util.ArrayList<>(fields.nodes().size());
    for (FieldSet.Node node : fields.nodes()) {
      FieldSet.Node now = reconcile(type, node);
      changed |= now != node;
      nodes.add(now);
    }
    return changed ? FieldSet.ofSorted(nodes) : fields;
  }

  private static FieldSet.Node reconcile(FieldType type, FieldSet.Node node) {
    if (node.below().isEmpty() || !knows(type, node.element())) {
      return node;
    }
    FieldType below = type.at(node.element());
    if (whole(below)) {
      return new FieldSet.Node(node.element(), true, FieldSet.EMPTY);
    }
    FieldSet reconciled = reconcile(below, node.below());
    return reconciled == node.below()
        ? node
        : new FieldSet.Node(node.element(), node.member(), reconciled);
  }

  private static boolean knows(FieldType type, PathElement element) {
    if (element instanceof PathElement.Field field) {
      return type.map() != null
          && (type.map().names(field.name()) || type.map().others().isPresent());
    }
    return type.list() != null;
  }

  /** Whether values of a type are owned as a whole; scalars have nothing below them. */
  private static boolean whole(FieldType type) {
    if (type.map() != null) {
      return !type.map().deduced() && type.map().atomic();
    }
    return type.scalar() == null && type.list() != null && type.list().atomic();
  }
}
