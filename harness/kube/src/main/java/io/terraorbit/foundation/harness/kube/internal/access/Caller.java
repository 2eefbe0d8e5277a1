package io.terraorbit.foundation.harness.kube.internal.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who asks, as the server knows them. Immutable.
 *
 * @param name such as {@code system:serviceaccount:default:builder}
 * @param uid empty when it has none
 * @param extra more about them, for those who decide on requests
 */
public record Caller(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  /** The group of everyone who is known. */
  public static final String AUTHENTICATED = "system:authenticated";

  /** The group of those who may do everything. */
  public static final String MASTERS = "system:masters";

  /** Who asks without saying who. */
  public static final Caller ANONYMOUS =
      new Caller("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

  public Caller {
    groups = List.copyOf(groups);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    extra.forEach((key, values) -> copy.put(key, List.copyOf(values)));
    extra = Collections.unmodifiableMap(copy);
  }

  /** A user with groups, who is authenticated besides. */
  public static Caller of(String name, List<String> groups) {
    List<String> all = new ArrayList<>(groups);
    if (!all.contains(AUTHENTICATED)) {
      all.add(AUTHENTICATED);
    }
    return new Caller(name, "", all, Map.of());
  }

  public boolean in(String group) {
    return groups.contains(group);
  }
}
