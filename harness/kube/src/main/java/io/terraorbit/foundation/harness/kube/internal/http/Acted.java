package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.access.Reviews;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.resources.Subresource;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import java.util.List;
import java.util.Set;

/** Which of the kinds and subresources that a real server has this one acts on. */
final class Acted {
  private static final Set<String> SUBRESOURCES =
      Set.of(
          "status",
          "scale",
          "finalize",
          "token",
          "approval",
          "binding",
          "ephemeralcontainers",
          "eviction",
          "resize");

  private static final String BINDINGS = "/core/bindings/";

  private Acted() {}

  /**
   * Makes sure that a method can be used on a target.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 405
   */
  static void requireMethod(Target target, String method) {
    boolean collection = target.name().isEmpty();
    String verb =
        switch (method) {
          case "GET" -> collection ? "list" : "get";
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          case "DELETE" -> collection ? "deletecollection" : "delete";
          default -> "";
        };
    List<String> verbs =
        target.subresource().isEmpty()
            ? target.type().verbs()
            : target
                .type()
                .subresource(target.subresource())
                .map(Subresource::verbs)
                .orElse(List.of());
    if (!verbs.contains(verb)) {
      throw Refusals.methodNotAllowed();
    }
  }

  /**
   * Makes sure that the server can act on a kind, or on a subresource of it.
   *
   * @param subresource empty for the kind itself
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 404 if a real server
   *     has no such subresource; 501 if only a real server has it
   */
  static void require(ResourceType type, String subresource) {
    if (type.has(Flag.VIRTUAL)
        && type.verbs().contains("create")
        && !Reviews.answers(type.plural())
        && !type.prefix().equals(BINDINGS)) {
      throw Refusals.notImplemented(type.plural());
    }
    if (subresource.isEmpty()) {
      return;
    }
    String first = subresource.split("/", 2)[0];
    if (type.subresource(first).isEmpty()) {
      throw Refusals.noSuchResource();
    }
    if (!SUBRESOURCES.contains(subresource)) {
      throw Refusals.notImplemented(
          "the subresource '%s' of %s".formatted(subresource, type.plural()));
    }
  }
}
