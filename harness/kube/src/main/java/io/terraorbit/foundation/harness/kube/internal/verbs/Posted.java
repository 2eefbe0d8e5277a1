package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;

/**
 * What a client posts to have something done or answered, and that is not stored. Immutable.
 *
 * @param object of the kind that the target takes, with no unknown fields
 * @param warnings what the client should know
 */
public record Posted(Map<String, Object> object, List<String> warnings) {
  private static final String OLD_POLICY = "policy/v1beta1";

  /**
   * Decodes a body.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400 if it is not of
   *     the kind, or of another namespace than the target's
   */
  public static Posted decode(Target target, Map<String, Object> body, WriteOptions options) {
    BodyDecoder decoder = new BodyDecoder(target.sent(), Body.of(current(body)), options).checked();
    Map<String, Object> object = decoder.typed();
    List<String> warnings = decoder.warnings();
    Preconditions.checkNamespace(target, object);
    return new Posted(object, warnings);
  }

  /** Evictions are taken in their old version, too, which has the same members. */
  private static Map<String, Object> current(Map<String, Object> body) {
    return OLD_POLICY.equals(body.get("apiVersion"))
        ? Values.with(body, "policy/v1", "apiVersion")
        : body;
  }

  /**
   * Makes sure that it is about the target.
   *
   * @param kind of the object, for the message
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 400
   */
  void requireName(Target target, String kind) {
    if (!Meta.name(object).equals(target.name())) {
      throw Refusals.badRequest("name in URL does not match name in %s object".formatted(kind));
    }
  }
}
