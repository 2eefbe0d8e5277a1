package io.terraorbit.foundation.chaos.proxy.internal.link;

import java.util.function.Supplier;

/**
 * A toxic as the links see it. Immutable.
 *
 * @param toxic unique name in the proxy
 * @param upstream whether it works on the way to the upstream
 * @param toxicity the part of the connections that it affects
 * @param epoch counts the changes of the toxic of this name, so that each draws anew
 * @param stage makes a stage for one connection
 */
public record StagePlan(
    String toxic, boolean upstream, double toxicity, int epoch, Supplier<Stage> stage) {}
