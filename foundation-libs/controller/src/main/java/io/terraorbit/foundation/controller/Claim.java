package io.terraorbit.foundation.controller;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on one key. At most one claim per key is open at any time. Whoever took it ends
 * it, by {@link #complete} or, when the work died, by {@link #close}: a key is never left behind.
 * Safe for many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Claim<K> implements AutoCloseable {
  private final WorkQueue<K> owner;
  private final KeyRecord<K> record;
  private final int failures;
  private final Band band;
  private final long waitedNanos;
  private final @Nullable Causes causes;

  Claim(WorkQueue<K> owner, KeyRecord<K> record, long waitedNanos, @Nullable Causes causes) {
    this.owner = owner;
    this.record = record;
    this.failures = record.failures;
    this.band = record.band;
    this.waitedNanos = waitedNanos;
    this.causes = causes;
  }

  public K key() {
    return record.key;
  }

  /** Failed runs in a row before this one. */
  public int failures() {
    return failures;
  }

  public Band band() {
    return band;
  }

  /** Time from the first of the causes to the claim. */
  public Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  /** What was merged into this run, oldest first, each once; the first 16 of them. */
  public List<Cause> causes() {
    return causes == null ? List.of() : causes.kept();
  }

  /** Number of causes beyond those that {@link #causes()} names. */
  public int furtherCauses() {
    return causes == null ? 0 : causes.dropped();
  }

  /**
   * Ends the claim and decides when the key runs again.
   *
   * @return whether this call ended it; only the first does, later ones change nothing
   */
  public boolean complete(Outcome outcome) {
    return owner.complete(this, outcome);
  }

  /** Ends the claim as failed, unless it has ended. */
  @Override
  public void close() {
    complete(new Outcome.Failed(new IllegalStateException("the claim was closed unfinished")));
  }

  KeyRecord<K> record() {
    return record;
  }
}
