/** Tests of the parts below the public face. */
@NullMarked
package io.terraorbit.foundation.chaos.proxy.internal.toxics;

import org.jspecify.annotations.NullMarked;
