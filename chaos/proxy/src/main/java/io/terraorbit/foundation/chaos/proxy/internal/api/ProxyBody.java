package io.terraorbit.foundation.chaos.proxy.internal.api;

import org.jspecify.annotations.Nullable;

/** What a caller says about a proxy; null where nothing is said, so that the default stays. */
public record ProxyBody(
    @Nullable String name,
    @Nullable String listen,
    @Nullable String upstream,
    @Nullable Boolean enabled) {
  static ProxyBody of(GoFields fields) {
    return new ProxyBody(
        fields.string("name"),
        fields.string("listen"),
        fields.string("upstream"),
        fields.bool("enabled"));
  }

  /**
   * Refuses a body without name or upstream.
   *
   * @param where empty, or which of several bodies this is
   */
  ProxyBody complete(String where) {
    if (name == null || name.isEmpty()) {
      throw ApiFailure.missingField("name" + where);
    }
    if (upstream == null || upstream.isEmpty()) {
      throw ApiFailure.missingField("upstream" + where);
    }
    return this;
  }
}
