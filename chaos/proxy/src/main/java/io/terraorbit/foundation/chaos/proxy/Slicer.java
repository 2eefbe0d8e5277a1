package io.terraorbit.foundation.chaos.proxy;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Cuts the stream into small pieces. Immutable.
 *
 * @param averageSizeBytes about the size of a piece; zero and below leave chunks whole
 * @param sizeVariationBytes how far a piece may be off; values of the size and above are possible,
 *     a piece has a byte at least
 * @param delayMicros pause after each piece; negative counts as zero
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Slicer(long averageSizeBytes, long sizeVariationBytes, long delayMicros)
    implements Toxic {
  @Override
  public String type() {
    return ToxicType.SLICER.wireName();
  }

  @Override
  public Map<String, Object> attributes() {
    return ToxicType.SLICER.attributes(averageSizeBytes, sizeVariationBytes, delayMicros);
  }
}
