package io.terraorbit.foundation.harness.kube.internal.schema;

import com.google.re2j.Pattern;

/** Addresses of networks, people and documents, as the parsers of Go's library take them. */
public final class Addresses {
  private static final Pattern BYTE = Pattern.compile("0*(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern MAC =
      Pattern.compile(
          "(%1$s:){5}%1$s|(%1$s:){7}%1$s|(%1$s:){19}%1$s|(%1$s-){5}%1$s|(%1$s-){7}%1$s|(%1$s-){19}%1$s"
                  .formatted("[0-9a-fA-F]{2}")
              + "|(%1$s\\.){2}%1$s|(%1$s\\.){3}%1$s|(%1$s\\.){9}%1$s".formatted("[0-9a-fA-F]{4}"));
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{80}-\\x{10FFFF}]+";
  private static final String QUOTED = "\"([^\"\\\\\\x00-\\x1f]|\\\\[^\\x00-\\x1f])*\"";
  private static final String MAILBOX =
      "(%1$s(\\.%1$s)*|%2$s)@(%1$s(\\.%1$s)*|\\[[^\\[\\]\\\\\\s]+\\])".formatted(ATOM, QUOTED);
  private static final Pattern EMAIL =
      Pattern.compile(
          "\\s*(%1$s|((%2$s|%3$s|\\.)\\s*)*<%1$s>)\\s*".formatted(MAILBOX, ATOM, QUOTED));
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.\\-]*:.*");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%([^0-9a-fA-F]|.[^0-9a-fA-F]|.?$)");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9\\-_.~!$&'()*+,;=:<>\"\\x{80}-\\x{10FFFF}]|%[0-9a-fA-F]{2})*");

  private Addresses() {}

  /** Whether a text is an address of either family. */
  public static boolean isIp(String text) {
    return ipv4(text) || (text.contains(":") && ipv6(text));
  }

  /** Whether a text is an address and a number of bits. */
  public static boolean isCidr(String text) {
    return cidr(text);
  }

  static boolean fits(String format, String text) {
    return switch (format) {
      case "uri" -> uri(text);
      case "email" -> EMAIL.matches(text);
      case "ipv4" -> text.contains(".") && (ipv4(text) || ipv6(text));
      case "ipv6" -> text.contains(":") && ipv6(text);
      case "cidr" -> cidr(text);
      default -> MAC.matches(text);
    };
  }

  private static boolean ipv4(String text) {
    String[] bytes = text.split("\\.", -1);
    if (bytes.length != 4) {
      return false;
    }
    for (String part : bytes) {
      if (!BYTE.matches(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == 8;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap));
    String rest = text.substring(gap + 2);
    int after = rest.isEmpty() ? 0 : groups(rest);
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** How many groups of 16 bits there are; negative when there is something else. */
  private static int groups(String text) {
    int count = 0;
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matches(parts[i])) {
        count++;
      } else if (i == parts.length - 1 && ipv4(parts[i])) {
        count += 2;
      } else {
        return -100;
      }
    }
    return count;
  }

  private static boolean cidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    return (ipv4(address) && bits <= 32) || (ipv6(address) && bits <= 128);
  }

  private static boolean uri(String text) {
    if (text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      return false;
    }
    if (text.equals("*")) {
      return true;
    }
    boolean scheme = SCHEME.matches(text);
    String rest = scheme ? text.substring(text.indexOf(':') + 1) : text;
    if (!rest.startsWith("/")) {
      return scheme;
    }
    String path = rest.indexOf('?') < 0 ? rest : rest.substring(0, rest.indexOf('?'));
    if (scheme && path.startsWith("//")) {
      int end = path.indexOf('/', 2);
      if (!authority(end < 0 ? path.substring(2) : path.substring(2, end))) {
        return false;
      }
      path = end < 0 ? "" : path.substring(end);
    }
    return !BAD_ESCAPE.matcher(path).find();
  }

  private static boolean authority(String text) {
    String host = text.substring(text.lastIndexOf('@') + 1);
    int bracket = host.lastIndexOf(']');
    if (host.startsWith("[")) {
      String after = bracket < 0 ? "x" : host.substring(bracket + 1);
      return after.isEmpty() || after.matches(":\\d*");
    }
    int colon = host.lastIndexOf(':');
    return HOST.matches(host) && (colon < 0 || host.substring(colon + 1).matches("\\d*"));
  }
}
