package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.kubernetes.internal.rest.Endpoint;
import io.terraorbit.foundation.kubernetes.internal.rest.RestRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How queries are asked and how pages are answered. */
final class Listing {
  private Listing() {}

  static RestRequest page(Endpoint endpoint, Query query, String continueToken) {
    return selected(endpoint, query)
        .with("limit", query.limit() == 0 ? "" : Integer.toString(query.limit()))
        .with("continue", continueToken);
  }

  static RestRequest watch(Endpoint endpoint, Query query, ResourceVersion from, Duration atMost) {
    return selected(endpoint, query)
        .with("watch", "true")
        .with("resourceVersion", from.toString())
        .with("allowWatchBookmarks", "true")
        .with("timeoutSeconds", Long.toString(Math.max(1, atMost.toSeconds())));
  }

  static <T> Page<T> page(List<T> items, Map<String, Object> metadata) {
    return new Page<>(
        items,
        ResourceVersion.parse(text(metadata, "resourceVersion")),
        Optional.of(text(metadata, "continue")).filter(token -> !token.isEmpty()),
        metadata.get("remainingItemCount") instanceof Number count
            ? OptionalLong.of(count.longValue())
            : OptionalLong.empty());
  }

  private static RestRequest selected(Endpoint endpoint, Query query) {
    return RestRequest.get(endpoint.collection(query.namespace()))
        .with("labelSelector", query.labelSelector())
        .with("fieldSelector", query.fieldSelector());
  }

  private static String text(Map<String, Object> metadata, String name) {
    return metadata.get(name) instanceof String text ? text : "";
  }
}
