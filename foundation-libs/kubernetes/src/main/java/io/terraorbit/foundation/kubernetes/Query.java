package io.terraorbit.foundation.kubernetes;

import org.apiguardian.api.API;

/**
 * Which objects of a resource are meant. Immutable.
 *
 * @param namespace empty for all namespaces, and for cluster-scoped resources
 * @param labelSelector as {@code kubectl -l} takes it; empty selects all
 * @param fieldSelector as {@code kubectl --field-selector} takes it; empty selects all
 * @param limit objects per page; zero leaves it to the server, and to {@link #DEFAULT_PAGE} in
 *     {@link ResourceClient#list}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Query(String namespace, String labelSelector, String fieldSelector, int limit) {
  /** Objects per page where a query names no limit; the number that kubectl uses. */
  public static final int DEFAULT_PAGE = 500;

  public Query {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit is zero or more, got " + limit);
    }
  }

  /** Everything, in all namespaces. */
  public static Query of() {
    return new Query("", "", "", 0);
  }

  public Query inNamespace(String name) {
    return new Query(name, labelSelector, fieldSelector, limit);
  }

  public Query labels(String selector) {
    return new Query(namespace, selector, fieldSelector, limit);
  }

  public Query fields(String selector) {
    return new Query(namespace, labelSelector, selector, limit);
  }

  public Query limit(int objects) {
    return new Query(namespace, labelSelector, fieldSelector, objects);
  }

  /** With a limit in any case. */
  Query paged() {
    return limit == 0 ? limit(DEFAULT_PAGE) : this;
  }
}
