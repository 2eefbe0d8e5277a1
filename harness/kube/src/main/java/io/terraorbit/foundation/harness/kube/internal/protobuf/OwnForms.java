package io.terraorbit.foundation.harness.kube.internal.protobuf;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Types that write themselves into protobuf in a form of their own. Stateless. */
final class OwnForms {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long LAST_SECOND = 253_402_300_799L;
  private static final long FIRST_SECOND = -62_167_219_200L;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int STRING = 1;

  private OwnForms() {}

  /** The zero time is an empty message. */
  static @Nullable String time(ByteBuffer message, boolean micros) {
    if (!message.hasRemaining()) {
      return null;
    }
    long[] fields = integers(message, "Timestamp", "Seconds", "Nanos");
    long seconds = Math.max(FIRST_SECOND, Math.min(LAST_SECOND, fields[0]));
    return micros
        ? MICROS.format(Instant.ofEpochSecond(seconds, fields[1]))
        : SECONDS.format(Instant.ofEpochSecond(seconds));
  }

  /** As Go prints it, such as {@code 1h0m0.5s}. */
  static String duration(ByteBuffer message) {
    long nanos = integers(message, "Duration", "Duration")[0];
    if (nanos == 0) {
      return "0s";
    }
    BigDecimal size = BigDecimal.valueOf(nanos).abs();
    String sign = nanos < 0 ? "-" : "";
    if (size.compareTo(BigDecimal.valueOf(NANOS_PER_SECOND)) < 0) {
      int digits = size.precision() - 1;
      String unit = digits < 3 ? "ns" : digits < 6 ? "µs" : "ms";
      return sign + plain(size.movePointLeft(digits / 3 * 3)) + unit;
    }
    BigDecimal[] minutes =
        size.movePointLeft(9).divideAndRemainder(BigDecimal.valueOf(SECONDS_PER_MINUTE));
    long whole = minutes[0].longValue();
    String rest = plain(minutes[1]) + "s";
    if (whole == 0) {
      return sign + rest;
    }
    long hours = whole / MINUTES_PER_HOUR;
    return sign + (hours == 0 ? "" : hours + "h") + whole % MINUTES_PER_HOUR + "m" + rest;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  static String quantity(ByteBuffer message) {
    WireReader in = new WireReader(message, "Quantity");
    String text = "";
    while (in.next()) {
      if (in.number() == 1) {
        in.require(WireReader.LENGTH, "String");
        text = in.text();
      } else {
        in.skip();
      }
    }
    return text.isEmpty() ? "0" : text;
  }

  static Object integerOrString(ByteBuffer message) {
    WireReader in = new WireReader(message, "IntOrString");
    long type = 0;
    int number = 0;
    String text = "";
    while (in.next()) {
      switch (in.number()) {
        case 1 -> {
          in.require(WireReader.VARINT, "Type");
          type = in.varint();
        }
        case 2 -> {
          in.require(WireReader.VARINT, "IntVal");
          number = (int) in.varint();
        }
        case 3 -> {
          in.require(WireReader.LENGTH, "StrVal");
          text = in.text();
        }
        default -> in.skip();
      }
    }
    return type == STRING ? text : (Object) (long) number;
  }

  /** The integers of a message whose fields are numbered from one. */
  private static long[] integers(ByteBuffer message, String name, String... fields) {
    WireReader in = new WireReader(message, name);
    long[] values = new long[fields.length];
    while (in.next()) {
      if (in.number() <= fields.length) {
        in.require(WireReader.VARINT, fields[in.number() - 1]);
        values[in.number() - 1] = in.varint();
      } else {
        in.skip();
      }
    }
    return values;
  }
}
