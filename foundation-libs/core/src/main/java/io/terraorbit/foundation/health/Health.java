package io.terraorbit.foundation.health;

import org.apiguardian.api.API;

/** How one thing that a program needs is. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Health {
  /** It works. */
  record Up() implements Health {}

  /**
   * It works, but not as it should; requests are still welcome.
   *
   * @param why for people; read by whoever may read the health page, so nothing secret
   */
  record Degraded(String why) implements Health {}

  /**
   * It does not work.
   *
   * @param why for people; read by whoever may read the health page, so nothing secret
   */
  record Down(String why) implements Health {}

  static Health up() {
    return new Up();
  }

  static Health degraded(String why) {
    return new Degraded(why);
  }

  static Health down(String why) {
    return new Down(why);
  }

  /** Whether requests that need it can be served. */
  default boolean serves() {
    return !(this instanceof Down);
  }
}
