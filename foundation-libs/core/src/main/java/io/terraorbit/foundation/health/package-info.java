/** Whether a program can do its work now, and if not, for want of what. */
@NullMarked
package io.terraorbit.foundation.health;

import org.jspecify.annotations.NullMarked;
