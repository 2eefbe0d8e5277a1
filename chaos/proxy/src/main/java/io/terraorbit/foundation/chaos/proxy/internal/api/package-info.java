/**
 * The HTTP control API of Toxiproxy 2.12: routes, JSON shapes, statuses and error texts. What the
 * calls do is behind {@link io.terraorbit.foundation.chaos.proxy.internal.api.Control}.
 */
@NullMarked
package io.terraorbit.foundation.chaos.proxy.internal.api;

import org.jspecify.annotations.NullMarked;
