package io.terraorbit.foundation.chaos.proxy;

import org.apiguardian.api.API;

/**
 * A toxic in its place. Immutable.
 *
 * @param name unique within its proxy; an empty one becomes {@code <type>_<stream>}
 * @param stream the half of the connection that it works on
 * @param toxicity the part of the connections that it affects; zero and below mean none, one and
 *     above all. Each connection draws once, and once more whenever the toxic is updated
 * @param toxic what it does
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ToxicSpec(String name, Direction stream, double toxicity, Toxic toxic) {
  public ToxicSpec {
    if (Double.isNaN(toxicity)) {
      throw new IllegalArgumentException("toxicity of toxic '%s' is not a number".formatted(name));
    }
    if (name.isEmpty()) {
      name = toxic.type() + "_" + stream.wireName();
    }
  }

  /** With the default name, for all connections. */
  public static ToxicSpec of(Direction stream, Toxic toxic) {
    return new ToxicSpec("", stream, 1, toxic);
  }
}
