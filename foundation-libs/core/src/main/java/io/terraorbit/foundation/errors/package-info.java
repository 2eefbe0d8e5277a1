/** The one error model: a kind, a stable code, and a message in three parts. */
@NullMarked
package io.terraorbit.foundation.errors;

import org.jspecify.annotations.NullMarked;
