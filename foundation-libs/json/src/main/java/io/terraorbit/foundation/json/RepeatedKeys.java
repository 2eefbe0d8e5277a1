package io.terraorbit.foundation.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * An object whose text has a key more than once; it is a {@code Map} as well, in which each key has
 * its last value. Immutable.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RepeatedKeys {
  /** Every key as often as it comes, in the order of the text. */
  List<String> keys();

  /**
   * An object of other origin than JSON.
   *
   * @param members each key with its last value
   * @param keys every key as often as it comes
   */
  static Map<String, Object> object(Map<String, Object> members, List<String> keys) {
    return Values.object(new RepeatingObject(new LinkedHashMap<>(members), keys));
  }
}
