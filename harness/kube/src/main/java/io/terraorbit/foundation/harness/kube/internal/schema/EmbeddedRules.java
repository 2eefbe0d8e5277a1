package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What objects within objects must have: apiVersion, kind, and metadata that is good. */
public final class EmbeddedRules {
  /** How metadata and names are checked, which is known elsewhere. */
  public interface Syntax {
    /** What is wrong with a metadata object at a path. */
    List<FieldError> metadata(Map<String, Object> metadata, String path);

    /** What is wrong with a DNS-1035 label. */
    List<String> label(String text);
  }

  private final Syntax syntax;
  private final List<FieldError> errors = new ArrayList<>();

  private EmbeddedRules(Syntax syntax) {
    this.syntax = syntax;
  }

  /** What is wrong with all objects within an object, which is none of them itself. */
  public static List<FieldError> check(
      StructuralSchema schema, Map<String, Object> object, Syntax syntax) {
    return check(schema, object, "", syntax);
  }

  /** As above, for a value that may be such an object itself. */
  public static List<FieldError> check(
      StructuralSchema schema, @Nullable Object value, String path, Syntax syntax) {
    EmbeddedRules rules = new EmbeddedRules(syntax);
    rules.value(schema, value, path);
    return List.copyOf(rules.errors);
  }

  private void value(StructuralSchema schema, @Nullable Object value, String path) {
    if (value instanceof Map<?, ?> members) {
      Map<String, Object> object = Values.object(members);
      if (schema.embedded()) {
        envelope(object, path);
      }
      object.forEach(
          (name, member) -> {
            boolean property = schema.properties().containsKey(name);
            schema
                .member(name)
                .ifPresent(
                    known ->
                        value(
                            known,
                            member,
                            property ? join(path, name) : "%s[%s]".formatted(path, name)));
          });
    } else if (value instanceof List<?> elements && schema.items() != null) {
      for (int i = 0; i < elements.size(); i++) {
        value(schema.items(), elements.get(i), "%s[%d]".formatted(path, i));
      }
    }
  }

  private void envelope(Map<String, Object> object, String path) {
    word(object, path, "apiVersion", EmbeddedRules::apiVersion);
    word(
        object,
        path,
        "kind",
        kind -> {
          List<String> problems = syntax.label(kind.toLowerCase(Locale.ROOT));
          return problems.isEmpty()
              ? ""
              : "may have mixed case, but should otherwise match: " + String.join(",", problems);
        });
    if (object.get("metadata") instanceof Map<?, ?> metadata) {
      errors.addAll(syntax.metadata(Values.object(metadata), join(path, "metadata")));
    }
  }

  private void word(
      Map<String, Object> object, String path, String name, Function<String, String> fault) {
    String field = join(path, name);
    if (!object.containsKey(name)) {
      errors.add(FieldError.required(field, ""));
    } else if (!(object.get(name) instanceof String text)) {
      errors.add(FieldError.invalid(field, object.get(name), "must be a string"));
    } else if (text.isEmpty()) {
      errors.add(FieldError.invalid(field, text, "must not be empty"));
    } else if (!fault.apply(text).isEmpty()) {
      errors.add(FieldError.invalid(field, text, fault.apply(text)));
    }
  }

  private static String apiVersion(String text) {
    return text.chars().filter(c -> c == '/').count() > 1
        ? "unexpected GroupVersion string: " + text
        : "";
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
