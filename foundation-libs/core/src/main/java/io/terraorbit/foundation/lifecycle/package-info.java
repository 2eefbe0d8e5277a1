/** How a program begins, and how it ends in order and in time. */
@NullMarked
package io.terraorbit.foundation.lifecycle;

import org.jspecify.annotations.NullMarked;
