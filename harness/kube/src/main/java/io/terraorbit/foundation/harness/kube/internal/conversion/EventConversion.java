package io.terraorbit.foundation.harness.kube.internal.conversion;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events of {@code events.k8s.io/v1}: those of the core group under other names, and stricter. */
final class EventConversion implements Conversion {
  private static final Map<String, String> STORED =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");
  private static final Map<String, String> SERVED =
      STORED.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
  private static final Set<String> LEFT_OUT_EMPTY =
      Set.of("reportingController", "reportingInstance");
  private static final List<String> IMMUTABLE =
      List.of(
          "involvedObject",
          "reason",
          "message",
          "source",
          "firstTimestamp",
          "lastTimestamp",
          "count",
          "type",
          "eventTime",
          "action",
          "related",
          "reportingComponent",
          "reportingInstance");

  @Override
  public Map<String, Object> toStored(Map<String, Object> served) {
    return renamed(served, STORED);
  }

  @Override
  public Map<String, Object> fromStored(Map<String, Object> stored) {
    Map<String, Object> served = renamed(stored, SERVED);
    for (String name : LEFT_OUT_EMPTY) {
      served = "".equals(served.get(name)) ? Values.without(served, name) : served;
    }
    return served;
  }

  @Override
  public List<FieldError> check(
      Map<String, Object> stored, @Nullable Map<String, Object> before, List<FieldError> errors) {
    List<FieldError> all = new ArrayList<>();
    for (FieldError error : errors) {
      all.add(
          error.field().equals("reportingComponent")
              ? new FieldError(error.reason(), "reportingController", error.message())
              : error);
    }
    if (before == null) {
      checkSeries(stored, all);
      checkNew(stored, all);
    } else {
      if (!Values.at(stored, "series").equals(Values.at(before, "series"))) {
        checkSeries(stored, all);
      }
      checkChange(stored, before, all);
    }
    return all;
  }

  private static void checkNew(Map<String, Object> event, List<FieldError> errors) {
    if (absent(event, "eventTime")) {
      errors.add(FieldError.required("eventTime", ""));
    }
    String type = Values.string(event, "type").orElse("");
    if (!type.equals("Normal") && !type.equals("Warning")) {
      errors.add(FieldError.invalid("type", "", "has invalid value: " + type));
    }
    for (String name : List.of("firstTimestamp", "lastTimestamp", "count", "source")) {
      if (!absent(event, name)) {
        errors.add(FieldError.invalid(name, "", "needs to be unset"));
      }
    }
  }

  private static void checkSeries(Map<String, Object> event, List<FieldError> errors) {
    if (Values.at(event, "series").isEmpty()) {
      return;
    }
    if (!(Values.at(event, "series", "count").orElse(0L) instanceof Long count) || count < 2) {
      errors.add(FieldError.invalid("series.count", "", "should be at least 2"));
    }
    if (Values.at(event, "series", "lastObservedTime").isEmpty()) {
      errors.add(FieldError.required("series.lastObservedTime", ""));
    }
  }

  private static void checkChange(
      Map<String, Object> event, Map<String, Object> before, List<FieldError> errors) {
    for (String name : IMMUTABLE) {
      boolean same =
          Objects.equals(event.get(name), before.get(name))
              || (absent(event, name) && absent(before, name));
      if (!same) {
        String field = name.equals("reportingComponent") ? "reportingController" : name;
        errors.add(FieldError.immutable(field, event.get(name)));
      }
    }
  }

  private static boolean absent(Map<String, Object> event, String name) {
    Object value = event.get(name);
    return value == null
        || value.equals("")
        || value.equals(0L)
        || (value instanceof Map<?, ?> members && members.isEmpty());
  }

  private static Map<String, Object> renamed(
      Map<String, Object> object, Map<String, String> names) {
    Map<String, @Nullable Object> renamed = new LinkedHashMap<>();
    object.forEach((name, value) -> renamed.put(names.getOrDefault(name, name), value));
    return Values.object(Collections.unmodifiableMap(renamed));
  }
}
