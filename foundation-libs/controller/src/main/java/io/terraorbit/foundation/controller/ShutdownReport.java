package io.terraorbit.foundation.controller;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What became of a queue's work when it was shut down: nothing is dropped silently. Immutable.
 *
 * @param completed claims that were completed since the shutdown began
 * @param droppedReady keys that wanted a run at once and got none; a key that is running and had
 *     another run ahead is in here and in {@code stillRunning}
 * @param droppedDelayed keys whose retry or reminder was dropped
 * @param stillRunning keys with an open claim
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ShutdownReport<K>(
    long completed, List<K> droppedReady, List<K> droppedDelayed, List<K> stillRunning) {
  public ShutdownReport {
    droppedReady = List.copyOf(droppedReady);
    droppedDelayed = List.copyOf(droppedDelayed);
    stillRunning = List.copyOf(stillRunning);
  }
}
