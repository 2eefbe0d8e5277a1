package io.terraorbit.foundation.chaos.scenario.internal.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names for values, written {@code ($name)}. Immutable. */
public final class Bindings {
  private final Map<String, @Nullable Object> values;

  private Bindings(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  public static Bindings none() {
    return new Bindings(Map.of());
  }

  /** These and one more, whose value may use the earlier ones. */
  public Bindings with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(name, resolve(value));
    return new Bindings(more);
  }

  /** Replaces every expression within a value; keys stay as they are. */
  public @Nullable Object resolve(@Nullable Object value) {
    if (value instanceof String text) {
      Term term = Term.of(text);
      return term.expression() ? term.evaluate(Map.of(), this) : term.text();
    }
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
      members.forEach((key, member) -> resolved.put(String.valueOf(key), resolve(member)));
      return Collections.unmodifiableMap(resolved);
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> resolved = new ArrayList<>();
      elements.forEach(element -> resolved.add(resolve(element)));
      return Collections.unmodifiableList(resolved);
    }
    return value;
  }

  /** As {@link #resolve(Object)}, for what must come out as text. */
  public String resolveText(String text) {
    Object resolved = resolve(text);
    if (resolved instanceof String result) {
      return result;
    }
    throw new TreeException("%s is not a text but %s".formatted(text, resolved), null);
  }

  /** Words for people, in which a plain {@code ($name)} gives way to its value. */
  public String shown(String words) {
    String shown = words;
    for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
      shown = shown.replace("($%s)".formatted(value.getKey()), String.valueOf(value.getValue()));
    }
    return shown;
  }

  boolean knows(String name) {
    return values.containsKey(name);
  }

  @Nullable Object get(String name) {
    if (!knows(name)) {
      throw new TreeException(
          "$%s is not bound; there is %s".formatted(name, values.keySet()), null);
    }
    return values.get(name);
  }
}
