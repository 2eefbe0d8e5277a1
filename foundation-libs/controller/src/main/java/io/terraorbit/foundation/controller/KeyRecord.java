package io.terraorbit.foundation.controller;

import org.jspecify.annotations.Nullable;

/**
 * All that a queue knows of one key. Exactly one of: ready (linked into a band), delayed (in the
 * heap), running (has a claim). Guarded by the queue's lock.
 */
final class KeyRecord<K> {
  final K key;

  /** The open claim; while there is one the key is neither ready nor delayed. */
  @Nullable Claim<K> claim;

  /** Where the key is ready, or will be when its delay is over. */
  Band band = Band.BACKGROUND;

  /** An event came during the run: the band of the run that it asks for. */
  @Nullable Band dirty;

  /** Why the next run is wanted, since when; null when nothing asked for it yet. */
  @Nullable Causes causes;

  long firstCauseAt;

  int failures;
  boolean retrying;
  long retryAt;
  String retryCause = "";

  /** While retrying: no event and no reminder makes the key ready before this time. */
  long notBefore;

  boolean reminded;
  long remindAt;
  Band remindBand = Band.BACKGROUND;

  // Place in ReadyKeys.
  boolean ready;
  long readyAt;
  @Nullable KeyRecord<K> previous;
  @Nullable KeyRecord<K> next;

  // Place in DelayedKeys; -1 = not in it.
  int heapIndex = -1;
  long due;
  long order;

  KeyRecord(K key) {
    this.key = key;
  }

  void addCause(Cause cause, long now) {
    if (causes == null) {
      causes = new Causes(cause);
      firstCauseAt = now;
    } else {
      causes.add(cause);
    }
  }

  @Nullable Causes takeCauses() {
    Causes taken = causes;
    causes = null;
    return taken;
  }

  void remindAt(long at, Band wanted) {
    remindBand = reminded ? remindBand.atLeast(wanted) : wanted;
    remindAt = reminded && remindAt - at <= 0 ? remindAt : at;
    reminded = true;
  }

  /** A reminder that came due while the key ran is due now: the key queues behind the others. */
  void overdueSince(long now) {
    remindAt = reminded && remindAt - now < 0 ? now : remindAt;
  }

  boolean delayed() {
    return retrying || reminded;
  }

  void forgetTimers() {
    retrying = false;
    reminded = false;
    remindBand = Band.BACKGROUND;
  }

  /** When the earlier of retry and reminder is due; asks for at least one of them. */
  long earliest() {
    if (!reminded) {
      return retryAt;
    }
    if (!retrying) {
      return remindAt;
    }
    long reminder = remindAt - notBefore < 0 ? notBefore : remindAt;
    return reminder - retryAt < 0 ? reminder : retryAt;
  }
}
