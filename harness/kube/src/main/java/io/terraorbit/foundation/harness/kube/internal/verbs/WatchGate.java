package io.terraorbit.foundation.harness.kube.internal.verbs;

/**
 * Stands between a watch and its reader, and may hold events back or end the watch; never changes
 * their order.
 */
public interface WatchGate {
  /** Lets everything pass at once. */
  WatchGate OPEN =
      new WatchGate() {
        @Override
        public void arrived(int count) {}

        @Override
        public void settle() {}

        @Override
        public void ended() {}

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

  /** Events joined the queue. Called with the watch locked: be quick, and do not call the watch. */
  void arrived(int count);

  /**
   * What becomes of the first event in the queue; asked again after {@link Decision#HOLD}. Called
   * with the watch locked.
   */
  Decision next(WatchEvent event);

  /** Called after every look at the queue, with nothing locked. */
  void settle();

  /** The watch has ended; what is held is lost. Called with nothing locked, maybe repeatedly. */
  void ended();
}
