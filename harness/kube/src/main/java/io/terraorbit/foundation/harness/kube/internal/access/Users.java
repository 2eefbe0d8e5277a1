package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who may ask: tokens given out, and users cut off. Safe for many threads. */
public final class Users {
  private static final String SCHEME = "Bearer ";

  private final Map<String, Caller> callersByToken = new ConcurrentHashMap<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private final Tokens tokens;

  /** None yet, but for the bearers of service accounts' tokens. */
  public Users(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The token of a user, which is valid from now on; always the same for the same user. */
  public String token(String user, List<String> groups) {
    String token =
        "foundation-"
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                    String.join("\n", prepend(user, groups)).getBytes(StandardCharsets.UTF_8));
    callersByToken.put(token, Caller.of(user, groups));
    return token;
  }

  /** Whose token it is; empty when it was never given out, or is good no more. */
  public Optional<Caller> find(String token) {
    return check(token, List.of(Tokens.ISSUER)).caller();
  }

  /** Whose token it is, if it is meant for one of the audiences. */
  Tokens.Checked check(String token, List<String> audiences) {
    Caller known = callersByToken.get(token);
    if (known == null) {
      return tokens.check(token, audiences);
    }
    return audiences.contains(Tokens.ISSUER)
        ? new Tokens.Checked(Optional.of(known), List.of(Tokens.ISSUER), "")
        : Tokens.Checked.refused("invalid bearer token");
  }

  /**
   * Who asks, by the header {@code Authorization}.
   *
   * @param authorization empty for none
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 401 if it is not
   *     known
   */
  public Caller authenticate(String authorization) {
    if (authorization.isEmpty()) {
      return Caller.ANONYMOUS;
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Refusals.unauthorized();
    }
    return find(authorization.substring(SCHEME.length()).trim())
        .orElseThrow(Refusals::unauthorized);
  }

  public void revoke(String user) {
    revoked.add(user);
  }

  public boolean revoked(String user) {
    return revoked.contains(user);
  }

  /**
   * Lets only users pass that were not cut off.
   *
   * @throws RevokedException for all others
   */
  public void check(String user) {
    if (revoked(user)) {
      throw new RevokedException(user);
    }
  }

  private static List<String> prepend(String user, List<String> groups) {
    List<String> all = new ArrayList<>(groups.size() + 1);
    all.add(user);
    all.addAll(groups);
    return all;
  }
}
