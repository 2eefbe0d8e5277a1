/** JMH benchmarks, ours and the peers' in one run, and the gates on their ratios. */
@NullMarked
package io.terraorbit.foundation.benchmarks;

import org.jspecify.annotations.NullMarked;
