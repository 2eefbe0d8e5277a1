package io.terraorbit.foundation.harness.kube.internal.store;

/** A revision that the store no longer keeps, or does not have yet. */
public final class RevisionUnavailableException extends RuntimeException {
  private final long asked;
  private final long oldest;
  private final long newest;

  RevisionUnavailableException(long asked, long oldest, long newest) {
    super("revision %d is not among %d to %d".formatted(asked, oldest, newest));
    this.asked = asked;
    this.oldest = oldest;
    this.newest = newest;
  }

  public long asked() {
    return asked;
  }

  public long oldest() {
    return oldest;
  }

  public long newest() {
    return newest;
  }

  /** Whether the revision was there once; else it is yet to come. */
  public boolean compacted() {
    return asked < oldest;
  }
}
