package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.errors.AppException;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * One kind of damage with its attributes, without saying where it applies (that is a {@link
 * ToxicSpec}). Types, attributes and units are those of Toxiproxy 2.12; as there, any 64-bit number
 * is accepted, and what makes no sense (a negative delay) counts as none. Immutable.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Toxic
    permits Latency, Bandwidth, SlowClose, Timeout, ResetPeer, Slicer, LimitData, Noop {
  /** The name of the kind on the wire, such as {@code slow_close}. */
  String type();

  /** All attributes by wire name, as {@code Long}, in Toxiproxy's order. */
  Map<String, Object> attributes();

  /**
   * Builds a toxic from wire names.
   *
   * @param attributes {@code Long} or {@code Integer} by wire name; those left out are zero
   * @throws AppException {@code TOXIC_TYPE_UNKNOWN}, {@code TOXIC_ATTRIBUTE_UNKNOWN} or {@code
   *     TOXIC_ATTRIBUTE_INVALID}, naming type and attribute
   */
  static Toxic of(String type, Map<String, ?> attributes) {
    return ToxicType.of(type).toxic(attributes);
  }
}
