package io.terraorbit.foundation.chaos.proxy.internal.api;

import org.jspecify.annotations.Nullable;

/**
 * What a caller says about a toxic; null where nothing is said.
 *
 * @param attributes as sent: which ones there are depends on the type
 */
public record ToxicBody(
    @Nullable String name,
    @Nullable String type,
    @Nullable String stream,
    @Nullable Double toxicity,
    @Nullable Object attributes) {
  /** The body of a creation. */
  static ToxicBody of(GoFields fields) {
    return new ToxicBody(
        fields.string("name"),
        fields.string("type"),
        fields.string("stream"),
        fields.float32("toxicity"),
        fields.any("attributes"));
  }

  /** The body of an update, which looks at nothing else. */
  static ToxicBody ofUpdate(GoFields fields) {
    return new ToxicBody(null, null, null, fields.float32("toxicity"), fields.any("attributes"));
  }
}
