/** What the machine offers: its platform, its directories, a way to shed root's rights. */
@NullMarked
package io.terraorbit.foundation.harness.embedded.internal.host;

import org.jspecify.annotations.NullMarked;
