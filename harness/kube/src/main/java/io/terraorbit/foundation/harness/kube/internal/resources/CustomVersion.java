package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a definition says about one version of a custom resource. Immutable.
 *
 * @param kept the schema of the version in which objects are kept
 * @param selectableFields paths such as {@code spec.color}
 * @param scale null when it has no such subresource
 * @param warning what every answer about the version warns of; empty for nothing
 */
public record CustomVersion(
    StructuralSchema schema,
    StructuralSchema kept,
    List<PrinterColumn> columns,
    List<String> selectableFields,
    @Nullable ScalePaths scale,
    String warning) {
  public CustomVersion {
    columns = List.copyOf(columns);
    selectableFields = List.copyOf(selectableFields);
  }

  /** A kept object as this version shows it: with defaults, without what it does not know. */
  public Map<String, Object> shown(Map<String, Object> object) {
    return schema.pruned(kept.withDefaults(object));
  }

  /** An object of this version as it is kept: without what the kept version does not know. */
  public Map<String, Object> forKeeping(Map<String, Object> object) {
    return kept.pruned(StructuralSchema.withStoredNumbers(object));
  }
}
