package io.terraorbit.foundation.apply;

import org.apiguardian.api.API;

/**
 * What makes a value another one. Immutable.
 *
 * @param removed what only the first one has, parts and wholes
 * @param modified scalars, and what is owned as a whole, that both have and that differ
 * @param added what only the second one has, parts and wholes
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {
  /** Whether the two are the same. */
  public boolean isSame() {
    return removed.isEmpty() && modified.isEmpty() && added.isEmpty();
  }

  /** What the second one says anew. */
  public FieldSet written() {
    return modified.union(added);
  }

  /** The comparison without certain fields and all that is below them. */
  Comparison outside(FieldSet fields) {
    return fields.isEmpty()
        ? this
        : new Comparison(removed.outside(fields), modified.outside(fields), added.outside(fields));
  }
}
