package io.terraorbit.foundation.apply;

import io.terraorbit.foundation.apply.Owner.Operation;
import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which fields of an object: {@code metadata.managedFields}. Immutable.
 *
 * @param owners each with what it owns
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ManagedFields(Map<Owner, Ownership> owners) {
  /** Nobody owns anything. */
  public static final ManagedFields NONE = new ManagedFields(Map.of());

  private static final Comparator<Map.Entry<Owner, Ownership>> WIRE_ORDER =
      Comparator.<Map.Entry<Owner, Ownership>, Operation>comparing(
              entry -> entry.getKey().operation())
          .thenComparing(entry -> entry.getValue().seconds())
          .thenComparing(entry -> entry.getKey().manager())
          .thenComparing(entry -> entry.getValue().apiVersion())
          .thenComparing(entry -> entry.getKey().subresource());

  public ManagedFields {
    owners = Map.copyOf(owners);
  }

  /** Whether nobody owns anything. */
  public boolean isEmpty() {
    return owners.isEmpty();
  }

  /** What an owner owns. */
  public Optional<Ownership> of(Owner owner) {
    return Optional.ofNullable(owners.get(owner));
  }

  /** The same with other fields of an owner; without it, if those are none. */
  public ManagedFields with(Owner owner, Ownership ownership) {
    Map<Owner, Ownership> changed = new HashMap<>(owners);
    if (ownership.fields().isEmpty()) {
      changed.remove(owner);
    } else {
      changed.put(owner, ownership);
    }
    return new ManagedFields(changed);
  }

  /** The same without an owner. */
  public ManagedFields without(Owner owner) {
    Map<Owner, Ownership> changed = new HashMap<>(owners);
    changed.remove(owner);
    return new ManagedFields(changed);
  }

  /** Whether both say the same, times aside. */
  public boolean sameFields(ManagedFields other) {
    return owners.keySet().equals(other.owners.keySet())
        && owners.entrySet().stream()
            .allMatch(
                entry -> {
                  Ownership theirs = other.owners.get(entry.getKey());
                  return theirs != null
                      && theirs.apiVersion().equals(entry.getValue().apiVersion())
                      && theirs.fields().equals(entry.getValue().fields());
                });
  }

  /**
   * Whether a list of entries asks for a new start: it is there and empty, or holds one empty
   * entry.
   *
   * @param entries as a client sent them; null for none
   */
  public static boolean resets(@Nullable List<?> entries) {
    return entries != null
        && (entries.isEmpty()
            || (entries.size() == 1 && entries.get(0) instanceof Map<?, ?> entry && blank(entry)));
  }

  private static boolean blank(Map<?, ?> entry) {
    return entry.values().stream().allMatch(value -> value == null || value.equals(""));
  }

  /**
   * Reads the entries of an object.
   *
   * @throws MalformedFieldsException if one of them cannot be read
   */
  public static ManagedFields read(List<?> entries) {
    Map<Owner, Ownership> owners = new HashMap<>();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?>)) {
        throw new MalformedFieldsException("expected an object, got " + ValueText.of(entry));
      }
      Operation operation = operation(text(entry, "operation"));
      String apiVersion = text(entry, "apiVersion");
      if (apiVersion.isEmpty()) {
        throw new MalformedFieldsException("apiVersion must not be empty");
      }
      if (!text(entry, "fieldsType").equals("FieldsV1")) {
        throw new MalformedFieldsException(
            "invalid fieldsType %s; expected \"FieldsV1\""
                .formatted(ValueText.of(text(entry, "fieldsType"))));
      }
      Owner owner =
          new Owner(text(entry, "manager"), operation, apiVersion, text(entry, "subresource"));
      FieldSet fields = FieldsV1.read(Values.objectAt(entry, "fieldsV1"));
      owners.put(owner, new Ownership(apiVersion, time(text(entry, "time")), fields));
    }
    return owners.isEmpty() ? NONE : new ManagedFields(owners);
  }

  private static Operation operation(String wire) {
    return Arrays.stream(Operation.values())
        .filter(known -> known.wire().equals(wire))
        .findAny()
        .orElseThrow(() -> new MalformedFieldsException("operation must be `Apply` or `Update`"));
  }

  private static String text(@Nullable Object entry, String name) {
    return Values.string(entry, name).orElse("");
  }

  private static @Nullable Instant time(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      throw new MalformedFieldsException(
          "the time \"%s\" is not as RFC 3339 wants it".formatted(text), e);
    }
  }

  /** The entries as they stand in an object. */
  public List<Object> toList() {
    List<Object> entries = new ArrayList<>(owners.size());
    owners.entrySet().stream()
        .sorted(WIRE_ORDER)
        .forEach(entry -> entries.add(entry(entry.getKey(), entry.getValue())));
    return Collections.unmodifiableList(entries);
  }

  private static Map<String, Object> entry(Owner owner, Ownership ownership) {
    Map<String, Object> entry = new LinkedHashMap<>();
    if (!owner.manager().isEmpty()) {
      entry.put("manager", owner.manager());
    }
    entry.put("operation", owner.operation().wire());
    entry.put("apiVersion", ownership.apiVersion());
    if (ownership.time() != null) {
      entry.put("time", ownership.time().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    entry.put("fieldsType", "FieldsV1");
    entry.put("fieldsV1", FieldsV1.write(ownership.fields()));
    if (!owner.subresource().isEmpty()) {
      entry.put("subresource", owner.subresource());
    }
    return Collections.unmodifiableMap(entry);
  }
}
