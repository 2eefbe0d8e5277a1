package io.terraorbit.foundation.harness.kube.internal.typed;

import java.util.Map;
import java.util.Optional;

/**
 * A structure of the API, such as a Deployment's specification. Immutable.
 *
 * @param name such as {@code apps/v1.DeploymentSpec}
 * @param atomic whether server-side apply owns it as a whole
 * @param fields by JSON name
 */
public record StructType(String name, boolean atomic, Map<String, Field> fields) {
  /** The field of a name; empty when the structure has none. */
  public Optional<Field> field(String jsonName) {
    return Optional.ofNullable(fields.get(jsonName));
  }

  /** As Go prints it without its package: {@code DeploymentSpec}. */
  public String goName() {
    return name.substring(name.indexOf('.') + 1);
  }

  /** As Go prints it: {@code v1.DeploymentSpec}. */
  String goType() {
    return name.substring(name.indexOf('/') + 1);
  }
}
