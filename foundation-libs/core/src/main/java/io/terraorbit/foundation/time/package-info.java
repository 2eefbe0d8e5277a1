/** Time as a collaborator: read it, schedule on it, or move it by hand in a test. */
@NullMarked
package io.terraorbit.foundation.time;

import org.jspecify.annotations.NullMarked;
