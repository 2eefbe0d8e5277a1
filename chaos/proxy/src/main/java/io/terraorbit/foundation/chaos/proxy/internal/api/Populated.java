package io.terraorbit.foundation.chaos.proxy.internal.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request for several proxies.
 *
 * @param proxies those created or kept
 * @param failure what stopped it; null when nothing did
 */
public record Populated(List<ProxyView> proxies, @Nullable ApiFailure failure) {}
