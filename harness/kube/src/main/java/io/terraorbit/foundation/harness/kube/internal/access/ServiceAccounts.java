package io.terraorbit.foundation.harness.kube.internal.access;

import java.util.List;
import java.util.Optional;

/** How the users and groups of service accounts are called. */
final class ServiceAccounts {
  static final String PREFIX = "system:serviceaccount:";

  private static final String GROUP = "system:serviceaccounts";

  private ServiceAccounts() {}

  static String user(String namespace, String name) {
    return PREFIX + namespace + ":" + name;
  }

  static List<String> groups(String namespace) {
    return List.of(GROUP, GROUP + ":" + namespace, Caller.AUTHENTICATED);
  }

  /** The namespace and name in a user's name; empty when it is no service account's. */
  static Optional<Place> parse(String user) {
    if (!user.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] parts = user.substring(PREFIX.length()).split(":", -1);
    return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
        ? Optional.of(new Place(parts[0], parts[1]))
        : Optional.empty();
  }

  /** Where an account is. */
  record Place(String namespace, String name) {}
}
