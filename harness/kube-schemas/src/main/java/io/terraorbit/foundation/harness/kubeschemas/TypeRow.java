package io.terraorbit.foundation.harness.kubeschemas;

import java.util.List;

/**
 * A compiled type. Immutable.
 *
 * @param name such as {@code apps/v1.DeploymentSpec}
 * @param atomic whether it is owned as a whole in server-side apply
 */
record TypeRow(String name, boolean atomic, List<FieldRow> fields) {
  /**
   * A compiled field. Immutable.
   *
   * @param path of field numbers in protobuf, joined by dots; more than one where the type holds
   *     the fields of another; empty when there is no message
   * @param via the Go types that are embedded on the way to it, each with a dot behind
   * @param shape {@code [} for a list of, an opening brace for a map of, then one letter of {@link
   *     Shapes}
   * @param type the name of the type of shape {@code .}; empty for others
   */
  record FieldRow(
      String name,
      String path,
      String via,
      String shape,
      String type,
      boolean required,
      Fact fact) {}
}
