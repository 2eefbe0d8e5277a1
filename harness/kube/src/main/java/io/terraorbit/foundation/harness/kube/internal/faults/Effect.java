package io.terraorbit.foundation.harness.kube.internal.faults;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.kube.internal.verbs.WatchEvent;
import io.terraorbit.foundation.harness.kube.internal.verbs.WatchGate.Decision;
import io.terraorbit.foundation.json.Values;

/** What one fault does to one watch. Confined to the lock of the watch's faults. */
abstract sealed class Effect {
  private final Armed.Hit hit;
  private boolean acted;

  private Effect(Armed.Hit hit) {
    this.hit = hit;
  }

  /** Begins on a watch. */
  static Effect of(Armed.Hit hit, WatchFaults faults) {
    if (hit.fault() instanceof ApiFault.HoldEvents hold) {
      return new Hold(hit, hold);
    }
    if (hit.fault() instanceof ApiFault.DelayEvents delay) {
      return new Late(hit, delay, faults);
    }
    if (hit.fault() instanceof ApiFault.StarveBookmarks starve) {
      return new Starve(hit, starve);
    }
    if (hit.fault() instanceof ApiFault.BreakWatch end) {
      return new Break(hit, end);
    }
    return new TooOld(hit);
  }

  Armed.Hit hit() {
    return hit;
  }

  /** Whether it has acted; if not, the watch does not count as hit. */
  boolean acted() {
    return acted;
  }

  /** Remembers that it acts now; true for the first time. */
  boolean act() {
    boolean first = !acted;
    acted = true;
    return first;
  }

  boolean healed() {
    return hit.armed().healed();
  }

  void arrived(int count) {}

  abstract Decision next(WatchEvent event);

  /** The event left the queue. */
  void left(WatchEvent event) {}

  /** How the watch ends now, if it does. */
  Ending ending() {
    return Ending.NONE;
  }

  /** What it did, in words. */
  abstract String words();

  static boolean isBookmark(WatchEvent event) {
    return event.type().equals("BOOKMARK");
  }

  /** How a watch ends. */
  enum Ending {
    NONE,
    CLEAN,
    CUT,
    TOO_OLD
  }

  /** Holds events back until it is healed. */
  private static final class Hold extends Effect {
    private final ApiFault.HoldEvents fault;
    private int passed;

    Hold(Armed.Hit hit, ApiFault.HoldEvents fault) {
      super(hit);
      this.fault = fault;
    }

    @Override
    Decision next(WatchEvent event) {
      return healed() || passed < fault.afterEvents() ? Decision.PASS : Decision.HOLD;
    }

    @Override
    void left(WatchEvent event) {
      passed += isBookmark(event) ? 0 : 1;
    }

    @Override
    String words() {
      return "events held back after " + fault.afterEvents();
    }
  }

  /** Lets each event pass only some time after it arrived. */
  private static final class Late extends Effect {
    private final ApiFault.DelayEvents fault;
    private final WatchFaults faults;
    private long ripe;

    Late(Armed.Hit hit, ApiFault.DelayEvents fault, WatchFaults faults) {
      super(hit);
      this.fault = fault;
      this.faults = faults;
    }

    @Override
    void arrived(int count) {
      faults.later(fault.delay(), () -> ripe += count);
    }

    @Override
    Decision next(WatchEvent event) {
      return healed() || ripe > 0 ? Decision.PASS : Decision.HOLD;
    }

    @Override
    void left(WatchEvent event) {
      ripe--;
    }

    @Override
    String words() {
      return "events delayed by " + fault.delay();
    }
  }

  /** Drops bookmarks until it is healed. */
  private static final class Starve extends Effect {
    private final ApiFault.StarveBookmarks fault;

    Starve(Armed.Hit hit, ApiFault.StarveBookmarks fault) {
      super(hit);
      this.fault = fault;
    }

    @Override
    Decision next(WatchEvent event) {
      boolean starves =
          isBookmark(event) && !healed() && (fault.initialToo() || !endsInitialEvents(event));
      return starves ? Decision.DROP : Decision.PASS;
    }

    @Override
    String words() {
      return "bookmarks withheld";
    }

    private static boolean endsInitialEvents(WatchEvent event) {
      return Values.at(event.object(), "metadata", "annotations", "k8s.io/initial-events-end")
          .isPresent();
    }
  }

  /** Ends the watch after some events. */
  private static final class Break extends Effect {
    private final ApiFault.BreakWatch fault;
    private int passed;

    Break(Armed.Hit hit, ApiFault.BreakWatch fault) {
      super(hit);
      this.fault = fault;
    }

    @Override
    Decision next(WatchEvent event) {
      return Decision.PASS;
    }

    @Override
    void left(WatchEvent event) {
      passed += isBookmark(event) ? 0 : 1;
    }

    @Override
    Ending ending() {
      if (healed() || passed < fault.afterEvents()) {
        return Ending.NONE;
      }
      return fault.end() == ApiFault.WatchEnd.CUT ? Ending.CUT : Ending.CLEAN;
    }

    @Override
    String words() {
      return "watch ended (%s) after %d events".formatted(fault.end(), passed);
    }
  }

  /** Ends the watch with an ERROR event. */
  private static final class TooOld extends Effect {
    TooOld(Armed.Hit hit) {
      super(hit);
    }

    @Override
    Decision next(WatchEvent event) {
      return Decision.HOLD;
    }

    @Override
    Ending ending() {
      return Ending.TOO_OLD;
    }

    @Override
    String words() {
      return "watch ended by an ERROR event 410 Expired";
    }
  }
}
