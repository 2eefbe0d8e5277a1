package io.terraorbit.foundation.context;

import org.apiguardian.api.API;

/**
 * Names a value in a {@link Context}. Two keys are never the same, whatever they are called, so
 * whoever holds the key alone decides who sees the value. Immutable.
 *
 * @param <T> what the value is
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ContextKey<T> {
  private final String name;
  private final Class<T> type;

  private ContextKey(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  /**
   * Makes a new key. Keep it in a constant.
   *
   * @param name for people only
   */
  public static <T> ContextKey<T> of(String name, Class<T> type) {
    return new ContextKey<>(name, type);
  }

  T cast(Object value) {
    return type.cast(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
