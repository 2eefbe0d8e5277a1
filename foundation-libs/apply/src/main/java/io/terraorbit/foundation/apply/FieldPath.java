package io.terraorbit.foundation.apply;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * The way from the root of an object to one of its values; its text reads {@code
 * .spec.ports[port=80,protocol="TCP"].name}. Immutable.
 *
 * @param elements from the root on
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FieldPath(List<PathElement> elements) {
  public FieldPath {
    elements = List.copyOf(elements);
  }

  /** A path of members only. */
  public static FieldPath of(String... names) {
    return new FieldPath(Arrays.stream(names).map(PathElement::field).toList());
  }

  @Override
  public String toString() {
    return elements.stream().map(PathElement::toString).collect(Collectors.joining());
  }
}
