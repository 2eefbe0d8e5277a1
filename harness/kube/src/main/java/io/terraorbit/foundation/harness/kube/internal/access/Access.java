package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.time.TimeSource;
import java.util.Map;

/** All of one server that knows users and decides on them. Immutable. */
public record Access(
    Users users, Gatekeeper gatekeeper, Reviews reviews, TokenRequests requests, Tokens tokens) {

  /**
   * Access to what is in a store.
   *
   * @param byRoles whether roles decide; if not, everyone may do everything
   */
  public static Access to(
      RevisionStore<Map<String, Object>> store, TimeSource time, boolean byRoles) {
    Tokens tokens = new Tokens(store, time);
    Users users = new Users(tokens);
    Gatekeeper gatekeeper = byRoles ? new Gatekeeper(new Rbac(store)) : new Gatekeeper();
    return new Access(
        users,
        gatekeeper,
        new Reviews(users, gatekeeper.authorizer()),
        new TokenRequests(store, tokens),
        tokens);
  }
}
