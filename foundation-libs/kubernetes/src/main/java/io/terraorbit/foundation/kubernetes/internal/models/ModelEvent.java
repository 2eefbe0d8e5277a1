package io.terraorbit.foundation.kubernetes.internal.models;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a watch.
 *
 * @param object null when the type is {@code ERROR}
 * @param status the Status of an {@code ERROR}; else empty
 */
public record ModelEvent<T>(String type, @Nullable T object, Map<String, Object> status) {}
