/** JSON to and from fabric8's model classes. */
@NullMarked
package io.terraorbit.foundation.kubernetes.internal.models;

import org.jspecify.annotations.NullMarked;
