package io.terraorbit.foundation.harness.kube.internal.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One range of an {@code Accept} header, RFC 9110 section 12.5.1. Immutable.
 *
 * @param type such as {@code application}, or {@code *}
 * @param subtype such as {@code json}, or {@code *}
 * @param parameters by lower-case name, without the quality
 * @param quality from 0 to 1
 */
record MediaRange(String type, String subtype, Map<String, String> parameters, double quality) {
  private static final Comparator<MediaRange> BEST_FIRST =
      Comparator.comparingDouble(MediaRange::quality)
          .reversed()
          .thenComparing(range -> range.type.equals("*"))
          .thenComparing(range -> range.subtype.equals("*"));
  private static final MediaRange ANY = new MediaRange("*", "*", Map.of(), 1);

  MediaRange {
    parameters = Map.copyOf(parameters);
  }

  /**
   * The ranges of a header, the most wanted first, and in their order where they are wanted alike;
   * those that are not wanted at all are left out. No header takes anything.
   */
  static List<MediaRange> parse(String accept) {
    if (accept.isBlank()) {
      return List.of(ANY);
    }
    List<MediaRange> ranges = new ArrayList<>();
    for (String part : accept.split(",", -1)) {
      String[] pieces = part.split(";", -1);
      String[] types = pieces[0].trim().toLowerCase(Locale.ROOT).split("/", -1);
      if (types.length == 2 && !types[0].isEmpty() && !types[1].isEmpty()) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < pieces.length; i++) {
          int equals = pieces[i].indexOf('=');
          if (equals > 0) {
            parameters.put(
                pieces[i].substring(0, equals).trim().toLowerCase(Locale.ROOT),
                unquoted(pieces[i].substring(equals + 1).trim()));
          }
        }
        String quality = parameters.remove("q");
        ranges.add(
            new MediaRange(types[0], types[1], parameters, quality == null ? 1 : number(quality)));
      }
    }
    return ranges.stream().filter(range -> range.quality > 0).sorted(BEST_FIRST).toList();
  }

  boolean takes(String wantedType, String wantedSubtype) {
    return (type.equals("*") || type.equals(wantedType))
        && (subtype.equals("*") || subtype.equals(wantedSubtype));
  }

  /** A parameter's value; empty when it has none. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  private static double number(String quality) {
    return quality.matches("[01](\\.\\d{0,9})?") ? Double.parseDouble(quality) : 1;
  }
}
