package io.terraorbit.foundation.controller;

import java.time.Duration;
import java.time.Instant;
import org.apiguardian.api.API;

/**
 * What a Lease says. The two instants are for people: nothing is decided by them, for they come
 * from other machines' clocks. Immutable.
 *
 * @param holder identity of the leader; empty when it released the lease
 * @param duration how long others leave the holder alone after they last saw the record change
 * @param transitions number of acquisitions so far
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LeaseRecord(
    String holder, Duration duration, int transitions, Instant acquired, Instant renewed) {
  boolean free() {
    return holder.isEmpty();
  }
}
