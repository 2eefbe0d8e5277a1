/** What is counted and measured, whoever keeps the numbers. */
@NullMarked
package io.terraorbit.foundation.meters;

import org.jspecify.annotations.NullMarked;
