package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.Map;

/**
 * A short text that stands for a Pod template: FNV-1a of 32 bits over its canonical JSON, in an
 * alphabet that makes no words. A real cluster hashes another form, so the texts differ from its.
 */
final class TemplateHash {
  private static final int BASIS = 0x811c9dc5;
  private static final int PRIME = 0x01000193;
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private TemplateHash() {}

  /**
   * The hash.
   *
   * @param collisions how many templates are known to have had the same
   */
  static String of(Map<String, Object> template, long collisions) {
    int hash = BASIS;
    for (byte each : Json.write(Values.sorted(template))) {
      hash = (hash ^ (each & 0xff)) * PRIME;
    }
    for (long rest = collisions; rest > 0; rest >>= 8) {
      hash = (hash ^ (int) (rest & 0xff)) * PRIME;
    }
    StringBuilder text = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
      text.append(ALPHABET.charAt((digit - '0') % ALPHABET.length()));
    }
    return text.toString();
  }
}
