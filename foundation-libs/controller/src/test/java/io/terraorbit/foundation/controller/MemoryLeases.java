package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.kubernetes.ResourceVersion;
import java.util.Optional;

/** A lease in memory, shared by stores that can be made to fail or to hang. */
final class MemoryLeases {
  private Optional<StoredLease> stored = Optional.empty();
  private long version;

  synchronized Optional<StoredLease> stored() {
    return stored;
  }

  String holder() {
    return stored().map(s -> s.record().holder()).orElse("");
  }

  synchronized void touch() {
    stored = stored.map(s -> new StoredLease(s.uid(), next(), s.record()));
  }

  Store store() {
    return new Store();
  }

  private ResourceVersion next() {
    return ResourceVersion.of(++version);
  }

  private synchronized Optional<StoredLease> create(LeaseRecord record) {
    if (stored.isPresent()) {
      return Optional.empty();
    }
    stored = Optional.of(new StoredLease("uid", next(), record));
    return stored;
  }

  private synchronized Optional<StoredLease> replace(StoredLease seen, LeaseRecord record) {
    if (stored.isEmpty() || !stored.get().sameVersion(seen)) {
      return Optional.empty();
    }
    stored = Optional.of(new StoredLease("uid", next(), record));
    return stored;
  }

  final class Store implements LeaseStore {
    volatile boolean failing;
    volatile boolean hanging;

    @Override
    public Optional<StoredLease> fetch() {
      pass();
      return stored();
    }

    @Override
    public Optional<StoredLease> tryCreate(LeaseRecord record) {
      pass();
      return create(record);
    }

    @Override
    public Optional<StoredLease> tryReplace(StoredLease seen, LeaseRecord record) {
      pass();
      return replace(seen, record);
    }

    private synchronized void pass() {
      try {
        while (hanging) {
          wait(10);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      if (failing) {
        throw new IllegalStateException("unreachable");
      }
    }
  }
}
