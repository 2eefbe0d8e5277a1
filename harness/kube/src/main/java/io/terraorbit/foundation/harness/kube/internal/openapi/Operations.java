package io.terraorbit.foundation.harness.kube.internal.openapi;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.Subresource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The paths of one group version, and what may be done at them. Used once. */
final class Operations {
  private static final List<String> WRITE = List.of("dryRun", "fieldManager", "fieldValidation");
  private static final List<String> LIST =
      List.of(
          "allowWatchBookmarks",
          "continue",
          "fieldSelector",
          "labelSelector",
          "limit",
          "resourceVersion",
          "resourceVersionMatch",
          "sendInitialEvents",
          "timeoutSeconds",
          "watch");
  private static final List<String> DELETE =
      List.of("dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy");
  private static final Map<String, String> TYPES =
      Map.of(
          "allowWatchBookmarks", "boolean",
          "sendInitialEvents", "boolean",
          "watch", "boolean",
          "orphanDependents", "boolean",
          "force", "boolean",
          "limit", "integer",
          "timeoutSeconds", "integer",
          "gracePeriodSeconds", "integer");

  private final Schemas schemas;
  private final Map<String, Object> paths = new TreeMap<>();

  Operations(Schemas schemas) {
    this.schemas = schemas;
  }

  Map<String, Object> paths() {
    return paths;
  }

  /**
   * Adds the paths of a kind.
   *
   * @param root such as {@code /apis/apps/v1}
   * @param object reference of its schema
   */
  void add(String root, ResourceType type, Map<String, Object> object) {
    String base = root + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
    Map<String, Object> gvk = Schemas.gvk(type.group(), type.version(), type.kind());
    Map<String, Object> list = type.verbs().contains("list") ? schemas.list(type, object) : object;
    Map<String, Object> collection = item(type, false);
    if (type.verbs().contains("list")) {
      collection.put("get", operation("list", gvk, LIST, list));
      if (type.namespaced()) {
        Map<String, Object> everywhere = new LinkedHashMap<>();
        everywhere.put("get", operation("list", gvk, LIST, list));
        paths.put(root + "/" + type.plural(), everywhere);
      }
    }
    if (type.verbs().contains("create")) {
      collection.put("post", with(operation("post", gvk, WRITE, object), body(object)));
    }
    if (type.verbs().contains("deletecollection")) {
      List<String> both = new ArrayList<>(DELETE);
      LIST.stream().filter(name -> !name.contains("atch")).forEach(both::add);
      collection.put(
          "delete",
          with(
              operation("deletecollection", gvk, both, schemas.status()),
              body(schemas.meta("DeleteOptions"))));
    }
    paths.put(base, collection);
    Map<String, Object> one = item(type, true);
    readAndWrite(one, type.verbs(), gvk, object, type.custom());
    if (type.verbs().contains("delete")) {
      one.put(
          "delete",
          with(
              operation("delete", gvk, DELETE, schemas.status()),
              body(schemas.meta("DeleteOptions"))));
    }
    if (one.size() > 1) {
      paths.put(base + "/{name}", one);
    }
    for (Subresource part : type.subresources()) {
      subresource(base, type, part, object);
    }
  }

  private void subresource(
      String base, ResourceType type, Subresource part, Map<String, Object> object) {
    boolean own = part.kind().equals(type.kind());
    Map<String, Object> gvk =
        own
            ? Schemas.gvk(type.group(), type.version(), type.kind())
            : Schemas.gvk(part.group(), part.version(), part.kind());
    Map<String, Object> schema =
        own ? object : schemas.kind(part.group(), part.version(), part.kind());
    Map<String, Object> item = item(type, true);
    readAndWrite(item, part.verbs(), gvk, schema, type.custom());
    if (part.verbs().contains("create")) {
      item.put("post", with(operation("post", gvk, WRITE, schema), body(schema)));
    }
    paths.put(base + "/{name}/" + part.name(), item);
  }

  private void readAndWrite(
      Map<String, Object> item,
      List<String> verbs,
      Map<String, Object> gvk,
      Map<String, Object> object,
      boolean custom) {
    if (verbs.contains("get")) {
      item.put("get", operation("get", gvk, List.of(), object));
    }
    if (verbs.contains("update")) {
      item.put("put", with(operation("put", gvk, WRITE, object), body(object)));
    }
    if (verbs.contains("patch")) {
      List<String> parameters = new ArrayList<>(WRITE);
      parameters.add("force");
      item.put("patch", with(operation("patch", gvk, parameters, object), patches(custom)));
    }
  }

  private Map<String, Object> patches(boolean custom) {
    Map<String, Object> content = new LinkedHashMap<>();
    List<String> types = new ArrayList<>();
    types.add("application/apply-patch+yaml");
    types.add("application/json-patch+json");
    types.add("application/merge-patch+json");
    if (!custom) {
      types.add("application/strategic-merge-patch+json");
    }
    types.forEach(type -> content.put(type, Members.of("schema", schemas.patch())));
    return Members.of("content", content, "required", true);
  }

  private static Map<String, Object> body(Map<String, Object> schema) {
    return Members.of("content", Members.of("*/*", Members.of("schema", schema)));
  }

  private static Map<String, Object> with(Map<String, Object> operation, Map<String, Object> body) {
    operation.put("requestBody", body);
    return operation;
  }

  private static Map<String, Object> operation(
      String action, Map<String, Object> gvk, List<String> parameters, Map<String, Object> answer) {
    return Members.of(
        "parameters",
        parameters.stream().map(name -> parameter(name, "query", false)).toList(),
        "responses",
        Members.of(
            "200",
            Members.of(
                "description",
                "OK",
                "content",
                Members.of("application/json", Members.of("schema", answer)))),
        "x-kubernetes-action",
        action,
        "x-kubernetes-group-version-kind",
        gvk);
  }

  private static Map<String, Object> item(ResourceType type, boolean named) {
    List<Object> parameters = new ArrayList<>();
    if (named) {
      parameters.add(parameter("name", "path", true));
    }
    if (type.namespaced()) {
      parameters.add(parameter("namespace", "path", true));
    }
    return Members.of("parameters", parameters);
  }

  private static Object parameter(String name, String in, boolean required) {
    Map<String, Object> parameter = Members.of("name", name, "in", in);
    if (required) {
      parameter.put("required", true);
    }
    parameter.put(
        "schema", Members.of("type", TYPES.getOrDefault(name, "string"), "uniqueItems", true));
    return parameter;
  }
}
