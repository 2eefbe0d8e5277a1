package io.terraorbit.foundation.harness.kube.internal.workloads;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Brings the cluster nearer to what one object wants. Looks at the present state alone. */
interface Controller {
  /** After how long what was refused is tried again. */
  Duration RETRY = Duration.ofSeconds(5);

  /**
   * Does what is to be done now.
   *
   * @param object as it is stored
   * @param alarm by which the object is looked at again later
   */
  void reconcile(Objects objects, Map<String, Object> object, Alarm alarm);

  /** Asks for another look. */
  interface Alarm {
    void at(Instant time);
  }
}
