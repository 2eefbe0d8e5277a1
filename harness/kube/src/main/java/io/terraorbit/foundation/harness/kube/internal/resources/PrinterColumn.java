package io.terraorbit.foundation.harness.kube.internal.resources;

/**
 * One of a definition's {@code additionalPrinterColumns}. Immutable.
 *
 * @param type {@code integer}, {@code number}, {@code string}, {@code boolean} or {@code date}
 * @param format empty for none
 * @param jsonPath where its value is, such as {@code .spec.replicas}
 */
public record PrinterColumn(
    String name, String type, String format, String description, long priority, String jsonPath) {}
