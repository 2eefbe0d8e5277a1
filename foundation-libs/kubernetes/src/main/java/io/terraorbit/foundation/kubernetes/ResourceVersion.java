package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.math.BigInteger;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Where an object or a list stands in the history of its resource. Immutable.
 *
 * <p>Versions compare only within one resource of one API server (KEP-5504, stable since Kubernetes
 * 1.35).
 *
 * @param value zero or more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ResourceVersion(BigInteger value) implements Comparable<ResourceVersion> {
  /** KEP-5504 promises 128 bits, which are 39 digits. */
  private static final int MAX_DIGITS = 39;

  public ResourceVersion {
    if (value.signum() < 0) {
      throw new IllegalArgumentException("a resource version is zero or more, got " + value);
    }
  }

  public static ResourceVersion of(long value) {
    return new ResourceVersion(BigInteger.valueOf(value));
  }

  /** Reads a decimal number; empty for anything else, such as the opaque text of an old server. */
  public static Optional<ResourceVersion> parse(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    return text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(new ResourceVersion(new BigInteger(text)))
        : Optional.empty();
  }

  /** The version that an object carries, if it carries a number. */
  public static Optional<ResourceVersion> of(HasMetadata object) {
    return object.getMetadata() == null
        ? Optional.empty()
        : parse(object.getMetadata().getResourceVersion());
  }

  @Override
  public int compareTo(ResourceVersion other) {
    return value.compareTo(other.value);
  }

  /** The number as the API writes it. */
  @Override
  public String toString() {
    return value.toString();
  }
}
