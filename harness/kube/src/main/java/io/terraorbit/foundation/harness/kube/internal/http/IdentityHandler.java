package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.access.Reviews;
import io.terraorbit.foundation.harness.kube.internal.access.TokenRequests;
import io.terraorbit.foundation.harness.kube.internal.access.Tokens;
import io.terraorbit.foundation.harness.kube.internal.http.Outgoing.Header;
import io.terraorbit.foundation.harness.kube.internal.verbs.Posted;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions;
import io.terraorbit.foundation.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers what is asked about users: reviews, tokens, and how to verify these. Immutable. */
record IdentityHandler(Reviews reviews, TokenRequests requests, Tokens tokens) {
  private static final String TOKEN = "token";
  private static final Header CACHED = new Header(Heads.CACHE_CONTROL, "public, max-age=3600");

  /** Whether a target is never stored, and answered here. */
  boolean answers(Target target) {
    return target.subresource().isEmpty()
        ? Reviews.answers(target.type().plural())
        : target.subresource().equals(TOKEN) && target.type().plural().equals("serviceaccounts");
  }

  Reply answer(WireRequest request, Target target, Map<String, Object> body) {
    WriteOptions options = Parameters.write(request, "create", "CreateOptions");
    Posted posted = Posted.decode(target, body, options);
    Map<String, Object> asked = posted.object();
    return Reply.json(
        201,
        target.subresource().isEmpty()
            ? reviews.answer(target.type().subject(""), target.namespace(), request.caller(), asked)
            : requests.answer(target.namespace(), target.name(), asked),
        posted.warnings());
  }

  /**
   * A document for verifiers of tokens; empty when there is none at the path.
   *
   * @param hostAndPort of this server
   */
  Optional<Reply> document(String path, String hostAndPort) {
    return switch (path) {
      case ".well-known/openid-configuration" ->
          Optional.of(published("application/json", Tokens.discovery(hostAndPort)));
      case "openid/v1/jwks" ->
          Optional.of(published("application/jwk-set+json", tokens.publicKeys()));
      default -> Optional.empty();
    };
  }

  private static Reply published(String contentType, Object document) {
    return new Reply.Answer(
        200, contentType, new Bytes(Json.write(document)), List.of(CACHED), List.of());
  }
}
