package io.terraorbit.foundation.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map that remembers which keys its text repeats. Immutable. */
final class RepeatingObject extends AbstractMap<String, @Nullable Object> implements RepeatedKeys {
  private final Map<String, @Nullable Object> members;
  private final List<String> keys;

  RepeatingObject(Map<String, @Nullable Object> members, List<String> keys) {
    this.members = Collections.unmodifiableMap(members);
    this.keys = List.copyOf(keys);
  }

  @Override
  public List<String> keys() {
    return keys;
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return members.entrySet();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return members.containsKey(key);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return members.get(key);
  }
}
