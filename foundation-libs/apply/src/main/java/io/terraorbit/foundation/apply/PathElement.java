package io.terraorbit.foundation.apply;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * One step into a value. In order: fields, keys, items, positions; each kind by its content.
 * Immutable.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface PathElement extends Comparable<PathElement> {

  /**
   * The member of an object.
   *
   * @param name of the member
   */
  record Field(String name) implements PathElement {
    @Override
    public String toString() {
      return "." + name;
    }
  }

  /**
   * The element of a list of objects that some of its members identify.
   *
   * @param members with their values, sorted by name
   */
  record Key(SortedMap<String, Object> members) implements PathElement {
    public Key {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    @Override
    public String toString() {
      StringJoiner text = new StringJoiner(",", "[", "]");
      members.forEach((name, value) -> text.add(name + "=" + ValueText.of(value)));
      return text.toString();
    }
  }

  /**
   * The element of a set.
   *
   * @param value a string, number or Boolean
   */
  record Item(Object value) implements PathElement {
    @Override
    public String toString() {
      return "[=" + ValueText.of(value) + "]";
    }
  }

  /**
   * The element of a list by its position.
   *
   * @param position from 0
   */
  record Index(int position) implements PathElement {
    @Override
    public String toString() {
      return "[" + position + "]";
    }
  }

  /** The member of a name. */
  static PathElement field(String name) {
    return new Field(name);
  }

  /** The element of a list with these members. */
  static PathElement key(Map<String, Object> members) {
    return new Key(new TreeMap<>(members));
  }

  /** The element of a set. */
  static PathElement item(Object value) {
    return new Item(value);
  }

  @Override
  default int compareTo(PathElement other) {
    if (this instanceof Field left && other instanceof Field right) {
      return left.name.compareTo(right.name);
    }
    if (this instanceof Key left && other instanceof Key right) {
      return compareMembers(left.members, right.members);
    }
    if (this instanceof Item left && other instanceof Item right) {
      return ValueOrder.ORDER.compare(left.value, right.value);
    }
    if (this instanceof Index left && other instanceof Index right) {
      return Integer.compare(left.position, right.position);
    }
    return Integer.compare(rank(this), rank(other));
  }

  private static int rank(PathElement element) {
    if (element instanceof Field) {
      return 0;
    }
    if (element instanceof Key) {
      return 1;
    }
    return element instanceof Item ? 2 : 3;
  }

  private static int compareMembers(Map<String, Object> left, Map<String, Object> right) {
    Iterator<Map.Entry<String, Object>> others = right.entrySet().iterator();
    for (Map.Entry<String, Object> member : left.entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, Object> other = others.next();
      int difference = member.getKey().compareTo(other.getKey());
      if (difference == 0) {
        difference = ValueOrder.ORDER.compare(member.getValue(), other.getValue());
      }
      if (difference != 0) {
        return difference;
      }
    }
    return others.hasNext() ? -1 : 0;
  }
}
