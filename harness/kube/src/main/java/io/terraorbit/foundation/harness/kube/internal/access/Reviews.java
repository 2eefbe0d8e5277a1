package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the kinds that ask who somebody is and what they may do. Safe for many threads. */
public final class Reviews {
  private static final String AUTHORIZATION = "authorization.k8s.io";

  private final Users users;
  private final Authorizer authorizer;

  public Reviews(Users users, Authorizer authorizer) {
    this.users = users;
    this.authorizer = authorizer;
  }

  /** Whether this answers a kind, by its plural. */
  public static boolean answers(String plural) {
    return switch (plural) {
      case "selfsubjectreviews",
          "tokenreviews",
          "selfsubjectaccessreviews",
          "subjectaccessreviews",
          "localsubjectaccessreviews",
          "selfsubjectrulesreviews" ->
          true;
      default -> false;
    };
  }

  /**
   * The review with its status.
   *
   * @param subject the kind
   * @param namespace of the request's path
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException if it is malformed
   */
  public Map<String, Object> answer(
      Subject subject, String namespace, Caller caller, Map<String, Object> body) {
    List<FieldError> naming = named(Values.objectAt(body, "metadata"));
    Map<String, Object> spec = Values.objectAt(body, "spec");
    Map<String, Object> status =
        switch (subject.resource()) {
          case "selfsubjectreviews" -> Map.of("userInfo", userInfo(caller));
          case "tokenreviews" -> token(spec);
          case "selfsubjectrulesreviews" -> rules(caller, spec);
          case "selfsubjectaccessreviews" -> {
            refuse(List.of(attributeErrors(spec), naming));
            yield access(caller, spec);
          }
          case "localsubjectaccessreviews" -> {
            refuse(
                List.of(
                    attributeErrors(spec),
                    subjectErrors(spec),
                    naming,
                    localErrors(namespace, spec)));
            yield access(asked(spec), spec);
          }
          default -> {
            refuse(List.of(attributeErrors(spec), subjectErrors(spec), naming));
            yield access(asked(spec), spec);
          }
        };
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("kind", subject.kind());
    answer.put("apiVersion", subject.group() + "/v1");
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    answer.put("metadata", metadata);
    if (!subject.resource().equals("selfsubjectreviews")) {
      answer.put("spec", subject.resource().equals("selfsubjectrulesreviews") ? Map.of() : spec);
    }
    answer.put("status", status);
    return answer;
  }

  private Map<String, Object> access(Caller caller, Map<String, Object> spec) {
    Authorizer.Decision decision = authorizer.decide(caller, attributes(spec));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("allowed", decision.allowed());
    if (!decision.reason().isEmpty()) {
      status.put("reason", decision.reason());
    }
    return status;
  }

  private Map<String, Object> rules(Caller caller, Map<String, Object> spec) {
    String namespace = Values.string(spec, "namespace").orElse("");
    if (namespace.isEmpty()) {
      throw Refusals.badRequest("no namespace on request");
    }
    List<PolicyRule> rules = authorizer.rules(caller, namespace);
    Map<String, Object> status = new LinkedHashMap<>();
    status.put(
        "resourceRules",
        rules.stream().filter(rule -> !rule.ofPaths()).map(PolicyRule::json).toList());
    status.put(
        "nonResourceRules",
        rules.stream().filter(PolicyRule::ofPaths).map(PolicyRule::json).toList());
    status.put("incomplete", false);
    return status;
  }

  private Map<String, Object> token(Map<String, Object> spec) {
    String token = Values.string(spec, "token").orElse("");
    if (token.isEmpty()) {
      throw Refusals.badRequest("token is required for TokenReview in authentication");
    }
    List<String> audiences = texts(spec, "audiences");
    Tokens.Checked checked =
        users.check(token, audiences.isEmpty() ? List.of(Tokens.ISSUER) : audiences);
    Map<String, Object> status = new LinkedHashMap<>();
    if (checked.caller().isPresent()) {
      status.put("authenticated", true);
      status.put("user", userInfo(checked.caller().get()));
      status.put("audiences", checked.audiences());
    } else {
      status.put("user", Map.of());
      status.put("error", checked.problem());
    }
    return status;
  }

