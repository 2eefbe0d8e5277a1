package io.terraorbit.foundation.harness.kube.internal.schema;

import java.util.regex.Pattern;

/** The syntax of network addresses, as Go's {@code net} reads them. */
final class Addresses {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern MAC =
      Pattern.compile(
          "(?i)[0-9a-f]{2}([:-])([0-9a-f]{2}\\1){4}[0-9a-f]{2}(\\1[0-9a-f]{2}){0,2}"
              + "|[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}(\\.[0-9a-f]{4})?");
  private static final int GROUPS = 8;
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private Addresses() {}

  static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == GROUPS;
    }
    int before = groups(text.substring(0, gap));
    int after = groups(text.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after < GROUPS;
  }

  static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    return isIpv4(address) ? bits <= IPV4_BITS : isIpv6(address) && bits <= IPV6_BITS;
  }

  static boolean isMac(String text) {
    return MAC.matcher(text).matches();
  }

  /** How many groups of sixteen bits a text has; -1 when it is something else. */
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int groups = 0;
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        groups++;
      } else if (i == parts.length - 1 && isIpv4(parts[i])) {
        groups += 2;
      } else {
        return -1;
      }
    }
    return groups;
  }
}
