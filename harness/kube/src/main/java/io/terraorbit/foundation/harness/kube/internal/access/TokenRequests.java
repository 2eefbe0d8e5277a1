package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers requests for tokens of service accounts. Safe for many threads. */
public final class TokenRequests {
  private static final long DEFAULT_SECONDS = 3600;
  private static final long MIN_SECONDS = 600;
  private static final long MAX_SECONDS = 1L << 32;

  private final RevisionStore<Map<String, Object>> store;
  private final Tokens tokens;

  public TokenRequests(RevisionStore<Map<String, Object>> store, Tokens tokens) {
    this.store = store;
    this.tokens = tokens;
  }

  /**
   * The {@code TokenRequest} with its status.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException if it is refused
   */
  public Map<String, Object> answer(String namespace, String name, Map<String, Object> body) {
    Map<String, Object> account =
        find("/core/serviceaccounts/" + namespace + "/" + name)
            .orElseThrow(
                () ->
                    Refusals.notFound(new Subject("", "serviceaccounts", "ServiceAccount", name)));
    long seconds =
        Values.at(body, "spec", "expirationSeconds")
            .filter(Long.class::isInstance)
            .map(Long.class::cast)
            .orElse(DEFAULT_SECONDS);
    check(name, Values.string(body, "metadata", "name").orElse(name), seconds);
    List<String> wanted =
        Values.listAt(body, "spec", "audiences").stream().map(String::valueOf).toList();
    List<String> audiences = wanted.isEmpty() ? List.of(Tokens.ISSUER) : wanted;
    Optional<Tokens.Bound> bound = bound(namespace, name, body);
    String token =
        tokens.issue(
            new ServiceAccounts.Place(namespace, name), uid(account), audiences, seconds, bound);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    metadata.put("namespace", namespace);
    metadata.put("creationTimestamp", tokens.expiry(0).toString());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("audiences", audiences);
    spec.put("expirationSeconds", seconds);
    spec.put("boundObjectRef", Values.at(body, "spec", "boundObjectRef").orElse(null));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("token", token);
    status.put("expirationTimestamp", tokens.expiry(seconds).toString());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("kind", "TokenRequest");
    answer.put("apiVersion", "authentication.k8s.io/v1");
    answer.put("metadata", metadata);
    answer.put("spec", spec);
    answer.put("status", status);
    return answer;
  }

  private static void check(String name, String said, long seconds) {
    if (!said.equals(name)) {
      throw Refusals.invalid(
          new Subject("authentication.k8s.io", "tokenrequests", "TokenRequest", name),
          List.of(
              FieldError.invalid(
                  "metadata.name", said, "must match the service account name if specified")));
    }
    List<FieldError> errors = new ArrayList<>();
    if (seconds < MIN_SECONDS) {
      errors.add(
          FieldError.invalid(
              "spec.expirationSeconds",
              seconds,
              "may not specify a duration less than 10 minutes"));
    }
    if (seconds > MAX_SECONDS) {
      errors.add(
          FieldError.invalid(
              "spec.expirationSeconds",
              seconds,
              "may not specify a duration larger than 2^32 seconds"));
    }
    if (!errors.isEmpty()) {
      throw Refusals.invalid(
          new Subject("authentication.k8s.io", "tokenrequests", "TokenRequest", ""), errors);
    }
  }

  private Optional<Tokens.Bound> bound(String namespace, String account, Map<String, Object> body) {
    Optional<Object> ref = Values.at(body, "spec", "boundObjectRef");
    if (ref.isEmpty()) {
      return Optional.empty();
    }
    String kind = Values.string(ref.get(), "kind").orElse("");
    String version = Values.string(ref.get(), "apiVersion").orElse("");
    String name = Values.string(ref.get(), "name").orElse("");
    String plural =
        switch (version + "/" + kind) {
          case "v1/Pod" -> "pods";
          case "v1/Secret" -> "secrets";
          case "v1/Node" -> "nodes";
          default ->
              throw Refusals.badRequest(
                  "cannot bind token to object of type %s, Kind=%s"
                      .formatted(version.indexOf('/') < 0 ? "/" + version : version, kind));
        };
    if (name.isEmpty()) {
      throw Refusals.badRequest("Name parameter required.");
    }
    String home = plural.equals("nodes") ? "" : namespace;
    Map<String, Object> object =
        find("/core/" + plural + "/" + home + "/" + name)
            .orElseThrow(() -> Refusals.notFound(new Subject("", plural, kind, name)));
    if (kind.equals("Pod")
        && !Values.string(object, "spec", "serviceAccountName").orElse("").equals(account)) {
      throw Refusals.badRequest(
          "cannot bind token for serviceaccount \"%s\" to pod running with different serviceaccount name."
              .formatted(account));
    }
    String wanted = Values.string(ref.get(), "uid").orElse("");
    if (!wanted.isEmpty() && !wanted.equals(uid(object))) {
      throw Refusals.conflict(
          new Subject("", plural, kind, name),
          ("the UID in the bound object reference (%s) does not match the UID in record. The object"
                  + " might have been deleted and then recreated")
              .formatted(wanted));
    }
    return Optional.of(new Tokens.Bound(kind, name, uid(object)));
  }

  private Optional<Map<String, Object>> find(String key) {
    return store.latest().find(key).map(Entry::value);
  }

  private static String uid(Map<String, Object> object) {
    return Values.string(object, "metadata", "uid").orElse("");
  }
}
