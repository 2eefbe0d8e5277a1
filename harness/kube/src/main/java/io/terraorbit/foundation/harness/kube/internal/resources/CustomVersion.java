package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a definition says about one version of a custom resource. Immutable.
 *
 * @param selectableFields paths such as {@code spec.color}
 * @param scale null when it has no such subresource
 * @param warning what every answer about the version warns of; empty for nothing
 */
public record CustomVersion(
    StructuralSchema schema,
    List<PrinterColumn> columns,
    List<String> selectableFields,
    @Nullable ScalePaths scale,
    String warning) {
  public CustomVersion {
    columns = List.copyOf(columns);
    selectableFields = List.copyOf(selectableFields);
  }
}
