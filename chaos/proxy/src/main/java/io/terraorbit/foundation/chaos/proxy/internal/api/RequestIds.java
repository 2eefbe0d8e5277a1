package io.terraorbit.foundation.chaos.proxy.internal.api;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes ids of requests in the form of rs/xid: 20 characters for four bytes of seconds, five bytes
 * of this server and three bytes that count. Safe for many threads.
 */
public final class RequestIds {
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuv";
  private static final int CHARACTERS = 20;
  private static final int BITS = 96;

  private final InstantSource time;
  private final long server;
  private int count;

  public RequestIds(InstantSource time, RandomGenerator random) {
    this.time = time;
    this.server = random.nextLong() & 0xff_ffff_ffffL;
    this.count = random.nextInt();
  }

  synchronized String next() {
    long seconds = time.instant().getEpochSecond() & 0xffff_ffffL;
    count++;
    long high = seconds << 16 | server >>> 24;
    long low = (server & 0xff_ffffL) << 24 | (count & 0xff_ffffL);
    StringBuilder id = new StringBuilder(CHARACTERS);
    for (int i = 0; i < CHARACTERS; i++) {
      id.append(ALPHABET.charAt(fiveBits(high, low, BITS - 5 * (i + 1))));
    }
    return id.toString();
  }

  /** Five bits of the 96 (48 and 48), counted from the right; there are none left of bit zero. */
  private static int fiveBits(long high, long low, int from) {
    int bits = 0;
    for (int i = 4; i >= 0; i--) {
      int position = from + i;
      long word = position >= 48 ? high >>> (position - 48) : position < 0 ? 0 : low >>> position;
      bits = bits << 1 | (int) (word & 1);
    }
    return bits;
  }
}
