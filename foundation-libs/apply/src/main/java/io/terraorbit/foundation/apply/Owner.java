package io.terraorbit.foundation.apply;

import io.terraorbit.foundation.json.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Who owns fields. Immutable; in the order in which the real server names several of them.
 *
 * @param manager the name that the client gave itself
 * @param operation how it wrote
 * @param apiVersion in which it wrote; empty for {@link Operation#APPLY}, where one owner may
 *     change its version
 * @param subresource through which it wrote; empty for the object itself
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Owner(String manager, Operation operation, String apiVersion, String subresource)
    implements Comparable<Owner> {
  private static final Comparator<Owner> ORDER =
      Comparator.<Owner, String>comparing(Owner::identity).thenComparing(Owner::manager);

  public Owner {
    apiVersion = operation == Operation.APPLY ? "" : apiVersion;
  }

  /** How an owner writes. */
  public enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String wire;

    Operation(String wire) {
      this.wire = wire;
    }

    /** The word on the wire. */
    public String wire() {
      return wire;
    }
  }

  /** One that replaces or patches. */
  public static Owner updater(String manager, String apiVersion, String subresource) {
    return new Owner(manager, Operation.UPDATE, apiVersion, subresource);
  }

  /** One that applies. */
  public static Owner applier(String manager, String subresource) {
    return new Owner(manager, Operation.APPLY, "", subresource);
  }

  /** Whether it applies. */
  public boolean applies() {
    return operation == Operation.APPLY;
  }

  /** As messages name it. */
  String described() {
    String text = ValueText.of(manager);
    if (!subresource.isEmpty()) {
      text += " with subresource " + ValueText.of(subresource);
    }
    return applies() ? text : text + " using " + apiVersion;
  }

  private String identity() {
    Map<String, Object> members = new LinkedHashMap<>();
    put(members, "manager", manager);
    put(members, "operation", operation.wire);
    put(members, "apiVersion", apiVersion);
    put(members, "subresource", subresource);
    return Json.text(members);
  }

  private static void put(Map<String, Object> members, String name, String value) {
    if (!value.isEmpty()) {
      members.put(name, value);
    }
  }

  @Override
  public int compareTo(Owner other) {
    return ORDER.compare(this, other);
  }
}
