/** The workbench: scenarios from the command line. */
@NullMarked
package io.terraorbit.foundation.workbench;

import org.jspecify.annotations.NullMarked;
