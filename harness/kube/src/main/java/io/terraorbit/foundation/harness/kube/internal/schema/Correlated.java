package io.terraorbit.foundation.harness.kube.internal.schema;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value beside the one that it replaces. What is wrong with a value that did not change is
 * forgiven. Members belong together by name, elements only by the keys of a list of type map.
 */
record Correlated(StructuralSchema schema, @Nullable Object before, @Nullable Object now) {
  boolean unchanged() {
    return Objects.equals(before, now);
  }

  Optional<Correlated> member(String name) {
    if (!(before instanceof Map<?, ?> old && old.containsKey(name))
        || !(now instanceof Map<?, ?> fresh && fresh.containsKey(name))) {
      return Optional.empty();
    }
    return schema
        .member(name)
        .map(property -> new Correlated(property, old.get(name), fresh.get(name)));
  }

  Optional<Correlated> element(int index) {
    if (!schema.choices().listType().equals("map")
        || schema.items() == null
        || !(before instanceof List<?> old)
        || !(now instanceof List<?> fresh)
        || index >= fresh.size()) {
      return Optional.empty();
    }
    Object element = fresh.get(index);
    StructuralSchema items = schema.items();
    return old.stream()
        .filter(candidate -> candidate != null && sameKeys(candidate, element))
        .findFirst()
        .map(match -> new Correlated(items, match, element));
  }

  private boolean sameKeys(Object left, @Nullable Object right) {
    return left instanceof Map<?, ?> one
        && right instanceof Map<?, ?> other
        && schema.choices().listMapKeys().stream()
            .allMatch(key -> Objects.equals(one.get(key), other.get(key)));
  }
}
