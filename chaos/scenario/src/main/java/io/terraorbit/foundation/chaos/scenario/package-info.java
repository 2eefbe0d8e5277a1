/**
 * Scenarios as data, the runner that turns them into effects, the history of what became visible,
 * and the checkers that judge it.
 */
@NullMarked
package io.terraorbit.foundation.chaos.scenario;

import org.jspecify.annotations.NullMarked;
