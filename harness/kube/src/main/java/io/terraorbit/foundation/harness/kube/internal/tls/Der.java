package io.terraorbit.foundation.harness.kube.internal.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** Writes the part of DER (ITU-T X.690) that a certificate needs. */
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OID = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int EXPLICIT = 0xa0;
  private static final int CONTEXT = 0x80;
  private static final int SHORT_LENGTH = 0x80;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return tagged(SET, parts);
  }

  static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  static byte[] yes() {
    return tagged(BOOLEAN, new byte[] {(byte) 0xff});
  }

  static byte[] text(String value) {
    return tagged(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A time from the year 2050 on is to be written so, and any may. */
  static byte[] time(Instant value) {
    return tagged(GENERALIZED_TIME, TIME.format(value).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] octets(byte[] content) {
    return tagged(OCTET_STRING, content);
  }

  /** Whole bytes, as bits. */
  static byte[] bits(byte[] content) {
    return bits(content, 0);
  }

  static byte[] bits(byte[] content, int unused) {
    return tagged(BIT_STRING, new byte[] {(byte) unused}, content);
  }

  static byte[] oid(String dotted) {
    int[] arcs = Arrays.stream(dotted.split("\\.")).mapToInt(Integer::parseInt).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    base128(out, arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      base128(out, arcs[i]);
    }
    return tagged(OID, out.toByteArray());
  }

  /** A part with a number of its own around it. */
  static byte[] explicit(int number, byte[] part) {
    return tagged(EXPLICIT | number, part);
  }

  /** A primitive value under a number in place of its type. */
  static byte[] implicit(int number, byte[] content) {
    return tagged(CONTEXT | number, content);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    length(out, Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void length(ByteArrayOutputStream out, int length) {
    if (length < SHORT_LENGTH) {
      out.write(length);
      return;
    }
    byte[] digits = BigInteger.valueOf(length).toByteArray();
    int first = digits[0] == 0 ? 1 : 0;
    out.write(SHORT_LENGTH | (digits.length - first));
    out.write(digits, first, digits.length - first);
  }

  private static void base128(ByteArrayOutputStream out, int value) {
    if (value >= SHORT_LENGTH) {
      base128Head(out, value >>> 7);
    }
    out.write(value & 0x7f);
  }

  private static void base128Head(ByteArrayOutputStream out, int value) {
    if (value >= SHORT_LENGTH) {
      base128Head(out, value >>> 7);
    }
    out.write(0x80 | (value & 0x7f));
  }
}
