package io.terraorbit.foundation.harness.kube.internal.protobuf;

import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is around every object: {@code runtime.Unknown} behind four bytes. Immutable.
 *
 * @param apiVersion of the object; empty when it does not say
 * @param kind of the object; empty when it does not say
 * @param raw its message
 */
public record Envelope(String apiVersion, String kind, ByteBuffer raw) {
  private static final byte[] PREFIX = {'k', '8', 's', 0};
  private static final int TYPE = 1;
  private static final int RAW = 2;

  /**
   * Reads a body.
   *
   * @throws UndecodableException with Go's message
   */
  public static Envelope read(byte[] body) {
    if (body.length == 0) {
      throw new UndecodableException("empty data");
    }
    if (body.length < PREFIX.length
        || !Arrays.equals(body, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
      throw new UndecodableException(
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    }
    if (body.length == PREFIX.length) {
      throw new UndecodableException("empty body");
    }
    WireReader in =
        new WireReader(
            ByteBuffer.wrap(body, PREFIX.length, body.length - PREFIX.length).slice(), "Unknown");
    String[] type = {"", ""};
    ByteBuffer raw = ByteBuffer.allocate(0);
    while (in.next()) {
      switch (in.number()) {
        case TYPE -> {
          in.require(WireReader.LENGTH, "TypeMeta");
          readType(in.part(), type);
        }
        case RAW -> {
          in.require(WireReader.LENGTH, "Raw");
          raw = in.part();
        }
        default -> in.skip();
      }
    }
    return new Envelope(type[0], type[1], raw);
  }

  private static void readType(ByteBuffer bytes, String[] type) {
    WireReader in = new WireReader(bytes, "TypeMeta");
    while (in.next()) {
      if (in.number() <= type.length) {
        in.require(WireReader.LENGTH, in.number() == 1 ? "APIVersion" : "Kind");
        type[in.number() - 1] = in.text();
      } else {
        in.skip();
      }
    }
  }
}
