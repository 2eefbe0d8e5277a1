package io.terraorbit.foundation.harness.kube.internal.strategic;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.typed.Field;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in the schema of a kind a merge is. Immutable. */
interface Place {
  /**
   * The field of a name below this place.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException if there is none
   */
  Field field(String name);

  /** How Go calls the kind of type that is here. */
  String goKind();

  static Place of(StructType type) {
    return new Structure(type);
  }

  /** The values of a field below so many lists and maps. */
  static Place in(Field field, int depth) {
    return field.shape().charAt(depth) == '.' ? of(field.type()) : new Other(field.shape(), depth);
  }

  /** The elements of a field that should be a list. */
  static Place elements(Field field) {
    if (field.shape().charAt(0) != '[') {
      throw Refusals.bare("expected slice or array type, but got: struct");
    }
    return in(field, 1);
  }

  /** Whether the lists or the objects of a field are merged so. */
  static boolean has(Field field, String strategy) {
    return Arrays.asList(field.merging().strategy().split(",")).contains(strategy);
  }

  /** A structure: its fields are known. */
  record Structure(StructType type) implements Place {
    @Override
    public Field field(String name) {
      @Nullable Field found = type.fields().get(name);
      if (found == null) {
        throw Refusals.bare(
            "unable to find api field in struct %s for the json field \"%s\""
                .formatted(type.goName(), name));
      }
      return found;
    }

    @Override
    public String goKind() {
      return "struct";
    }
  }

  /** Anything else: nothing is known of what is in it. */
  record Other(String shape, int depth) implements Place {
    @Override
    public Field field(String name) {
      throw Refusals.bare(
          "merging an object in json but data type is not struct, instead is: " + goKind());
    }

    @Override
    public String goKind() {
      return switch (shape.charAt(depth)) {
        case '{' -> "map";
        case '[' -> "slice";
        case 's' -> "string";
        case 'b' -> "bool";
        case 'i' -> "int32";
        case 'l' -> "int64";
        case 'd' -> "float64";
        default -> "struct";
      };
    }
  }
}
