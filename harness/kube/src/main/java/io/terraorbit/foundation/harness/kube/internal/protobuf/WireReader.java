package io.terraorbit.foundation.harness.kube.internal.protobuf;

import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf's wire format, with the mistakes of Go's generated readers. Confined to a thread.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;
  private static final int WIRE_BITS = 3;
  private static final int MAX_SHIFT = 63;

  private final ByteBuffer bytes;
  private final String message;
  private int number;
  private int wire;

  /**
   * Reads a message.
   *
   * @param message as Go names its structure
   */
  WireReader(ByteBuffer bytes, String message) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.message = message;
  }

  /** Goes to the next field; false at the end. */
  boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    wire = (int) (tag & ((1 << WIRE_BITS) - 1));
    number = (int) (tag >>> WIRE_BITS);
    if (wire == END_GROUP) {
      throw new UndecodableException(
          "proto: %s: wiretype end group for non-group".formatted(message));
    }
    if (number <= 0) {
      throw new UndecodableException(
          "proto: %s: illegal tag %d (wire type %d)".formatted(message, number, wire));
    }
    return true;
  }

  int number() {
    return number;
  }

  boolean hasLength() {
    return wire == LENGTH;
  }

  /** Makes sure that the present field is written so. */
  void require(int wanted, String goName) {
    if (wire != wanted) {
      throw new UndecodableException(
          "proto: wrong wireType = %d for field %s".formatted(wire, goName));
    }
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift <= MAX_SHIFT; shift += Byte.SIZE - 1) {
      byte part = octet();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new UndecodableException("proto: integer overflow");
  }

  private byte octet() {
    if (!bytes.hasRemaining()) {
      throw endOfFile();
    }
    return bytes.get();
  }

  double fixed64() {
    if (bytes.remaining() < Long.BYTES) {
      throw endOfFile();
    }
    return bytes.getDouble();
  }

  /** The bytes of the present field. */
  ByteBuffer part() {
    long length = varint();
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new UndecodableException("proto: negative length found during unmarshaling");
    }
    if (length > bytes.remaining()) {
      throw endOfFile();
    }
    ByteBuffer part = bytes.slice().limit((int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  String text() {
    return StandardCharsets.UTF_8.decode(part()).toString();
  }

  byte[] octets() {
    ByteBuffer part = part();
    byte[] octets = new byte[part.remaining()];
    part.get(octets);
    return octets;
  }

  /** Passes over the present field, which may be a group. */
  void skip() {
    int depth = 0;
    int met = wire;
    while (true) {
      switch (met) {
        case VARINT -> varint();
        case FIXED64 -> pass(Long.BYTES);
        case LENGTH -> part();
        case START_GROUP -> depth++;
        case END_GROUP -> {
          if (depth == 0) {
            throw new UndecodableException("proto: unexpected end of group");
          }
          depth--;
        }
        case FIXED32 -> pass(Integer.BYTES);
        default -> throw new UndecodableException("proto: illegal wireType %d".formatted(met));
      }
      if (depth == 0) {
        return;
      }
      met = (int) (varint() & ((1 << WIRE_BITS) - 1));
    }
  }

  private void pass(int count) {
    if (bytes.remaining() < count) {
      throw endOfFile();
    }
    bytes.position(bytes.position() + count);
  }

  private static UndecodableException endOfFile() {
    return new UndecodableException("unexpected EOF");
  }
}
