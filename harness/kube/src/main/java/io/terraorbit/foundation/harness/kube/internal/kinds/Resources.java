package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.quantities.Quantity;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Amounts of resources in objects: their canonical form, and what is wrong with them. */
final class Resources {
  private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");

  private Resources() {}

  /** Puts {@code limits} and {@code requests} into the form in which the API writes quantities. */
  static void canonical(Draft requirements) {
    requirements.replaceValues("limits", Resources::canonical);
    requirements.replaceValues("requests", Resources::canonical);
  }

  /**
   * The canonical text of a quantity.
   *
   * @throws UnreadableException if it is none
   */
  static String canonical(@Nullable Object quantity) {
    return Quantity.find(quantity).orElseThrow(UnreadableException::new).toString();
  }

  /** Something that the real server cannot decode. */
  static final class UnreadableException extends RuntimeException {
    UnreadableException() {
      super(Quantity.SYNTAX, null, false, false);
    }
  }

  /** Checks the {@code resources} of a container. */
  static void check(List<FieldError> errors, String path, Object requirements) {
    Map<String, Object> limits = Values.objectAt(requirements, "limits");
    Map<String, Object> requests = Values.objectAt(requirements, "requests");
    limits.forEach((name, value) -> amount(errors, path + ".limits", name, value));
    requests.forEach(
        (name, value) -> {
          amount(errors, path + ".requests", name, value);
          Quantity request = Quantity.find(value).orElse(Quantity.ZERO);
          Quantity limit = Quantity.find(limits.get(name)).orElse(null);
          if (limit == null && name.contains("/")) {
            errors.add(
                FieldError.required(
                    path + ".limits", "Limit must be set for non overcommitable resources"));
          } else if (limit != null && name.contains("/") && !limit.equals(request)) {
            errors.add(
                FieldError.invalid(
                    path + ".requests",
                    request.toString(),
                    "must be equal to %s limit of %s".formatted(name, limit)));
          } else if (limit != null && request.compareTo(limit) > 0) {
            errors.add(
                FieldError.invalid(
                    path + ".requests",
                    request.toString(),
                    "must be less than or equal to %s limit of %s".formatted(name, limit)));
          }
        });
  }

  private static void amount(
      List<FieldError> errors, String path, String name, @Nullable Object value) {
    String field = "%s[%s]".formatted(path, name);
    if (!name.contains("/") && !OF_CONTAINERS.contains(name) && !name.startsWith("hugepages-")) {
      errors.add(
          FieldError.invalid(field, name, "must be a standard resource type or fully qualified"));
      errors.add(FieldError.invalid(field, name, "must be a standard resource for containers"));
    }
    if (Checks.quantity(errors, field, value)
        && name.contains("/")
        && !Quantity.find(value).orElseThrow().whole()) {
      errors.add(FieldError.invalid(field, String.valueOf(value), "must be an integer"));
    }
  }
}
