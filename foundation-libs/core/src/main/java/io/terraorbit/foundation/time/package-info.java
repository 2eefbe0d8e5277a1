/** Time and chance as collaborators: read the clock, schedule on it, move it by hand in a test. */
@NullMarked
package io.terraorbit.foundation.time;

import org.jspecify.annotations.NullMarked;
