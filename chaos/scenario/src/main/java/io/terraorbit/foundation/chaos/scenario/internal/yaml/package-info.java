/** Reads YAML strictly: every mistake is kept with its file and line, and all are told at once. */
@NullMarked
package io.terraorbit.foundation.chaos.scenario.internal.yaml;

import org.jspecify.annotations.NullMarked;
