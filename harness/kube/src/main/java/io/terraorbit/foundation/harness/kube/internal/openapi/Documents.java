package io.terraorbit.foundation.harness.kube.internal.openapi;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The OpenAPI v3 documents, one for each group version; each is made when it is first asked for and
 * kept as long as its kinds are the same. Safe for many threads.
 */
public final class Documents {
  private static final String VERSION = "3.0.0";

  private final Supplier<Catalog> catalog;
  private final Function<ResourceType, Map<String, Object>> customSchema;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(Object source, Document document) {}

  /** A document. Immutable. */
  public static final class Document {
    private final byte[] content;
    private final String hash;

    private Document(byte[] content) {
      this.content = content;
      this.hash = ContentHash.of(content);
    }

    /** The content itself, not to be changed. */
    public byte[] content() {
      return content;
    }

    /** Of the content, in upper-case hexadecimal. */
    public String hash() {
      return hash;
    }
  }

  /**
   * @param customSchema what the definition of a custom kind says of a version of it
   */
  public Documents(
      Supplier<Catalog> catalog, Function<ResourceType, Map<String, Object>> customSchema) {
    this.catalog = catalog;
    this.customSchema = customSchema;
  }

  /** What there is: for each path, such as {@code apis/apps/v1}, where its document is. */
  public Map<String, Object> root() {
    Map<String, Object> paths = new LinkedHashMap<>();
    Catalog now = catalog.get();
    for (String group : now.groups()) {
      for (String version : now.versions(group)) {
        add(paths, now, group, version);
      }
    }
    add(paths, now, "", "v1");
    return Members.of("paths", paths);
  }

  private void add(Map<String, Object> paths, Catalog now, String group, String version) {
    String path = path(group, version);
    String hash = document(now, group, version).hash();
    paths.put(path, Members.of("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash));
  }

  /**
   * The document of a group version.
   *
   * @param group empty for the core
   * @return empty when there is no such version
   */
  public Optional<Document> find(String group, String version) {
    Catalog now = catalog.get();
    return now.versions(group).contains(version)
        ? Optional.of(document(now, group, version))
        : Optional.empty();
  }

  private Document document(Catalog now, String group, String version) {
    boolean custom = now.types(group, version).stream().anyMatch(ResourceType::custom);
    Object source = custom ? sources(now, group, version) : "";
    String path = path(group, version);
    Kept known = kept.get(path);
    if (known != null && known.source().equals(source)) {
      return known.document();
    }
    Document document = new Document(Json.write(made(now, group, version)));
    kept.put(path, new Kept(source, document));
    return document;
  }

  private Object sources(Catalog now, String group, String version) {
    return now.types(group, version).stream()
        .map(type -> type.custom() ? List.of(type, customSchema.apply(type)) : type)
        .toList();
  }

  private Map<String, Object> made(Catalog now, String group, String version) {
    Schemas schemas = new Schemas();
    Operations operations = new Operations(schemas);
    for (ResourceType type : now.types(group, version)) {
      if (type.has(Flag.VIRTUAL) && type.plural().equals("componentstatuses")) {
        continue;
      }
      Map<String, Object> object =
          type.custom()
              ? schemas.custom(type, customSchema.apply(type))
              : schemas.kind(group, version, type.kind());
      operations.add("/" + path(group, version), type, object);
    }
    return Members.of(
        "openapi",
        VERSION,
        "info",
        Members.of("title", "Kubernetes", "version", "1.36"),
        "paths",
        operations.paths(),
        "components",
        Members.of(
            "schemas",
            schemas.all(),
            "securitySchemes",
            Members.of(
                "BearerToken",
                Members.of(
                    "type", "apiKey",
                    "description", "Bearer Token authentication",
                    "name", "authorization",
                    "in", "header"))));
  }

  private static String path(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }
}
