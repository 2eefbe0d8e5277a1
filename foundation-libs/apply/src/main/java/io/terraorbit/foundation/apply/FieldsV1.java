package io.terraorbit.foundation.apply;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a field set, {@code FieldsV1} of {@code meta/v1}: an object whose members are
 * path elements, {@code f:} and a name, {@code k:} and an object, {@code v:} and a value, {@code
 * i:} and a position; the member {@code .} says that the path that ends here is in the set, too.
 * Stateless.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class FieldsV1 {
  private static final String SELF = ".";

  private FieldsV1() {}

  /**
   * The set as a JSON object, in canonical form. It is a view: nothing is rendered until somebody
   * looks, and {@link #read} gives the same set back at once.
   */
  public static Map<String, Object> write(FieldSet set) {
    return new View(set);
  }

  /**
   * Reads a set. Elements of a kind that is not known are left out.
   *
   * @throws MalformedFieldsException if an element cannot be read
   */
  public static FieldSet read(Map<String, Object> json) {
    if (json instanceof View view) {
      return view.set;
    }
    FieldSetBuilder builder = new FieldSetBuilder();
    collect(json, new java.util.ArrayList<>(), builder);
    return builder.build();
  }

  private static void collect(Map<?, ?> json, List<PathElement> path, FieldSetBuilder builder) {
    for (Map.Entry<?, ?> member : json.entrySet()) {
      String name = String.valueOf(member.getKey());
      Optional<PathElement> element = name.equals(SELF) ? Optional.empty() : element(name);
      if (element.isEmpty()) {
        continue;
      }
      if (!(member.getValue() instanceof Map<?, ?> below)) {
        throw new MalformedFieldsException(
            "expected an object below \"%s\", got %s"
                .formatted(name, ValueText.of(member.getValue())));
      }
      path.add(element.get());
      if (below.containsKey(SELF) || below.keySet().stream().noneMatch(FieldsV1::isElement)) {
        builder.add(path);
      }
      collect(below, path, builder);
      path.remove(path.size() - 1);
    }
  }

  private static boolean isElement(Object name) {
    return !name.equals(SELF) && element(String.valueOf(name)).isPresent();
  }

  /** The text of one element, such as {@code k:{"name":"a"}}. */
  static String text(PathElement element) {
    if (element instanceof PathElement.Field field) {
      return "f:" + field.name();
    }
    if (element instanceof PathElement.Key key) {
      return "k:" + ValueText.escaped(key.members());
    }
    return element instanceof PathElement.Item item
        ? "v:" + ValueText.escaped(item.value())
        : "i:" + ((PathElement.Index) element).position();
  }

  /** The element of a text; empty when it is of a kind that is not known. */
  static Optional<PathElement> element(String text) {
    if (text.length() < 2 || text.charAt(1) != ':') {
      throw new MalformedFieldsException(
          "\"%s\" is no path element; expected f:, k:, v: or i: and what it stands for"
              .formatted(text));
    }
    String rest = text.substring(2);
    try {
      return switch (text.charAt(0)) {
        case 'f' -> Optional.of(PathElement.field(rest));
        case 'k' -> Optional.of(PathElement.key(Json.readObject(rest)));
        case 'v' -> Optional.of(PathElement.item(value(rest)));
        case 'i' -> Optional.of(new PathElement.Index(Integer.parseInt(rest)));
        default -> Optional.empty();
      };
    } catch (JsonSyntaxException | NumberFormatException e) {
      throw new MalformedFieldsException("\"%s\" is no path element".formatted(text), e);
    }
  }

  private static Object value(String json) {
    Object value = Json.read(json);
    if (value == null) {
      throw new MalformedFieldsException("null is no element of a set");
    }
    return value;
  }

  /** A set, seen as JSON. Immutable. */
  private static final class View extends AbstractMap<String, Object> {
    private final FieldSet set;

    View(FieldSet set) {
      this.set = set;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return rendered(set, false).entrySet();
    }

    @Override
    public boolean isEmpty() {
      return set.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof View view ? set.equals(view.set) : super.equals(other);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }

    private static Map<String, Object> rendered(FieldSet set, boolean self) {
      Map<String, Object> json = new LinkedHashMap<>();
      if (self && !set.isEmpty()) {
        json.put(SELF, Map.of());
      }
      for (FieldSet.Node node : set.nodes()) {
        json.put(text(node.element()), rendered(node.below(), node.member()));
      }
      return java.util.Collections.unmodifiableMap(json);
    }
  }
}
