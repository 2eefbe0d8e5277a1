package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON that may still be changed, while the server fills it in. What has another type
 * than expected is left alone. Confined to one thread.
 */
final class Draft {
  private final Map<String, @Nullable Object> members;

  private Draft(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /** Changes a copy of an object. */
  static Map<String, Object> change(Map<String, Object> object, Consumer<Draft> changes) {
    Draft draft = new Draft(members(Objects.requireNonNull(thaw(object))));
    changes.accept(draft);
    return Values.object(Objects.requireNonNull(Values.copy(draft.members)));
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  @Nullable Object get(String name) {
    return members.get(name);
  }

  String text(String name) {
    return members.get(name) instanceof String text ? text : "";
  }

  /** A whole number; empty when there is none. */
  Optional<Long> number(String name) {
    return members.get(name) instanceof Long number ? Optional.of(number) : Optional.empty();
  }

  boolean is(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  Draft put(String name, Object value) {
    members.put(name, thaw(value));
    return this;
  }

  void remove(String name) {
    members.remove(name);
  }

  /** Fills in a member that is absent. */
  Draft orElse(String name, Object value) {
    if (!has(name)) {
      put(name, value);
    }
    return this;
  }

  /** Fills in a text that is absent or empty. */
  Draft orText(String name, String value) {
    if (!has(name) || "".equals(members.get(name))) {
      members.put(name, value);
    }
    return this;
  }

  /** Fills in a number that is absent or zero, where the API takes zero for absent. */
  Draft orNumber(String name, long value) {
    if (!has(name) || Long.valueOf(0).equals(members.get(name))) {
      members.put(name, value);
    }
    return this;
  }

  /** The object of a name, made when absent. */
  Draft make(String name) {
    if (!has(name)) {
      members.put(name, new LinkedHashMap<String, @Nullable Object>());
    }
    return find(name).orElseGet(() -> new Draft(new LinkedHashMap<>()));
  }

  Optional<Draft> find(String name) {
    return members.get(name) instanceof Map<?, ?> object
        ? Optional.of(new Draft(members(object)))
        : Optional.empty();
  }

  /** Does something with the object of a name, if there is one. */
  void within(String name, Consumer<Draft> changes) {
    find(name).ifPresent(changes);
  }

  /** Does something with each object in the list of a name. */
  void each(String name, Consumer<Draft> changes) {
    if (members.get(name) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> object) {
          changes.accept(new Draft(members(object)));
        }
      }
    }
  }

  /** Replaces each value of the object of a name. */
  void replaceValues(String name, UnaryOperator<@Nullable Object> change) {
    within(name, object -> object.members.replaceAll((key, value) -> change.apply(value)));
  }

  /** The members, as they are now. */
  Map<String, @Nullable Object> members() {
    return members;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> members(Object object) {
    return (Map<String, @Nullable Object>) object;
  }

  private static @Nullable Object thaw(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      object.forEach((name, member) -> copy.put((String) name, thaw(member)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(thaw(element)));
      return copy;
    }
    return value;
  }
}
