package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of Events, of the core group and of {@code events.k8s.io}. */
final class EventCells {
  private EventCells() {}

  static Layout layout() {
    return Layout.empty()
        .add(Column.of("Last Seen", "string", 0), EventCells::lastSeen)
        .text("Type", Cells.at("type"))
        .text("Reason", Cells.at("reason"))
        .text("Object", event -> object(about(event)))
        .wide("Subobject", event -> Values.string(about(event), "fieldPath").orElse(""))
        .wide("Source", EventCells::source)
        .text(
            "Message",
            event -> Cells.string(event, "message", Cells.string(event, "note", "")).strip())
        .add(Column.of("First Seen", "string", 1), EventCells::firstSeen)
        .add(Column.of("Count", "string", 1), (event, now) -> count(event))
        .name(1)
        .build();
  }

  private static Map<String, Object> about(Map<String, Object> event) {
    Map<String, Object> involved = Values.objectAt(event, "involvedObject");
    return involved.isEmpty() ? Values.objectAt(event, "regarding") : involved;
  }

  private static String object(Map<String, Object> about) {
    String kind = Values.string(about, "kind").orElse("").toLowerCase(Locale.ROOT);
    String name = Values.string(about, "name").orElse("");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static String lastSeen(Map<String, Object> event, Instant now) {
    Optional<String> last =
        first(event, "series.lastObservedTime", "lastTimestamp", "deprecatedLastTimestamp");
    return last.map(time -> Ages.since(time, now)).orElse(firstSeen(event, now));
  }

  private static String firstSeen(Map<String, Object> event, Instant now) {
    return first(event, "firstTimestamp", "deprecatedFirstTimestamp", "eventTime")
        .map(time -> Ages.since(time, now))
        .orElse(Ages.UNKNOWN);
  }

  private static Optional<String> first(Map<String, Object> event, String... paths) {
    for (String path : paths) {
      String found = Cells.string(event, path, "");
      if (!found.isEmpty()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static Object count(Map<String, Object> event) {
    long series = Cells.number(event, "series.count", 0);
    long count = Cells.number(event, "count", Cells.number(event, "deprecatedCount", 0));
    return Math.max(1, series > 0 ? series : count);
  }

  private static String source(Map<String, Object> event) {
    Map<String, Object> old = Values.objectAt(event, "source");
    Map<String, Object> source = old.isEmpty() ? Values.objectAt(event, "deprecatedSource") : old;
    String component =
        Values.string(source, "component")
            .orElse(
                Cells.string(
                    event, "reportingComponent", Cells.string(event, "reportingController", "")));
    String host =
        Values.string(source, "host").orElse(Cells.string(event, "reportingInstance", ""));
    return host.isEmpty() ? component : component + ", " + host;
  }
}
