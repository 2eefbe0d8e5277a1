/** Bodies in protobuf, decoded by the message numbers of the compiled schema. */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.protobuf;

import org.jspecify.annotations.NullMarked;
