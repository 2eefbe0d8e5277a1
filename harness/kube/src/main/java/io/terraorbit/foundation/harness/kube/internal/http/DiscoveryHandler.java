package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.http.Outgoing.Header;
import io.terraorbit.foundation.harness.kube.internal.openapi.ContentHash;
import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers what is asked about the server itself: its version, its groups and their resources.
 *
 * <p>The aggregated documents carry an {@code ETag} (RFC 9110 section 8.8.3), and a client that has
 * the current one is answered with 304 and no body.
 */
final class DiscoveryHandler {
  private static final String AGGREGATED =
      "application/%s;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList";

  private final Supplier<Catalog> catalog;
  private final Supplier<String> address;

  /**
   * @param address host and port of this server
   */
  DiscoveryHandler(Supplier<Catalog> catalog, Supplier<String> address) {
    this.catalog = catalog;
    this.address = address;
  }

  Reply version(WireRequest request) {
    request.requireGet();
    Accepts.requireJson(request);
    return Reply.json(200, Discovery.version());
  }

  /** What there is to get, in JSON whatever the client would rather have. */
  Reply root() {
    return Reply.json(200, RootPaths.document(catalog.get()));
  }

  /** {@code /api}. */
  Reply core(WireRequest request) {
    request.requireGet();
    return Accepts.discovery(request)
        .map(
            form ->
                form.aggregated()
                    ? aggregated(request, form, List.of(""))
                    : plain(form, Discovery.coreVersions(address.get())))
        .orElseThrow(() -> Accepts.refusal(request));
  }

  /** {@code /apis}: by any method, as the real server does not look at it here. */
  Reply groups(WireRequest request) {
    Catalog known = catalog.get();
    return Accepts.discovery(request)
        .map(
            form ->
                form.aggregated()
                    ? aggregated(request, form, known.groups())
                    : plain(form, Discovery.groups(known)))
        .orElseThrow(Refusals::notAcceptable);
  }

  /** {@code /apis/GROUP}: by any method, too. */
  Reply group(WireRequest request, String group) {
    return Accepts.document(request)
        .map(form -> plain(form, Discovery.group(catalog.get(), group)))
        .orElseThrow(Refusals::notAcceptable);
  }

  /** The resources of a version; the core group's name is empty. */
  Reply resources(WireRequest request, String group, String version) {
    request.requireGet();
    return Accepts.document(request)
        .map(form -> plain(form, Discovery.resources(catalog.get(), group, version)))
        .orElseThrow(() -> Accepts.refusal(request));
  }

  private static Reply plain(Accepts.Document form, Map<String, Object> document) {
    return Reply.object(form.yaml(), 200, document, List.of());
  }

  private Reply aggregated(WireRequest request, Accepts.Document form, List<String> groups) {
    Map<String, Object> list = Discovery.aggregated(catalog.get(), groups, form.version());
    String tag = '"' + ContentHash.of(Json.write(list)) + '"';
    List<Header> headers =
        List.of(
            new Header(Heads.CACHE_CONTROL, "public"),
            new Header("ETag", tag),
            new Header(Heads.VARY, "Accept"));
    if (request.header("if-none-match").equals(tag)) {
      return new Reply.Answer(304, "", Bytes.NONE, headers, List.of());
    }
    String type = AGGREGATED.formatted(form.yaml() ? "yaml" : "json", form.version());
    Reply.Answer whole = Reply.object(form.yaml(), 200, list, List.of());
    return new Reply.Answer(200, type, whole.body(), headers, List.of());
  }
}
