package io.terraorbit.foundation.harness.kube.internal.kinds;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of JSON whose members keep their order, so that answers repeat exactly. */
final class Members {
  private Members() {}

  /**
   * An object.
   *
   * @param more names and values, in turn
   */
  static Map<String, Object> of(String name, Object value, Object... more) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(name, value);
    for (int i = 0; i + 1 < more.length; i += 2) {
      members.put((String) more[i], more[i + 1]);
    }
    return Collections.unmodifiableMap(members);
  }
}
