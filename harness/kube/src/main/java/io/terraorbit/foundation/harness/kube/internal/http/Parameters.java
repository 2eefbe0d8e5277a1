package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.selectors.FieldSelector;
import io.terraorbit.foundation.harness.kube.internal.selectors.LabelSelector;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.verbs.ListOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import io.terraorbit.foundation.harness.kube.internal.verbs.WatchOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions.FieldValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options from the parameters of a URL. */
final class Parameters {
  private Parameters() {}

  private static ListOptions list(WireRequest request, ResourceType type) {
    return new ListOptions(
        LabelSelector.parse(request.parameter("labelSelector")),
        FieldSelector.parse(request.parameter("fieldSelector"), type),
        request.number("limit"),
        request.parameter("continue"),
        request.parameter("resourceVersion"),
        request.parameter("resourceVersionMatch"),
        request.asOf());
  }

  /** The options of a get, which heeds none but the revision. */
  static ListOptions single(WireRequest request) {
    return new ListOptions(
        LabelSelector.EVERYTHING,
        FieldSelector.EVERYTHING,
        0,
        "",
        request.parameter("resourceVersion"),
        "",
        request.asOf());
  }

  /**
   * The options of a list or of a deletion of many.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 422 also for those
   *     that only a watch has
   */
  static ListOptions listing(WireRequest request, ResourceType type) {
    request.number("timeoutSeconds"); // bounds a list nowhere, but must be a number
    ListOptions options = list(request, type);
    List<FieldError> errors = new ArrayList<>(options.problems());
    if (!request.parameter("sendInitialEvents").isEmpty()) {
      errors.add(
          FieldError.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
    }
    if (!errors.isEmpty()) {
      throw Refusals.invalidOptions("ListOptions", errors.toArray(new FieldError[0]));
    }
    return options;
  }

  /** The options of a watch; one on a single object selects it by its name. */
  static WatchOptions watch(WireRequest request, Target target) {
    ListOptions list = list(request, target.type());
    if (!target.name().isEmpty()) {
      if (!list.fields().isEmpty()
          && list.fields().exactly("metadata.name").filter(target.name()::equals).isEmpty()) {
        throw Refusals.badRequest("fieldSelector metadata.name doesn't match requested name");
      }
      list =
          new ListOptions(
              list.labels(),
              list.fields().isEmpty() ? FieldSelector.ofName(target.name()) : list.fields(),
              0,
              list.continueToken(),
              list.resourceVersion(),
              list.resourceVersionMatch());
    }
    return new WatchOptions(
        list,
        request.flag("allowWatchBookmarks"),
        request.parameter("sendInitialEvents").isEmpty()
            ? Optional.empty()
            : Optional.of(request.flag("sendInitialEvents")));
  }

  /**
   * The options of a write.
   *
   * @param kind of options, for messages
   */
  static WriteOptions write(WireRequest request, String verb, String kind) {
    List<String> dryRuns = request.parameters().getOrDefault("dryRun", List.of());
    if (!dryRuns.stream().allMatch("All"::equals)) {
      throw Refusals.invalidOptions(
          kind, FieldError.notSupported("dryRun", dryRuns, List.of("All")));
    }
    boolean dryRun = request.parameters().containsKey("dryRun");
    return new WriteOptions(request.user(), verb, dryRun, validation(request, kind));
  }

  private static FieldValidation validation(WireRequest request, String kind) {
    String value = request.parameter("fieldValidation");
    return switch (value) {
      case "", "Warn" -> FieldValidation.WARN;
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      default ->
          throw Refusals.invalidOptions(
              kind,
              FieldError.notSupported(
                  "fieldValidation", value, List.of("Ignore", "Warn", "Strict")));
    };
  }
}
