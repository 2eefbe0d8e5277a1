package io.terraorbit.foundation.apply;

import java.util.Optional;
import org.apiguardian.api.API;

/** The versions in which a kind of object is served. Must be safe for as many threads as use it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Versions {
  /**
   * An object in another version.
   *
   * @return empty when that version is not served (any more): who owns fields in it is forgotten
   */
  Optional<TypedValue> in(String apiVersion, TypedValue object);

  /** The fields of a version that a write does not reach, and that nobody comes to own by it. */
  FieldSet untouched(String apiVersion);

  /** A kind of one version in which every field may be written. */
  static Versions only(String apiVersion) {
    return new Versions() {
      @Override
      public Optional<TypedValue> in(String version, TypedValue object) {
        return version.equals(apiVersion) ? Optional.of(object) : Optional.empty();
      }

      @Override
      public FieldSet untouched(String version) {
        return FieldSet.EMPTY;
      }
    };
  }
}
