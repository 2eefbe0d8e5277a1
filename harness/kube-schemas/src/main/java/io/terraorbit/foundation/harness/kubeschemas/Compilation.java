package io.terraorbit.foundation.harness.kubeschemas;

import com.google.gson.annotations.SerializedName;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.terraorbit.foundation.harness.kubeschemas.TypeRow.FieldRow;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks messages and model classes side by side.
 *
 * <p>The classes know the JSON: names, nesting, what is required. The messages know the numbers,
 * how wide integers are, and which strings are bytes or times. A message has the fields of an
 * embedded Go structure in a message of their own, the class has them flat; so a field that the
 * message lacks is looked for in those of its message fields that the class lacks.
 */
final class Compilation {
  /** Fields that old messages have and JSON has no more, or the other way about. */
  private static final Set<String> ONLY_IN_MESSAGES = Set.of("TypeMeta");

  /** Comes in a body, too, and has no metadata. */
  private static final String OPTIONS = "meta/v1.DeleteOptions";

  private final Map<String, Map<String, Fact>> facts;
  private final Map<String, TypeRow> types = new TreeMap<>();

  Compilation(Map<String, Map<String, Fact>> facts) {
    this.facts = facts;
  }

  /** All that was compiled, by name. */
  Collection<TypeRow> types() {
    return types.values();
  }

  /** Compiles a kind of object, and all that it is made of; not a message that is none. */
  void add(Descriptor message) {
    String name = Names.of(message);
    Class<?> model = Names.model(name);
    if (model != null && isKind(message)) {
      type(name, message, model);
    }
  }

  private static boolean isKind(Descriptor message) {
    FieldDescriptor metadata = message.findFieldByName("metadata");
    return OPTIONS.equals(Names.of(message))
        || (metadata != null && Names.of(metadata.getMessageType()).equals("meta/v1.ObjectMeta"));
  }

  /** Compiles a type that has a class only. */
  void add(String name) {
    Class<?> model = Names.model(name);
    if (model == null) {
      throw new IllegalStateException(
          "no model class is known for %s; is the artifact client-java-api complete?"
              .formatted(name));
    }
    type(name, null, model);
  }

  private void type(String name, @Nullable Descriptor message, Class<?> model) {
    if (types.containsKey(name)) {
      return;
    }
    boolean atomic = fact(name, Fact.WHOLE).listType().equals("atomic");
    types.put(name, new TypeRow(name, atomic, List.of()));
    Map<String, Field> members = members(model);
    Map<String, Place> places = message == null ? Map.of() : places(message, members.keySet());
    List<FieldRow> rows = new ArrayList<>();
    Set<String> required = required(model);
    members.forEach(
        (json, member) -> {
          Place place = places.get(Names.folded(json));
          if (message != null && place == null && !isTypeMeta(json)) {
            throw new IllegalStateException(
                "%s has the JSON field %s, its message has not".formatted(name, json));
          }
          rows.add(row(name, json, member.getGenericType(), place, required.contains(json)));
        });
    types.put(name, new TypeRow(name, atomic, List.copyOf(rows)));
  }

  private FieldRow row(
      String owner, String json, Type java, @Nullable Place place, boolean required) {
    StringBuilder shape = new StringBuilder();
    Type element = java;
    while (element instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      shape.append(list ? '[' : '{');
      Type[] arguments = generic.getActualTypeArguments();
      element = arguments[arguments.length - 1];
    }
    Class<?> leaf = (Class<?>) element;
    FieldDescriptor field = place == null ? null : unwrapped(place.field(), shape.length());
    char letter = field == null ? Shapes.of(leaf) : Shapes.of(field);
    String type = "";
    if (letter == Shapes.STRUCTURE) {
      Descriptor message = field == null ? null : field.getMessageType();
      type = message == null ? Names.ofModel(leaf, scope(owner, leaf)) : Names.of(message);
      if (message != null && message.getFields().isEmpty()) {
        types.putIfAbsent(type, new TypeRow(type, false, List.of()));
      } else if (leaf == Object.class) {
        throw new IllegalStateException(
            "%s.%s is the message %s, but anything in Java".formatted(owner, json, type));
      } else {
        type(type, message, leaf);
      }
    }
    shape.append(letter);
    return new FieldRow(
        json,
        place == null ? "" : place.path(),
        place == null ? "" : place.via(),
        shape.toString(),
        type,
        required,
        fact(owner, json));
  }

  /** The scope of a class that is met without a message: of metadata, or the owner's own. */
  private static String scope(String owner, Class<?> leaf) {
    return Names.model("meta/v1." + leaf.getSimpleName().substring(2)) == leaf
            && Set.of("V1ObjectMeta").contains(leaf.getSimpleName())
        ? "meta/v1"
        : owner.substring(0, owner.indexOf('.'));
  }

  /** The field of one value, below maps and below messages that only wrap a list. */
  private static FieldDescriptor unwrapped(FieldDescriptor field, int depth) {
    FieldDescriptor current = field;
    if (current.isMapField()) {
      current = current.getMessageType().findFieldByName("value");
    }
    if (depth > 0
        && current.getType() == FieldDescriptor.Type.MESSAGE
        && current.getMessageType().getFields().size() == 1
        && current.getMessageType().getFields().get(0).getName().equals("items")
        && current.getMessageType().getFields().get(0).isRepeated()) {
      return current.getMessageType().getFields().get(0);
    }
    return current;
  }

  private record Place(String path, String via, FieldDescriptor field) {}

  private static Map<String, Place> places(Descriptor message, Set<String> json) {
    Set<String> wanted =
        json.stream().map(Names::folded).collect(java.util.stream.Collectors.toSet());
    Map<String, Place> places = new LinkedHashMap<>();
    collect(message, "", "", wanted, places);
    return places;
  }

  private static void collect(
      Descriptor message,
      String prefix,
      String via,
      Set<String> wanted,
      Map<String, Place> places) {
    for (FieldDescriptor field : message.getFields()) {
      String folded = Names.folded(field.getName());
      String path = prefix + field.getNumber();
      if (wanted.contains(folded)) {
        places.putIfAbsent(folded, new Place(path, via, field));
      } else if (field.getType() == FieldDescriptor.Type.MESSAGE
          && !field.isRepeated()
          && Shapes.of(field) == Shapes.STRUCTURE
          && !ONLY_IN_MESSAGES.contains(field.getMessageType().getName())) {
        collect(
            field.getMessageType(),
            path + ".",
            via + field.getMessageType().getName() + ".",
            wanted,
            places);
      }
    }
  }

  private static Map<String, Field> members(Class<?> model) {
    Map<String, Field> members = new TreeMap<>();
    for (Field field : model.getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null) {
        members.put(name.value(), field);
      }
    }
    return members;
  }

  private static Set<String> required(Class<?> model) {
    try {
      Set<String> required = new java.util.HashSet<>();
      for (Object name : (Set<?>) model.getField("openapiRequiredFields").get(null)) {
        required.add(String.valueOf(name));
      }
      return required;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no required fields are known for " + model, e);
    }
  }

  private static boolean isTypeMeta(String json) {
    return json.equals("apiVersion") || json.equals("kind");
  }

  private Fact fact(String type, String field) {
    Fact fact = facts.getOrDefault(type, Map.of()).get(field);
    return fact == null ? Fact.none(type, field) : fact;
  }
}