  private static Map<String, Object> userInfo(Caller caller) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("username", caller.name());
    if (!caller.uid().isEmpty()) {
      info.put("uid", caller.uid());
    }
    info.put("groups", caller.groups());
    if (!caller.extra().isEmpty()) {
      info.put("extra", caller.extra());
    }
    return info;
  }

  private static Caller asked(Map<String, Object> spec) {
    return new Caller(
        Values.string(spec, "user").orElse(""),
        Values.string(spec, "uid").orElse(""),
        texts(spec, "groups"),
        Map.of());
  }

  private static RequestInfo attributes(Map<String, Object> spec) {
    Optional<Object> path = Values.at(spec, "nonResourceAttributes");
    if (path.isPresent()) {
      return new RequestInfo(
          text(path.get(), "verb"), "", "", "", "", "", "", text(path.get(), "path"));
    }
    Object wanted = Values.objectAt(spec, "resourceAttributes");
    return new RequestInfo(
        text(wanted, "verb"),
        text(wanted, "group"),
        text(wanted, "version"),
        text(wanted, "namespace"),
        text(wanted, "resource"),
        text(wanted, "subresource"),
        text(wanted, "name"),
        "");
  }

  private static List<FieldError> subjectErrors(Map<String, Object> spec) {
    List<FieldError> errors = new ArrayList<>();
    if (text(spec, "user").isEmpty() && texts(spec, "groups").isEmpty()) {
      errors.add(
          FieldError.invalid("spec.user", "", "at least one of user or group must be specified"));
    }
    return errors;
  }

  private static List<FieldError> localErrors(String namespace, Map<String, Object> spec) {
    List<FieldError> errors = new ArrayList<>();
    String wanted = Values.string(spec, "resourceAttributes", "namespace").orElse("");
    if (spec.containsKey("resourceAttributes") && !wanted.equals(namespace)) {
      errors.add(
          FieldError.invalid(
              "spec.resourceAttributes.namespace", wanted, "must match metadata.namespace"));
    }
    @Nullable Object path = spec.get("nonResourceAttributes");
    if (path != null) {
      errors.add(
          FieldError.invalid(
              "spec.nonResourceAttributes", goPath(path), "disallowed on this kind of request"));
    }
    return errors;
  }

  private static List<FieldError> attributeErrors(Map<String, Object> spec) {
    @Nullable Object resource = spec.get("resourceAttributes");
    @Nullable Object path = spec.get("nonResourceAttributes");
    if (resource != null && path != null) {
      return List.of(
          FieldError.invalid(
              "spec.nonResourceAttributes",
              goPath(path),
              "cannot be specified in combination with resourceAttributes"));
    }
    if (resource == null && path == null) {
      return List.of(
          FieldError.invalid(
              "spec.resourceAttributes",
              null,
              "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
    }
    return List.of();
  }

  /** The attributes as the real server cites them: by the names of its own structure. */
  private static Map<String, Object> goPath(Object path) {
    Map<String, Object> cited = new LinkedHashMap<>();
    cited.put("Path", text(path, "path"));
    cited.put("Verb", text(path, "verb"));
    return cited;
  }

  /** A review is about nothing that has a name or labels; its namespace is that of the path. */
  private static List<FieldError> named(Map<String, Object> metadata) {
    Map<String, Object> own = new LinkedHashMap<>(metadata);
    own.keySet().removeAll(List.of("namespace", "creationTimestamp", "managedFields"));
    own.values().removeIf(Objects::isNull);
    return own.isEmpty()
        ? List.of()
        : List.of(FieldError.invalid("metadata", own, "must be empty"));
  }

  private static void refuse(List<List<FieldError>> found) {
    List<FieldError> errors = found.stream().flatMap(List::stream).toList();
    if (!errors.isEmpty()) {
      throw Refusals.invalid(new Subject(AUTHORIZATION, "", "", ""), errors);
    }
  }

  private static String text(Object json, String member) {
    return Values.string(json, member).orElse("");
  }

  private static List<String> texts(Object json, String member) {
    return Values.listAt(json, member).stream().map(String::valueOf).toList();
  }
}
