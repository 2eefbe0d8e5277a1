/**
 * Chainsaw's assertion trees: partial matches of JSON values, with JMESPath in parentheses and
 * bindings.
 */
@NullMarked
package io.terraorbit.foundation.chaos.scenario.internal.tree;

import org.jspecify.annotations.NullMarked;
