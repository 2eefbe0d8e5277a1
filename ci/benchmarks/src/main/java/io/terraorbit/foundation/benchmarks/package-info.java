/**
 * JMH benchmarks, ours and the peers' in one run, and the gates on their ratios. Not {@code
 * NullMarked}: JMH fills the fields.
 */
package io.terraorbit.foundation.benchmarks;
