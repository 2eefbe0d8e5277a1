/** Objects as tables: which columns a kind has, and what stands in them. Knows no HTTP. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.tables;

import org.jspecify.annotations.NullMarked;
