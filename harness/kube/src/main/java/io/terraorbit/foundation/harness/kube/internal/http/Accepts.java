package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.tables.Form;
import io.terraorbit.foundation.harness.kube.internal.tables.Form.Include;
import io.terraorbit.foundation.harness.kube.internal.tables.Form.Kind;
import java.util.List;
import java.util.Optional;

/** What a client is willing to read, by its {@code Accept} header: the first that we can write. */
final class Accepts {
  private static final List<String> META_VERSIONS = List.of("v1", "v1beta1");
  private static final List<String> DISCOVERY_VERSIONS = List.of("v2", "v2beta1");

  private Accepts() {}

  /**
   * A form of a document that is no object of a kind.
   *
   * @param version of the aggregated form of discovery; empty for the document itself
   */
  record Document(boolean yaml, String version) {
    boolean aggregated() {
      return !version.isEmpty();
    }
  }

  /**
   * The form in which a request wants objects of a kind.
   *
   * @throws ApiException 406 if it wants none that there is; 422 if what it wants in a table's rows
   *     is unknown
   */
  static Form form(WireRequest request, ResourceType type) {
    boolean transformable = !type.has(Flag.VIRTUAL);
    for (MediaRange range : MediaRange.parse(request.header("accept"))) {
      if (isYaml(range)) {
        return Form.WHOLE;
      }
      Optional<Form> form = range.takes("application", "json") ? form(range) : Optional.empty();
      if (form.filter(wanted -> transformable || wanted.whole()).isPresent()) {
        return including(form.get(), request.parameter("includeObject"));
      }
    }
    throw type.custom() ? Refusals.notAcceptable() : refusal(request);
  }

  /**
   * Why there is nothing that a client would read where the real server's router looks first: at
   * the bare media type.
   */
  static ApiException refusal(WireRequest request) {
    return takesJson(request)
        ? Refusals.notAcceptable()
        : Refusals.nothingAcceptable("application/json, application/yaml");
  }

  /**
   * Makes sure that a client takes JSON, of whatever form.
   *
   * @throws ApiException 406
   */
  static void requireJson(WireRequest request) {
    if (!takesJson(request)) {
      throw Refusals.nothingAcceptable("application/json");
    }
  }

  private static boolean takesJson(WireRequest request) {
    return MediaRange.parse(request.header("accept")).stream()
        .anyMatch(range -> range.takes("application", "json"));
  }

  /** Whether the client would rather have YAML than JSON. */
  static boolean prefersYaml(String accept) {
    for (MediaRange range : MediaRange.parse(accept)) {
      if (isYaml(range)) {
        return true;
      }
      if (range.takes("application", "json") && form(range).isPresent()) {
        return false;
      }
    }
    return false;
  }

  private static boolean isYaml(MediaRange range) {
    return range.subtype().equals("yaml")
        && range.takes("application", "yaml")
        && range.parameter("as").isEmpty();
  }

  /** The form in which a client wants discovery, aggregated or not; empty if it wants none. */
  static Optional<Document> discovery(WireRequest request) {
    return document(request, DISCOVERY_VERSIONS);
  }

  /** The form in which a client wants a document that has no other than its own. */
  static Optional<Document> document(WireRequest request) {
    return document(request, List.of());
  }

  private static Optional<Document> document(WireRequest request, List<String> versions) {
    for (MediaRange range : MediaRange.parse(request.header("accept"))) {
      boolean yaml = range.subtype().equals("yaml") && range.takes("application", "yaml");
      if (!yaml && !range.takes("application", "json")) {
        continue;
      }
      if (range.parameter("as").isEmpty()) {
        return Optional.of(new Document(yaml, ""));
      }
      String version = range.parameter("v");
      if (range.parameter("as").equals("APIGroupDiscoveryList")
          && range.parameter("g").equals("apidiscovery.k8s.io")
          && versions.contains(version)) {
        return Optional.of(new Document(yaml, version));
      }
    }
    return Optional.empty();
  }

  /** The form that a range of JSON stands for; empty when there is no such form. */
  private static Optional<Form> form(MediaRange range) {
    String version = range.parameter("v");
    if (range.parameter("as").isEmpty()) {
      return Optional.of(Form.WHOLE);
    }
    if (!range.parameter("g").equals("meta.k8s.io") || !META_VERSIONS.contains(version)) {
      return Optional.empty();
    }
    return switch (range.parameter("as")) {
      case "Table" -> Optional.of(new Form(Kind.TABLE, version, Include.METADATA));
      case "PartialObjectMetadata" ->
          Optional.of(new Form(Kind.METADATA, version, Include.METADATA));
      case "PartialObjectMetadataList" ->
          Optional.of(new Form(Kind.METADATA_LIST, version, Include.METADATA));
      default -> Optional.empty();
    };
  }

  private static Form including(Form form, String wanted) {
    if (form.kind() != Kind.TABLE) {
      return form;
    }
    Include include =
        switch (wanted) {
          case "", "Metadata" -> Include.METADATA;
          case "None" -> Include.NONE;
          case "Object" -> Include.OBJECT;
          default ->
              throw Refusals.invalidOptions(
                  "TableOptions",
                  FieldError.invalid(
                      "includeObject", wanted, "must be 'Metadata', 'Object', 'None', or empty"));
        };
    return new Form(form.kind(), form.version(), include);
  }
}
