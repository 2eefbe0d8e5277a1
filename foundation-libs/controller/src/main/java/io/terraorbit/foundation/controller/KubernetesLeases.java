package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import io.terraorbit.foundation.kubernetes.ResourceVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lease as an object of {@code coordination.k8s.io/v1}. Durations are rounded up to the seconds
 * that the API knows, which only makes followers wait longer; instants are cut to the microsecond.
 * Labels and all else that others put on the object stay.
 */
final class KubernetesLeases implements LeaseStore {
  private static final Set<String> CHANGED =
      Set.of("KUBE_CONFLICT", "KUBE_ALREADY_EXISTS", "KUBE_NOT_FOUND");

  private final ResourceClient<Lease> client;
  private final ObjectKey key;
  private @Nullable Lease latest;

  KubernetesLeases(ResourceClient<Lease> client, ObjectKey key) {
    this.client = client;
    this.key = key;
  }

  @Override
  public Optional<StoredLease> fetch() {
    return client.find(key).map(this::stored);
  }

  @Override
  public Optional<StoredLease> tryCreate(LeaseRecord record) {
    ObjectMeta name =
        new ObjectMetaBuilder().withNamespace(key.namespace()).withName(key.name()).build();
    Lease lease = new LeaseBuilder().withMetadata(name).withSpec(spec(record)).build();
    try {
      return Optional.of(stored(client.create(lease)));
    } catch (AppException e) {
      return changed(e);
    }
  }

  @Override
  public Optional<StoredLease> tryReplace(StoredLease seen, LeaseRecord next) {
    Lease base = latest;
    if (base == null || !stored(base).sameVersion(seen)) {
      throw new IllegalArgumentException(
          "only the lease that was read last can be replaced, got %s, last was %s"
              .formatted(seen, base));
    }
    Lease lease = new LeaseBuilder(base).withSpec(spec(next)).build();
    try {
      return Optional.of(stored(client.update(lease)));
    } catch (AppException e) {
      return changed(e);
    }
  }

  private static Optional<StoredLease> changed(AppException e) {
    if (CHANGED.contains(e.code())) {
      return Optional.empty();
    }
    throw e;
  }

  private StoredLease stored(Lease lease) {
    latest = lease;
    ResourceVersion version =
        ResourceVersion.of(lease)
            .orElseThrow(
                () ->
                    AppException.of(
                        ErrorKind.PRECONDITION_FAILED,
                        "LEASE_VERSION_OPAQUE",
                        "lease '%s' has the resource version '%s'"
                            .formatted(key, lease.getMetadata().getResourceVersion()),
                        "Leader election needs versions that are decimal numbers and only rise.",
                        "Elect on an API that follows KEP-5504."));
    return new StoredLease(lease.getMetadata().getUid(), version, record(lease.getSpec()));
  }

  private static LeaseRecord record(@Nullable LeaseSpec spec) {
    if (spec == null) {
      return new LeaseRecord("", Duration.ZERO, 0, Instant.EPOCH, Instant.EPOCH);
    }
    String holder = spec.getHolderIdentity();
    Integer seconds = spec.getLeaseDurationSeconds();
    Integer transitions = spec.getLeaseTransitions();
    return new LeaseRecord(
        holder == null ? "" : holder,
        Duration.ofSeconds(seconds == null ? 0 : seconds),
        transitions == null ? 0 : transitions,
        instant(spec.getAcquireTime()),
        instant(spec.getRenewTime()));
  }

  private static LeaseSpec spec(LeaseRecord record) {
    long seconds = record.duration().plusNanos(999_999_999).toSeconds();
    return new LeaseSpecBuilder()
        .withHolderIdentity(record.free() ? null : record.holder())
        .withLeaseDurationSeconds((int) Math.max(1, seconds))
        .withLeaseTransitions(record.transitions())
        .withAcquireTime(micros(record.acquired()))
        .withRenewTime(micros(record.renewed()))
        .build();
  }

  private static ZonedDateTime micros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
  }

  private static Instant instant(@Nullable ZonedDateTime time) {
    return time == null ? Instant.EPOCH : time.toInstant();
  }
}
