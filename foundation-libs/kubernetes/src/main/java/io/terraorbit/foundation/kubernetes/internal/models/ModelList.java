package io.terraorbit.foundation.kubernetes.internal.models;

import java.util.List;
import java.util.Map;

/**
 * A list as the API sends it.
 *
 * @param metadata {@code resourceVersion}, {@code continue} and the like
 */
public record ModelList<T>(List<T> items, Map<String, Object> metadata) {}
