package io.terraorbit.foundation.harness.kube.internal.conversion;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between the form in which a version serves objects and the one in which they are kept. */
public interface Conversion {
  /** A version that serves objects as they are kept. */
  Conversion NONE = new Conversion() {};

  /** The conversion of a version of a kind. */
  static Conversion of(ResourceType type) {
    if (!type.converted()) {
      return NONE;
    }
    return switch (type.apiVersion() + "/" + type.plural()) {
      case "autoscaling/v1/horizontalpodautoscalers" -> new AutoscalerConversion();
      case "events.k8s.io/v1/events" -> new EventConversion();
      default -> NONE;
    };
  }

  /** The object as it is kept. */
  default Map<String, Object> toStored(Map<String, Object> served) {
    return served;
  }

  /** The object as the version serves it. */
  default Map<String, Object> fromStored(Map<String, Object> stored) {
    return stored;
  }

  /**
   * What is wrong with an object, in the words of the version.
   *
   * @param stored the object as it would be kept
   * @param before what is kept now; null for a creation
   * @param errors what is wrong with it in any version
   */
  default List<FieldError> check(
      Map<String, Object> stored, @Nullable Map<String, Object> before, List<FieldError> errors) {
    return errors;
  }
}
