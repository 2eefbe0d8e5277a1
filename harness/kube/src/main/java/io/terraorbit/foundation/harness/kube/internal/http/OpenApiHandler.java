package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.http.Outgoing.Header;
import io.terraorbit.foundation.harness.kube.internal.openapi.Documents;
import io.terraorbit.foundation.harness.kube.internal.openapi.Documents.Document;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers with OpenAPI documents. Whoever names the right hash may keep the answer for ever;
 * whoever names a stale one is sent to the right one.
 */
final class OpenApiHandler {
  private static final Header BY_ACCEPT = new Header(Heads.VARY, "Accept");

  private final Documents documents;

  OpenApiHandler(Documents documents) {
    this.documents = documents;
  }

  /**
   * The answer to a path below {@code /openapi}.
   *
   * @param path decoded, from {@code openapi} on
   */
  Reply answer(WireRequest request, List<String> path) {
    if (path.size() < 2 || !path.get(1).equals("v3")) {
      throw Refusals.notImplemented("OpenAPI documents of version 2");
    }
    request.requireGet();
    if (path.size() == 2) {
      return new Reply.Answer(
          200,
          "text/plain; charset=utf-8",
          new Bytes(Json.write(documents.root())),
          List.of(),
          List.of());
    }
    String group = path.get(2).equals("apis") && path.size() == 5 ? path.get(3) : "";
    boolean core = path.get(2).equals("api") && path.size() == 4;
    if (group.isEmpty() && !core) {
      return Reply.text(404, "");
    }
    String version = path.get(path.size() - 1);
    Optional<Document> found = documents.find(group, version);
    return found
        .map(document -> document(request, String.join("/", path), document))
        .orElseGet(() -> Reply.text(404, ""));
  }

  private static Reply document(WireRequest request, String path, Document document) {
    String asked = request.parameter("hash");
    String tag = '"' + document.hash() + '"';
    if (!asked.isEmpty() && !asked.equals(document.hash())) {
      Header location = new Header("Location", "/" + path + "?hash=" + document.hash());
      return new Reply.Answer(301, "", Bytes.NONE, List.of(location), List.of());
    }
    List<Header> headers = new ArrayList<>(List.of(new Header("ETag", tag), BY_ACCEPT));
    if (!asked.isEmpty()) {
      headers.add(new Header(Heads.CACHE_CONTROL, "public, immutable"));
    }
    return request.header("if-none-match").equals(tag)
        ? new Reply.Answer(304, "", Bytes.NONE, headers, List.of())
        : new Reply.Answer(
            200, "application/json", new Bytes(document.content()), headers, List.of());
  }
}
