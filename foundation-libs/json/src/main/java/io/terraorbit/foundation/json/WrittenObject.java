package io.terraorbit.foundation.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.SerializedString;

/**
 * A JSON object together with its text, so that to write it again, alone or within another value,
 * is to copy. Immutable, as long as the members that it is made of are.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class WrittenObject extends AbstractMap<String, Object> {
  private final Map<String, Object> members;
  private final SerializedString text;

  private WrittenObject(Map<String, Object> members, SerializedString text) {
    this.members = members;
    this.text = text;
  }

  /** Writes an object; its members may not change any more. */
  public static WrittenObject of(Map<String, Object> members) {
    return new WrittenObject(members, new SerializedString(Json.text(members)));
  }

  /** The number of characters of the text. */
  public int length() {
    return text.charLength();
  }

  SerializedString written() {
    return text;
  }

  @Override
  public @Nullable Object get(Object name) {
    return members.get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return members.containsKey(name);
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return Collections.unmodifiableSet(members.entrySet());
  }
}
