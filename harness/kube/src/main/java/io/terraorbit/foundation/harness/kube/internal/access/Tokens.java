package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.TimeSource;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of service accounts: signed by a key of this server, good until they expire or what
 * they speak of is gone. Safe for many threads.
 */
public final class Tokens {
  /** Who issues them, and for whom by default. */
  public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  private static final String OWN = "kubernetes.io";
  private static final String EXTRA = "authentication.kubernetes.io/";

  private final RevisionStore<Map<String, Object>> store;
  private final TimeSource time;
  private final SecureRandom chance = new SecureRandom();
  private @Nullable SigningKey key;

  public Tokens(RevisionStore<Map<String, Object>> store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  /** An object that a token dies with. */
  record Bound(String kind, String name, String uid) {}

  /** A token for an account. */
  String issue(
      ServiceAccounts.Place place,
      String uid,
      List<String> audiences,
      long seconds,
      Optional<Bound> bound) {
    long now = time.instant().getEpochSecond();
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("namespace", place.namespace());
    bound.ifPresent(object -> own.put(member(object.kind()), named(object.name(), object.uid())));
    own.put("serviceaccount", named(place.name(), uid));
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audiences);
    claims.put("exp", now + seconds);
    claims.put("iat", now);
    claims.put("iss", ISSUER);
    claims.put("jti", newId());
    claims.put(OWN, own);
    claims.put("nbf", now);
    claims.put("sub", ServiceAccounts.user(place.namespace(), place.name()));
    return key().sign(claims);
  }

  /** What came of looking at a token. */
  record Checked(Optional<Caller> caller, List<String> audiences, String problem) {
    static Checked refused(String problem) {
      return new Checked(Optional.empty(), List.of(), problem);
    }
  }

  /** Who a token speaks for, if it is meant for one of the audiences. */
  Checked check(String token, List<String> audiences) {
    if (token.indexOf('.') < 0) {
      return Checked.refused("invalid bearer token");
    }
    Optional<Map<String, Object>> verified = key().verify(token);
    if (verified.isEmpty()) {
      return Checked.refused("invalid bearer token");
    }
    Map<String, Object> claims = verified.get();
    Instant now = time.instant();
    if (claims.get("exp") instanceof Long exp && now.getEpochSecond() >= exp) {
      return Checked.refused("[invalid bearer token, service account token has expired]");
    }
    List<String> meant =
        Values.listAt(claims, "aud").stream()
            .map(String::valueOf)
            .filter(audiences::contains)
            .toList();
    if (meant.isEmpty()) {
      return Checked.refused(
          "[invalid bearer token, token audiences %s is invalid for the target audiences %s]"
              .formatted(quoted(Values.listAt(claims, "aud")), quoted(audiences)));
    }
    return alive(claims)
        ? new Checked(Optional.of(caller(claims)), meant, "")
        : Checked.refused("[invalid bearer token, service account token has been invalidated]");
  }

  /** The public keys, as a JSON Web Key Set. */
  public Map<String, Object> publicKeys() {
    return Map.of("keys", List.of(key().publicKey()));
  }

  /** The OpenID discovery document. */
  public static Map<String, Object> discovery(String hostAndPort) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("issuer", ISSUER);
    json.put("jwks_uri", "https://%s/openid/v1/jwks".formatted(hostAndPort));
    json.put("response_types_supported", List.of("id_token"));
    json.put("subject_types_supported", List.of("public"));
    json.put("id_token_signing_alg_values_supported", List.of(SigningKey.ALGORITHM));
    return json;
  }

  /** When a token that is issued now expires. */
  Instant expiry(long seconds) {
    return Instant.ofEpochSecond(time.instant().getEpochSecond() + seconds);
  }

  /** The key is made when it is first needed, so that a start does not pay for it. */
  private synchronized SigningKey key() {
    if (key == null) {
      key = SigningKey.generate();
    }
    return key;
  }

  private boolean alive(Map<String, Object> claims) {
    String namespace = Values.string(claims, OWN, "namespace").orElse("");
    if (!same(claims, "serviceaccount", "/core/serviceaccounts/" + namespace + "/")) {
      return false;
    }
    Map<String, Object> own = Values.objectAt(claims, OWN);
    return (!own.containsKey("pod") || same(claims, "pod", "/core/pods/" + namespace + "/"))
        && (!own.containsKey("secret")
            || same(claims, "secret", "/core/secrets/" + namespace + "/"))
        && (!own.containsKey("node") || same(claims, "node", "/core/nodes//"));
  }

  private boolean same(Map<String, Object> claims, String member, String prefix) {
    String name = Values.string(claims, OWN, member, "name").orElse("");
    return store
        .latest()
        .find(prefix + name)
        .map(Entry::value)
        .flatMap(object -> Values.string(object, "metadata", "uid"))
        .equals(Values.string(claims, OWN, member, "uid"));
  }

  private static Caller caller(Map<String, Object> claims) {
    String namespace = Values.string(claims, OWN, "namespace").orElse("");
    Map<String, List<String>> extra = new LinkedHashMap<>();
    extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.get("jti")));
    for (String member : List.of("node", "pod")) {
      for (String part : List.of("name", "uid")) {
        Values.string(claims, OWN, member, part)
            .ifPresent(value -> extra.put(EXTRA + member + "-" + part, List.of(value)));
      }
    }
    return new Caller(
        Values.string(claims, "sub").orElse(""),
        Values.string(claims, OWN, "serviceaccount", "uid").orElse(""),
        ServiceAccounts.groups(namespace),
        extra);
  }

  private String newId() {
    byte[] bytes = new byte[16];
    chance.nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }

  private static String member(String kind) {
    return kind.toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> named(String name, String uid) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("uid", uid);
    return json;
  }

  private static String quoted(List<?> texts) {
    return texts.stream()
        .map(text -> "\"" + text + "\"")
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
