package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.tables.Form.Include;
import io.terraorbit.foundation.harness.kube.internal.tables.Form.Kind;
import io.terraorbit.foundation.json.Values;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Brings answers into the form that was asked for. Safe for many threads. */
public final class Forms {
  private final Layouts layouts = new Layouts();
  private final InstantSource time;

  /**
   * Tells ages by a clock.
   *
   * @param time the clock that objects get their creation times from
   */
  public Forms(InstantSource time) {
    this.time = time;
  }

  /**
   * An answer about objects of a kind, be it one object or a list; a Status stays what it is.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 406 if it has no
   *     such form
   */
  public Map<String, Object> shape(Form form, ResourceType type, Map<String, Object> body) {
    if (form.whole() || body.getOrDefault("kind", "").equals("Status")) {
      return body;
    }
    boolean list =
        body.getOrDefault("kind", "").equals(type.listKind()) && body.get("items") != null;
    return switch (form.kind()) {
      case TABLE -> table(form, type, body, list, true);
      case METADATA_LIST -> {
        if (!list) {
          throw Refusals.notTransformable(
              "you requested PartialObjectMetadataList, but the requested object is not a list"
                  + " (*%s.%s)".formatted(type.version(), type.kind()));
        }
        yield metadataList(form, body);
      }
      case METADATA -> {
        if (list) {
          throw Refusals.notTransformable(
              "you requested PartialObjectMetadata, but the requested object is a list (*%s.%s)"
                  .formatted(type.version(), type.listKind()));
        }
        yield metadata(form, body);
      }
      case WHOLE -> body;
    };
  }

  /**
   * Shapes the objects of a watch, one after the other. Confined to one thread: of the tables, only
   * the first tells its columns.
   */
  public UnaryOperator<Map<String, Object>> stream(Form form, ResourceType type) {
    if (form.kind() != Kind.TABLE) {
      Form single =
          form.kind() == Kind.METADATA_LIST
              ? new Form(Kind.METADATA, form.version(), form.include())
              : form;
      return object -> shape(single, type, object);
    }
    return new UnaryOperator<>() {
      private boolean told;

      @Override
      public Map<String, Object> apply(Map<String, Object> object) {
        if (object.getOrDefault("kind", "").equals("Status")) {
          return object;
        }
        Map<String, Object> table = table(form, type, object, false, !told);
        told = true;
        return table;
      }
    };
  }

  private Map<String, Object> table(
      Form form, ResourceType type, Map<String, Object> body, boolean list, boolean columns) {
    boolean own = list || body.getOrDefault("kind", type.kind()).equals(type.kind());
    Layout layout = own ? layouts.of(type) : Layouts.nameAndAge();
    List<Map<String, Object>> rows =
        (list ? Values.listAt(body, "items") : List.<Object>of(body))
            .stream().map(item -> row(form, type, layout, Values.object(item))).toList();
    Map<String, @Nullable Object> table = new LinkedHashMap<>();
    table.put("kind", "Table");
    table.put("apiVersion", form.apiVersion());
    table.put("metadata", listMetadata(body));
    table.put("columnDefinitions", columns ? layout.definitions() : null);
    table.put("rows", rows);
    return table(table);
  }

  @SuppressWarnings("NullAway") // JSON has null
  private static Map<String, Object> table(Map<String, @Nullable Object> table) {
    return java.util.Collections.unmodifiableMap(table);
  }

  private Map<String, Object> row(
      Form form, ResourceType type, Layout layout, Map<String, Object> object) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("cells", layout.row(object, time.instant()));
    List<Object> conditions = layout.conditions(object);
    if (!conditions.isEmpty()) {
      row.put("conditions", conditions);
    }
    row.put("object", included(form, type, object));
    return table(row);
  }

  private static @Nullable Map<String, Object> included(
      Form form, ResourceType type, Map<String, Object> object) {
    if (form.include() == Include.NONE) {
      return null;
    }
    if (form.include() == Include.METADATA) {
      return metadata(form, object);
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("kind", type.kind());
    whole.put("apiVersion", type.apiVersion());
    object.forEach(whole::putIfAbsent);
    return whole;
  }

  private static Map<String, Object> metadataList(Form form, Map<String, Object> list) {
    Map<String, Object> shaped = new LinkedHashMap<>();
    shaped.put("kind", "PartialObjectMetadataList");
    shaped.put("apiVersion", form.apiVersion());
    shaped.put("metadata", Values.objectAt(list, "metadata"));
    shaped.put(
        "items",
        Values.listAt(list, "items").stream()
            .map(item -> metadata(form, Values.object(item)))
            .toList());
    return shaped;
  }

  private static Map<String, Object> metadata(Form form, Map<String, Object> object) {
    Map<String, Object> shaped = new LinkedHashMap<>();
    shaped.put("kind", "PartialObjectMetadata");
    shaped.put("apiVersion", form.apiVersion());
    shaped.put("metadata", Values.objectAt(object, "metadata"));
    return shaped;
  }

  /** Of a list all that it tells of itself; of an object its resource version. */
  private static Map<String, Object> listMetadata(Map<String, Object> body) {
    Map<String, Object> kept = new LinkedHashMap<>();
    for (String field : List.of("resourceVersion", "continue", "remainingItemCount")) {
      Values.at(body, "metadata", field).ifPresent(value -> kept.put(field, value));
    }
    return kept;
  }
}
