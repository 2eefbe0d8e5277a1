/**
 * What an object gets, or is refused, because of the rest of the cluster: addresses of Services,
 * the account and the priority of Pods. Reads the state, changes only the object at hand, so a dry
 * run leaves nothing behind.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.admission;

import org.jspecify.annotations.NullMarked;
