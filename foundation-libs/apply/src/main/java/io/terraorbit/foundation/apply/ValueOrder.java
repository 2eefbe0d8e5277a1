package io.terraorbit.foundation.apply;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A total order of JSON values: numbers, strings, Booleans, arrays, objects, null. Numbers compare
 * by their value, so that {@code 1} and {@code 1.0} are equal. Stateless.
 */
final class ValueOrder implements Comparator<@Nullable Object> {
  static final ValueOrder ORDER = new ValueOrder();

  private ValueOrder() {}

  static boolean same(@Nullable Object left, @Nullable Object right) {
    return left == right || ORDER.compare(left, right) == 0;
  }

  @Override
  public int compare(@Nullable Object left, @Nullable Object right) {
    int byKind = Integer.compare(rank(left), rank(right));
    if (byKind != 0 || left == null || right == null) {
      return byKind;
    }
    if (left instanceof Number number) {
      return compareNumbers(number, (Number) right);
    }
    if (left instanceof String text) {
      return text.compareTo((String) right);
    }
    if (left instanceof Boolean flag) {
      return flag.compareTo((Boolean) right);
    }
    return left instanceof List<?> elements
        ? compareLists(elements, (List<?>) right)
        : compareMaps((Map<?, ?>) left, (Map<?, ?>) right);
  }

  private static int rank(@Nullable Object value) {
    if (value == null) {
      return 5;
    }
    if (value instanceof Number) {
      return 0;
    }
    if (value instanceof String) {
      return 1;
    }
    if (value instanceof Boolean) {
      return 2;
    }
    return value instanceof List<?> ? 3 : 4;
  }

  private static int compareNumbers(Number left, Number right) {
    if (left instanceof Long first && right instanceof Long second) {
      return Long.compare(first, second);
    }
    return decimal(left).compareTo(decimal(right));
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof BigInteger big) {
      return new BigDecimal(big);
    }
    return number instanceof Double || number instanceof Float
        ? BigDecimal.valueOf(number.doubleValue())
        : BigDecimal.valueOf(number.longValue());
  }

  private int compareLists(List<?> left, List<?> right) {
    Iterator<?> others = right.iterator();
    for (Object element : left) {
      int difference = others.hasNext() ? compare(element, others.next()) : 1;
      if (difference != 0) {
        return difference;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private int compareMaps(Map<?, ?> left, Map<?, ?> right) {
    Iterator<String> others = names(right).iterator();
    for (String name : names(left)) {
      if (!others.hasNext()) {
        return 1;
      }
      String other = others.next();
      int difference = name.compareTo(other);
      difference = difference == 0 ? compare(left.get(name), right.get(other)) : difference;
      if (difference != 0) {
        return difference;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private static Set<String> names(Map<?, ?> map) {
    Set<String> names = new TreeSet<>();
    map.keySet().forEach(name -> names.add((String) name));
    return names;
  }
}
