package io.terraorbit.foundation.harness.kube.internal.typed;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One field of a structure. Immutable.
 *
 * @param name in JSON
 * @param shape of its value, outermost first: {@code [} list of, an opening brace map of, then one
 *     of: {@code s} string, {@code b} Boolean, {@code i} 32-bit and {@code l} 64-bit integer,
 *     {@code d} number, {@code y} bytes, {@code t} time, {@code m} time to the microsecond, {@code
 *     u} duration, {@code q} quantity, {@code o} integer or string, {@code a} anything, {@code .}
 *     structure
 * @param path of field numbers in protobuf, joined by dots; empty when none are known
 * @param flags see the methods
 * @param merging how lists of it are merged
 * @param spelling how Go spells it
 * @param defaultValue as JSON; empty for none
 * @param values all that a string may be; empty when that is open
 * @param structure of shape {@code .}; null for others
 */
public record Field(
    String name,
    String shape,
    String path,
    int flags,
    Merging merging,
    Spelling spelling,
    String defaultValue,
    List<String> values,
    @Nullable Supplier<StructType> structure) {
  private static final int REQUIRED = 1;
  private static final int POINTER = 2;
  private static final int ALWAYS = 4;
  private static final int OMIT_ZERO = 8;

  /**
   * How values are merged, by server-side apply and by a strategic merge patch; an empty text
   * stands for none.
   *
   * @param listType {@code atomic}, {@code set} or {@code map}
   * @param keys of a list of type {@code map}
   * @param strategy of a patch, such as {@code merge}
   * @param key by which a patch merges
   */
  public record Merging(String listType, List<String> keys, String strategy, String key) {
    static final Merging NONE = new Merging("", List.of(), "", "");
  }

  /**
   * How Go spells a field in messages.
   *
   * @param type empty for the usual one of its shape
   * @param via embedded types on the way to it, each with a dot behind
   */
  record Spelling(String type, String via) {
    static final Spelling USUAL = new Spelling("", "");
  }

  /** Whether the published schema says that it must be there. */
  public boolean required() {
    return (flags & REQUIRED) != 0;
  }

  /** Whether its absence is something else than its zero value. */
  public boolean pointer() {
    return (flags & POINTER) != 0;
  }

  /** Whether it is written even when it is zero. */
  boolean always() {
    return (flags & ALWAYS) != 0;
  }

  /** Whether null is written when there is nothing, or an empty list or map. */
  boolean nil() {
    if (pointer()) {
      return always();
    }
    return switch (shape.charAt(0)) {
      case '[', '{' -> always();
      case 't', 'm' -> !omitZero();
      default -> false;
    };
  }

  /** Whether a structure is left out when it is zero. */
  boolean omitZero() {
    return (flags & OMIT_ZERO) != 0;
  }

  /** The numbers of its path. */
  public List<Integer> numbers() {
    return path.isEmpty()
        ? List.of()
        : Arrays.stream(path.split("\\.")).map(Integer::valueOf).toList();
  }

  /** The structure that its innermost values are. */
  public StructType type() {
    if (structure == null) {
      throw new IllegalStateException("a field of shape '%s' has no structure".formatted(shape));
    }
    return structure.get();
  }

  /** As Go prints the type of the whole field. */
  String goType() {
    return goType(0, spelling.type());
  }

  /**
   * As Go prints the type of what is below so many lists and maps.
   *
   * @param outer how the type one level up is printed, when that is not the usual way
   */
  String goType(int depth, String outer) {
    if (!outer.isEmpty()) {
      return outer;
    }
    return switch (shape.charAt(depth)) {
      case '[' -> "[]" + goType(depth + 1, "");
      case '{' -> "map[string]" + goType(depth + 1, "");
      case 's', 'u' -> "string";
      case 'b' -> "bool";
      case 'i' -> "int32";
      case 'l' -> "int64";
      case 'd' -> "float64";
      case 'y' -> "[]uint8";
      case 't' -> "v1.Time";
      case 'm' -> "v1.MicroTime";
      case 'q' -> "resource.Quantity";
      case 'o' -> "intstr.IntOrString";
      case '.' -> type().goType();
      default -> "interface {}";
    };
  }

  /** How the elements of a list or a map are printed; empty for the usual way. */
  static String elementType(String outer) {
    String element = "";
    if (outer.startsWith("[]")) {
      element = outer.substring(2);
    } else if (outer.startsWith("map[")) {
      element = outer.substring(outer.indexOf(']') + 1);
    }
    return element.startsWith("*") ? element.substring(1) : element;
  }
}
