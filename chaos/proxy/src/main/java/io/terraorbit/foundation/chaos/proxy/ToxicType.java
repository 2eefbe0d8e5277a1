package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.chaos.proxy.internal.link.Stage;
import io.terraorbit.foundation.chaos.proxy.internal.toxics.BandwidthStage;
import io.terraorbit.foundation.chaos.proxy.internal.toxics.LatencyStage;
import io.terraorbit.foundation.chaos.proxy.internal.toxics.LimitDataStage;
import io.terraorbit.foundation.chaos.proxy.internal.toxics.ResetPeerStage;
import io.terraorbit.foundation.chaos.proxy.internal.toxics.SlicerStage;
import io.terraorbit.foundation.chaos.proxy.internal.toxics.SlowCloseStage;
import io.terraorbit.foundation.chaos.proxy.internal.toxics.TimeoutStage;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of all toxics: wire names, how to build the record, how to build the stage. */
@SuppressWarnings(
    "ImmutableEnumChecker") // it cannot see that List.of and these lambdas never change
enum ToxicType {
  LATENCY(
      "LatencyToxic",
      List.of("latency", "jitter"),
      v -> new Latency(v[0], v[1]),
      v -> new LatencyStage(v[0], v[1])),
  BANDWIDTH(
      "BandwidthToxic", List.of("rate"), v -> new Bandwidth(v[0]), v -> new BandwidthStage(v[0])),
  SLOW_CLOSE(
      "SlowCloseToxic", List.of("delay"), v -> new SlowClose(v[0]), v -> new SlowCloseStage(v[0])),
  TIMEOUT("TimeoutToxic", List.of("timeout"), v -> new Timeout(v[0]), v -> new TimeoutStage(v[0])),
  RESET_PEER(
      "ResetToxic", List.of("timeout"), v -> new ResetPeer(v[0]), v -> new ResetPeerStage(v[0])),
  SLICER(
      "SlicerToxic",
      List.of("average_size", "size_variation", "delay"),
      v -> new Slicer(v[0], v[1], v[2]),
      v -> new SlicerStage(v[0], v[1], v[2])),
  LIMIT_DATA(
      "LimitDataToxic", List.of("bytes"), v -> new LimitData(v[0]), v -> new LimitDataStage(v[0])),
  NOOP("NoopToxic", List.of(), v -> new Noop(), v -> Stage.PASS);

  private final String goName;
  private final List<String> names;
  private final Function<long[], Toxic> toxic;
  private final Function<long[], Stage> stage;

  ToxicType(
      String goName,
      List<String> names,
      Function<long[], Toxic> toxic,
      Function<long[], Stage> stage) {
    this.goName = goName;
    this.names = names;
    this.toxic = toxic;
    this.stage = stage;
  }

  static ToxicType of(String wireName) {
    for (ToxicType type : values()) {
      if (type.wireName().equals(wireName)) {
        return type;
      }
    }
    throw AppException.of(
        ErrorKind.VALIDATION,
        "TOXIC_TYPE_UNKNOWN",
        "there is no toxic type '%s'".formatted(wireName),
        "the types are "
            + Arrays.stream(values()).map(ToxicType::wireName).collect(Collectors.joining(", ")),
        "Correct the type. To refuse connections altogether, disable the proxy.");
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of Toxiproxy's struct, which shows in its error texts. */
  String goName() {
    return goName;
  }

  List<String> attributeNames() {
    return names;
  }

  Map<String, Object> attributes(long... values) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      attributes.put(names.get(i), values[i]);
    }
    return Collections.unmodifiableMap(attributes);
  }

  Toxic toxic(Map<String, ?> attributes) {
    return toxic.apply(values(attributes));
  }

  /** A new stage each time: stages have state. */
  static Stage stage(Toxic toxic) {
    ToxicType type = of(toxic.type());
    return type.stage.apply(type.values(toxic.attributes()));
  }

  private long[] values(Map<String, ?> attributes) {
    long[] values = new long[names.size()];
    attributes.forEach(
        (name, value) -> {
          int index = names.indexOf(name);
          if (index < 0) {
            throw unknownAttribute(name);
          }
          values[index] = integer(name, value);
        });
    return values;
  }

  private long integer(String name, Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    throw AppException.of(
        ErrorKind.VALIDATION,
        "TOXIC_ATTRIBUTE_INVALID",
        "attribute '%s' of toxic %s is '%s'".formatted(name, wireName(), value),
        "attributes are whole numbers of 64 bits",
        "Correct the attribute '%s'.".formatted(name));
  }

  private AppException unknownAttribute(String name) {
    return AppException.of(
        ErrorKind.VALIDATION,
        "TOXIC_ATTRIBUTE_UNKNOWN",
        "toxic %s has no attribute '%s'".formatted(wireName(), name),
        names.isEmpty() ? "it takes none" : "it has " + String.join(", ", names),
        "Correct or remove the attribute '%s'.".formatted(name));
  }
}
