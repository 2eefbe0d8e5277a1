/** Tests of the parts below the public face. */
@NullMarked
package io.terraorbit.foundation.chaos.proxy.internal.link;

import org.jspecify.annotations.NullMarked;
