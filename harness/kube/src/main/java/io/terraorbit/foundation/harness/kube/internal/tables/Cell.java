package io.terraorbit.foundation.harness.kube.internal.tables;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in one column for one object. Stateless. */
@FunctionalInterface
interface Cell {
  /**
   * A text, a number or a boolean; null for an empty cell.
   *
   * @param now for ages
   */
  @Nullable Object of(Map<String, Object> object, Instant now);
}
