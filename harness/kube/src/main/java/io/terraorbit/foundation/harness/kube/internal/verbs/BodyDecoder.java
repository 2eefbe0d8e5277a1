package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.schema.MalformedException;
import io.terraorbit.foundation.harness.kube.internal.schema.StructuralSchema;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.harness.kube.internal.typed.Decoding;
import io.terraorbit.foundation.harness.kube.internal.typed.GoValues;
import io.terraorbit.foundation.harness.kube.internal.typed.Repeats;
import io.terraorbit.foundation.harness.kube.internal.typed.Restoring;
import io.terraorbit.foundation.harness.kube.internal.typed.StrictErrors;
import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decodes the body of one write, and answers what is wrong with it: a body that a client wrote is a
 * bad request, one that came of a patch is invalid, as is the real server's way. For one request.
 */
final class BodyDecoder {
  private final KindName expected;

  /** Of a built-in kind; empty of a custom one. */
  private final Optional<StructType> structure;

  private final Body written;
  private final Map<String, Object> body;
  private final WriteOptions options;
  private final StrictErrors strict = new StrictErrors();

  BodyDecoder(KindName expected, Body written, WriteOptions options) {
    this.expected = expected;
    this.structure = expected.structure();
    this.written = written;
    this.body = written.object();
    this.options = options;
    written.findings().accept(strict);
  }

  static BodyDecoder of(ResourceType type, Body body, WriteOptions options) {
    return new BodyDecoder(KindName.of(type), body, options);
  }

  /**
   * Checks that the body does not say that it is of another kind. One of a built-in kind may leave
   * that out.
   */
  BodyDecoder checked() {
    if (written.patch() != null) {
      return this;
    }
    requireTexts();
    String kind = said("kind", "Kind", expected.kind());
    KindName met = new KindName(said("apiVersion", "apiVersion", expected.apiVersion()), kind);
    if (!met.equals(expected)) {
      throw met.refusal(expected, body, this);
    }
    return this;
  }

  private String said(String field, String title, String otherwise) {
    String said = Values.string(body, field).orElse("");
    if (!said.isEmpty()) {
      return said;
    }
    if (structure.isEmpty()) {
      throw Refusals.badRequest(
          "Object '%s' is missing in the body of the request".formatted(title));
    }
    return otherwise;
  }

  private void requireTexts() {
    for (String field : List.of("apiVersion", "kind")) {
      Object value = body.get(field);
      if (value != null && !(value instanceof String)) {
        throw Refusals.unrecognized(
            expected.kind(),
            "couldn't get version/kind; json parse error: json: cannot unmarshal %s into Go struct field .%s of type string"
                .formatted(GoValues.typeName(value), field),
            Json.write(body));
      }
    }
  }

  /** The body as an object of a built-in kind. */
  Map<String, Object> typed() {
    StructType type =
        structure.orElseThrow(
            () -> new IllegalStateException("no structure is compiled for " + expected));
    try {
      if (written.patch() == null) {
        return Decoding.decode(type, body, strict);
      }
      Restoring.restore(type, body);
      StrictErrors unknown = new StrictErrors();
      Map<String, Object> decoded = Decoding.decode(type, body, unknown);
      strict.addSorted(unknown);
      return decoded;
    } catch (UndecodableException e) {
      throw undecodable(String.valueOf(e.getMessage()));
    }
  }

  /** The body as a custom resource of a schema. */
  Map<String, Object> custom(StructuralSchema schema) {
    Repeats.find(body, strict);
    try {
      return schema.decode(body, strict);
    } catch (MalformedException e) {
      throw undecodable(e.text());
    }
  }

  /**
   * What the client should be warned of.
   *
   * @throws ApiException if it asked for strictness
   */
  List<String> warnings() {
    List<String> findings = strict.texts();
    return switch (options.validation()) {
      case IGNORE -> List.of();
      case WARN -> findings;
      case STRICT -> {
        if (!findings.isEmpty()) {
          throw undecodable("strict decoding error: " + String.join(", ", findings));
        }
        yield findings;
      }
    };
  }

  /** The answer to a body that cannot be decoded. */
  ApiException undecodable(String why) {
    return unsuitable(expected, why);
  }

  /** As {@link #undecodable}, of a body that says of itself that it is of another kind. */
  ApiException unsuitable(KindName said, String why) {
    if (options.verb().equals("patch")) {
      return Refusals.invalid(
          new Subject("", "", "", ""), List.of(FieldError.invalid("patch", text(), why)));
    }
    return Refusals.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(said.kind(), said.version(), expected.kind(), why));
  }

  /** The patched object as the real server cites it: its members sorted, but not what is below. */
  private String text() {
    if (written.patch() != null) {
      return written.patch().get();
    }
    return Json.text(new TreeMap<>(body));
  }
}
