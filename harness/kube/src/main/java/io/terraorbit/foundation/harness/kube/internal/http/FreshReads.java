package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Holds back reads of a revision that is yet to come. Safe for many threads; blocks none.
 *
 * @param patience how long, before the read is made all the same and refused
 */
record FreshReads(Cluster cluster, Duration patience) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /**
   * Reads once a revision is there.
   *
   * @param revision 0 for whatever is there
   */
  Reply read(long revision, Supplier<Reply> read) {
    return read(revision, read, patience);
  }

  private Reply read(long revision, Supplier<Reply> read, Duration left) {
    if (revision <= cluster.store().revision() || left.isZero()) {
      return read.get();
    }
    Duration step = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
    return new Reply.Later(step, () -> read(revision, read, left.minus(step)));
  }
}
