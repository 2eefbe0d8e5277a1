package io.terraorbit.foundation.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * A set of paths, held as a tree. That a path is in the set says nothing about those above and
 * below it. Immutable; two are equal when they hold the same paths.
 *
 * <p>Every operation on two sets is one walk along both sorted levels ({@link #zip}), with a rule
 * that says what becomes of one element. Subtrees that cannot change are shared, not copied.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class FieldSet {
  /** The set without any path. */
  public static final FieldSet EMPTY = new FieldSet(List.of());

  private final List<Node> nodes;

  /**
   * What the set holds at and below one element.
   *
   * @param member whether the path that ends here is in the set
   * @param below the rest of the longer ones
   */
  record Node(PathElement element, boolean member, FieldSet below) {
    boolean holds() {
      return member || !below.isEmpty();
    }
  }

  /** What becomes of one element of two sets. */
  private interface Rule {
    Node combine(Node left, Node right);
  }

  /**
   * A set of one level.
   *
   * @param nodes sorted, each of which holds something
   */
  private FieldSet(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** The set of these nodes, which come sorted; those that hold nothing are left out. */
  static FieldSet ofSorted(List<Node> nodes) {
    List<Node> kept = nodes.stream().filter(Node::holds).toList();
    return kept.isEmpty() ? EMPTY : new FieldSet(kept);
  }

  /** The set of these paths; the empty path, which is the whole object, is never in a set. */
  public static FieldSet of(FieldPath... paths) {
    FieldSetBuilder builder = new FieldSetBuilder();
    Arrays.stream(paths).forEach(path -> builder.add(path.elements()));
    return builder.build();
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Whether it holds no path. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** The number of its paths. */
  public int size() {
    int size = 0;
    for (Node node : nodes) {
      size += node.below.size() + (node.member ? 1 : 0);
    }
    return size;
  }

  /** Whether a path is in the set. */
  public boolean contains(FieldPath path) {
    FieldSet level = this;
    boolean member = false;
    for (PathElement element : path.elements()) {
      Optional<Node> node = level.find(element);
      if (node.isEmpty()) {
        return false;
      }
      member = node.get().member;
      level = node.get().below;
    }
    return member;
  }

  /** The paths below an element, each without that element. */
  public FieldSet below(PathElement element) {
    return find(element).map(Node::below).orElse(EMPTY);
  }

  boolean has(PathElement element) {
    return find(element).filter(Node::member).isPresent();
  }

  private Optional<Node> find(PathElement element) {
    int low = 0;
    int high = nodes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int difference = nodes.get(middle).element.compareTo(element);
      if (difference == 0) {
        return Optional.of(nodes.get(middle));
      }
      if (difference < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** The paths that are in this set or in the other. */
  public FieldSet union(FieldSet other) {
    if (other.isEmpty()) {
      return this;
    }
    return isEmpty()
        ? other
        : zip(
            other,
            (left, right) ->
                new Node(left.element, left.member || right.member, left.below.union(right.below)));
  }

  /** The paths that are in both sets. */
  public FieldSet intersection(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return EMPTY;
    }
    return zip(
        other,
        (left, right) ->
            new Node(
                left.element, left.member && right.member, left.below.intersection(right.below)));
  }

  /** The paths of this set that are not in the other, whatever is above them there. */
  public FieldSet difference(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    return zip(
        other,
        (left, right) ->
            new Node(
                left.element, left.member && !right.member, left.below.difference(right.below)));
  }

  /** The paths of this set that neither are in the other nor lie below one that is. */
  public FieldSet outside(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    return zip(
        other,
        (left, right) ->
            right.member
                ? new Node(left.element, false, EMPTY)
                : new Node(left.element, left.member, left.below.outside(right.below)));
  }

  private FieldSet zip(FieldSet other, Rule rule) {
    List<Node> result = new ArrayList<>(Math.max(nodes.size(), other.nodes.size()));
    int left = 0;
    int right = 0;
    while (left < nodes.size() || right < other.nodes.size()) {
      int order = order(left, other, right);
      PathElement element = (order <= 0 ? nodes.get(left) : other.nodes.get(right)).element;
      Node none = new Node(element, false, EMPTY);
      result.add(
          rule.combine(
              order <= 0 ? nodes.get(left) : none, order >= 0 ? other.nodes.get(right) : none));
      left += order <= 0 ? 1 : 0;
      right += order >= 0 ? 1 : 0;
    }
    return ofSorted(result);
  }

  /** Negative if the next element is one of this set alone, positive if one of the other alone. */
  private int order(int left, FieldSet other, int right) {
    if (left == nodes.size()) {
      return 1;
    }
    return right == other.nodes.size()
        ? -1
        : nodes.get(left).element.compareTo(other.nodes.get(right).element);
  }

  /**
   * The set, together with each path of a longer one that ends at a member that the type names:
   * such members come and go with what is in them.
   */
  FieldSet withNamedMembers(FieldType type) {
    List<Node> result = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      boolean named =
          node.element instanceof PathElement.Field field
              && type.map() != null
              && type.map().names(field.name());
      result.add(
          new Node(
              node.element,
              node.member || (named && !node.below.isEmpty()),
              node.below.withNamedMembers(type.at(node.element))));
    }
    return ofSorted(result);
  }

  /** Its paths: at each level first those that end there, then the longer ones. */
  public List<FieldPath> paths() {
    List<FieldPath> paths = new ArrayList<>();
    walk(new ArrayList<>(), paths::add);
    return Collections.unmodifiableList(paths);
  }

  private void walk(List<PathElement> prefix, Consumer<FieldPath> visitor) {
    for (Node node : nodes) {
      if (node.member) {
        prefix.add(node.element);
        visitor.accept(new FieldPath(prefix));
        prefix.remove(prefix.size() - 1);
      }
    }
    for (Node node : nodes) {
      prefix.add(node.element);
      node.below.walk(prefix, visitor);
      prefix.remove(prefix.size() - 1);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSet set && nodes.equals(set.nodes);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(nodes);
  }

  @Override
  public String toString() {
    return paths().toString();
  }
}
