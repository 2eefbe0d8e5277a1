package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * What a definition in a group of the Kubernetes community says of its approval. Immutable.
 *
 * @param reason of the condition {@code KubernetesAPIApprovalPolicyConformant}
 */
public record Approval(boolean approved, String reason, String message, String annotation) {
  private static final String KEY = "api-approved.kubernetes.io";
  private static final String SEE = "see https://github.com/kubernetes/enhancements/pull/1111";

  /** Empty for a definition in any other group. */
  public static Optional<Approval> of(Map<String, Object> definition) {
    String group = Values.string(definition, "spec", "group").orElse("");
    boolean guarded = ("." + group).endsWith(".k8s.io") || ("." + group).endsWith(".kubernetes.io");
    return guarded
        ? Optional.of(read(Values.string(definition, "metadata", "annotations", KEY).orElse("")))
        : Optional.empty();
  }

  private static Approval read(String annotation) {
    if (annotation.isEmpty()) {
      return new Approval(
          false,
          "MissingAnnotation",
          "protected groups must have approval annotation \"%s\", %s".formatted(KEY, SEE),
          annotation);
    }
    if (annotation.startsWith("unapproved")) {
      return new Approval(
          false, "UnapprovedAnnotation", "not approved: \"%s\"".formatted(annotation), annotation);
    }
    if (isUrl(annotation)) {
      return new Approval(true, "ApprovedAnnotation", "approved in " + annotation, annotation);
    }
    return new Approval(
        false,
        "InvalidAnnotation",
        ("protected groups must have approval annotation \"%s\" with either a URL or a reason"
                + " starting with \"unapproved\", %s")
            .formatted(KEY, SEE),
        annotation);
  }

  /** Why the definition must not be stored. */
  public Optional<FieldError> error() {
    String field = "metadata.annotations[%s]".formatted(KEY);
    return switch (reason) {
      case "MissingAnnotation" -> Optional.of(FieldError.required(field, message));
      case "InvalidAnnotation" -> Optional.of(FieldError.invalid(field, annotation, message));
      default -> Optional.empty();
    };
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return uri.getScheme() != null && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
