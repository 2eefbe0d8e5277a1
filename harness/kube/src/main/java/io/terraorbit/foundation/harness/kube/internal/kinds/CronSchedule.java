package io.terraorbit.foundation.harness.kube.internal.kinds;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The syntax of schedules, as {@code robfig/cron} reads them: five fields, or a descriptor. */
final class CronSchedule {
  private static final List<String> DESCRIPTORS =
      List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
  private static final List<Field> FIELDS =
      List.of(
          new Field(0, 59, List.of()),
          new Field(0, 23, List.of()),
          new Field(1, 31, List.of()),
          new Field(
              1,
              12,
              List.of(
                  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")),
          new Field(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

  private CronSchedule() {}

  /** What is wrong with a schedule. */
  static Optional<String> problem(String schedule) {
    if (schedule.startsWith("@")) {
      return descriptor(schedule);
    }
    String[] parts = schedule.strip().split("\\s+");
    if (parts.length != FIELDS.size()) {
      return Optional.of(
          "expected exactly 5 fields, found %d: [%s]"
              .formatted(
                  schedule.isBlank() ? 0 : parts.length,
                  schedule.isBlank() ? "" : String.join(" ", parts)));
    }
    for (int i = 0; i < parts.length; i++) {
      for (String part : parts[i].split(",")) {
        Optional<String> problem = FIELDS.get(i).problem(part);
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> descriptor(String schedule) {
    boolean known =
        DESCRIPTORS.contains(schedule)
            || schedule.matches("@every (\\d+(\\.\\d+)?(ns|us|µs|ms|s|m|h))+");
    return known ? Optional.empty() : Optional.of("unrecognized descriptor: " + schedule);
  }

  private record Field(int least, int most, List<String> names) {
    Optional<String> problem(String part) {
      String[] stepped = part.split("/", -1);
      if (stepped.length > 2) {
        return Optional.of("too many slashes: " + part);
      }
      String[] ends = stepped[0].split("-", -1);
      if (ends.length > 2) {
        return Optional.of("too many hyphens: " + part);
      }
      if (stepped.length == 2) {
        Optional<String> step = number(stepped[1]);
        if (step.isPresent()) {
          return step;
        }
        if (Integer.parseInt(stepped[1]) == 0) {
          return Optional.of("step of range should be a positive number: " + part);
        }
      }
      if (stepped[0].equals("*") || stepped[0].equals("?")) {
        return Optional.empty();
      }
      return range(part, ends);
    }

    private Optional<String> range(String part, String[] ends) {
      for (String end : ends) {
        Optional<String> problem = named(end) ? Optional.empty() : number(end);
        if (problem.isPresent()) {
          return problem;
        }
      }
      int start = value(ends[0]);
      int end = value(ends[ends.length - 1]);
      if (start < least) {
        return Optional.of(
            "beginning of range (%d) below minimum (%d): %s".formatted(start, least, part));
      }
      if (end > most) {
        return Optional.of("end of range (%d) above maximum (%d): %s".formatted(end, most, part));
      }
      return start > end
          ? Optional.of(
              "beginning of range (%d) beyond end of range (%d): %s".formatted(start, end, part))
          : Optional.empty();
    }

    private boolean named(String text) {
      return names.contains(text.toLowerCase(Locale.ROOT));
    }

    private int value(String text) {
      return named(text)
          ? names.indexOf(text.toLowerCase(Locale.ROOT)) + least
          : Integer.parseInt(text);
    }

    private static Optional<String> number(String text) {
      return text.matches("\\d{1,8}")
          ? Optional.empty()
          : Optional.of(
              "failed to parse int from %s: strconv.Atoi: parsing \"%s\": invalid syntax"
                  .formatted(text, text));
    }
  }
}
