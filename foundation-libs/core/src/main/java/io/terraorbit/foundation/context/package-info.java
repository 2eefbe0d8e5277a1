/** What belongs to a call and follows it: deadline, principal, ids. */
@NullMarked
package io.terraorbit.foundation.context;

import org.jspecify.annotations.NullMarked;
