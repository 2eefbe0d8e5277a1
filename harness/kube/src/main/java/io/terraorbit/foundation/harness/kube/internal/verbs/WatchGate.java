package io.terraorbit.foundation.harness.kube.internal.verbs;

/**
 * Stands between a watch and its reader, and may hold events back or end the watch; never changes
 * their order. Called one call at a time, with the watch locked: must be quick, and must not call
 * the watch.
 */
public interface WatchGate {
  /** Lets everything pass at once. */
  WatchGate OPEN =
      new WatchGate() {
        @Override
        public void arrived(int count) {}

        @Override
        public Decision next(WatchEvent event) {
          return Decision.PASS;
        }
      };

  /** What becomes of the event that is next. */
  enum Decision {
    PASS,
    /** The reader never sees it. */
    DROP,
    /** Not yet; whoever opens the gate wakes the watch. */
    HOLD
  }

  /** Events joined the queue. */
  void arrived(int count);

  /** What becomes of the first event in the queue; asked again after {@link Decision#HOLD}. */
  Decision next(WatchEvent event);
}
