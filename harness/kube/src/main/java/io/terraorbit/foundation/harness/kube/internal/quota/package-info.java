/**
 * What namespaces may use: ResourceQuotas, which count what is there, and LimitRanges, which bound
 * single objects. Knows the store's snapshots, writes nothing.
 */
@NullMarked
package io.terraorbit.foundation.harness.kube.internal.quota;

import org.jspecify.annotations.NullMarked;
