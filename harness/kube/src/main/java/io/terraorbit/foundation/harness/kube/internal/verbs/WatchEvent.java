package io.terraorbit.foundation.harness.kube.internal.verbs;

import java.util.Map;

/**
 * One line of a watch. Immutable.
 *
 * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}
 */
public record WatchEvent(String type, Map<String, Object> object) {}
