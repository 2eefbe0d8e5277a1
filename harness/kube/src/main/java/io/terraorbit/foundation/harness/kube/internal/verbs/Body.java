package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object that is to be written, before it is decoded.
 *
 * @param findings adds what a strict reader found wrong with it already
 * @param patch of one that a strategic merge patch made: the patch as messages cite it. Such an
 *     object is known to be of the right kind, is decoded without JSON, and is the caller's own.
 */
record Body(
    Map<String, Object> object, Consumer<StrictErrors> findings, @Nullable Supplier<String> patch) {
  static Body of(Map<String, Object> object) {
    return new Body(object, strict -> {}, null);
  }
}
