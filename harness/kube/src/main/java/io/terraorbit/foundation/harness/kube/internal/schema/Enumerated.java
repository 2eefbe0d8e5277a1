package io.terraorbit.foundation.harness.kube.internal.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a value is one of an {@code enum}. A null never is, as in the real server. */
final class Enumerated {
  private Enumerated() {}

  static boolean contains(List<Object> allowed, @Nullable Object value) {
    if (value == null) {
      return false;
    }
    for (Object one : allowed) {
      if (value.equals(one)
          || (value instanceof Number met
              && one instanceof Number wanted
              && sameNumber(met, wanted))) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameNumber(Number met, Number wanted) {
    return wanted instanceof Double
        ? met.doubleValue() == wanted.doubleValue()
        : met.longValue() == wanted.longValue();
  }
}
