/** What each toxic does to the chunks that pass it: one stage per file, confined to one loop. */
@NullMarked
package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import org.jspecify.annotations.NullMarked;
