package io.terraorbit.foundation.harness.kube.internal.faults;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who may ask: tokens given out, and users cut off. Safe for many threads. */
public final class Users {
  /** Who asks without a token. */
  public static final String ANONYMOUS = "anonymous";

  private final Map<String, String> usersByToken = new ConcurrentHashMap<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  /** The user's token, which is valid from now on; always the same for the same user. */
  public String token(String user) {
    String token =
        "foundation-"
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(user.getBytes(StandardCharsets.UTF_8));
    usersByToken.put(token, user);
    return token;
  }

  /** Whose token it is; empty when it was never given out. */
  public Optional<String> find(String token) {
    return Optional.ofNullable(usersByToken.get(token));
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
}
