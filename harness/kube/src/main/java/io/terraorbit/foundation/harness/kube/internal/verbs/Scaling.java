package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ScalePaths;
import io.terraorbit.foundation.harness.kube.internal.selectors.SelectorText;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions.FieldValidation;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code scale} of objects: how many replicas are wanted and met, in one form for all kinds.
 *
 * <p>It has no life of its own. What is read is made from the object, with the object's uid and
 * resource version; what is written becomes an update of the object.
 */
final class Scaling {
  static final String NAME = "scale";

  private static final String API_VERSION = "autoscaling/v1";
  private static final ScalePaths BUILT_IN =
      new ScalePaths(".spec.replicas", ".status.replicas", "");
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "", Set.of("kind", "apiVersion", "metadata", "spec", "status"),
          "spec", Set.of("replicas"),
          "status", Set.of("replicas", "selector"));

  private final Updating updating;

  Scaling(Updating updating) {
    this.updating = updating;
  }

  /** The scale of an object. */
  static Map<String, Object> show(ResourceType type, Map<String, Object> object) {
    ScalePaths paths = paths(type);
    if (type.custom() && Values.at(object, split(paths.specReplicas())).isEmpty()) {
      throw Refusals.internal(
          "the spec replicas field \"%s\" does not exist".formatted(paths.specReplicas()));
    }
    return scale(type, object);
  }

  Outcome update(Editor editor, Target target, Map<String, Object> body, WriteOptions options) {
    Map<String, Object> before = before(editor, target);
    return replace(editor, target, body, before, options);
  }

  Outcome patch(Editor editor, Target target, Patch patch, WriteOptions options) {
    Map<String, Object> before = before(editor, target);
    Map<String, Object> after = patch.apply(scale(target.type(), before));
    return replace(editor, target, after, before, options);
  }

  private static Map<String, Object> before(Editor editor, Target target) {
    return editor.find(target.key()).orElseThrow(() -> Refusals.notFound(target.subject()));
  }

  private Outcome replace(
      Editor editor,
      Target target,
      Map<String, Object> scale,
      Map<String, Object> before,
      WriteOptions options) {
    List<String> warnings = new ArrayList<>(unknown(scale, options));
    checkKind(scale);
    Preconditions.checkName(target, scale);
    Preconditions.checkUid(target, scale, before);
    String revision = Meta.text(scale, "resourceVersion");
    if (!revision.isEmpty() && !revision.equals("0")) {
      Preconditions.checkRevision(target, revision, before);
    }
    long replicas = replicas(target, scale);
    String[] path = split(paths(target.type()).specReplicas());
    Outcome outcome =
        updating.patch(editor, target, object -> Values.with(object, replicas, path), options);
    warnings.addAll(outcome.warnings());
    return new Outcome(outcome.code(), scale(target.type(), outcome.body()), warnings);
  }

  private static long replicas(Target target, Map<String, Object> scale) {
    Object wanted = Values.at(scale, "spec", "replicas").orElse(0L);
    if (!(wanted instanceof Long replicas)
        || replicas > Integer.MAX_VALUE
        || replicas < Integer.MIN_VALUE) {
      throw Refusals.badRequest(
          ("Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal %s into Go"
                  + " struct field ScaleSpec.spec.replicas of type int32")
              .formatted(wanted instanceof Number ? "number " + wanted : Values.typeName(wanted)));
    }
    if (replicas < 0) {
      throw Refusals.invalid(
          new Subject("autoscaling", "", "Scale", target.name()),
          List.of(
              FieldError.invalid("spec.replicas", replicas, "must be greater than or equal to 0")));
    }
    return replicas;
  }

  private static void checkKind(Map<String, Object> scale) {
    String apiVersion = Values.string(scale, "apiVersion").orElse(API_VERSION);
    String kind = Values.string(scale, "kind").orElse("Scale");
    if (!kind.equals("Scale") || !apiVersion.equals(API_VERSION)) {
      throw Refusals.badRequest(
          "%s in version \"%s\" cannot be handled as a Scale: no kind \"%s\" is registered for this resource"
              .formatted(kind, apiVersion.substring(apiVersion.indexOf('/') + 1), kind));
    }
  }

  private static List<String> unknown(Map<String, Object> scale, WriteOptions options) {
    List<String> unknown = new ArrayList<>();
    for (String part : List.of("", "spec", "status")) {
      Map<String, Object> members = part.isEmpty() ? scale : Values.objectAt(scale, part);
      members.keySet().stream()
          .filter(name -> !FIELDS.getOrDefault(part, Set.of()).contains(name))
          .map(name -> "unknown field \"%s\"".formatted(part.isEmpty() ? name : part + "." + name))
          .forEach(unknown::add);
    }
    if (options.validation() == FieldValidation.STRICT && !unknown.isEmpty()) {
      throw Refusals.badRequest("strict decoding error: " + String.join(", ", unknown));
    }
    return options.validation() == FieldValidation.WARN ? unknown : List.of();
  }

  private static Map<String, Object> scale(ResourceType type, Map<String, Object> object) {
    ScalePaths paths = paths(type);
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      Values.at(object, "metadata", field).ifPresent(value -> metadata.put(field, value));
    }
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("replicas", number(object, paths.statusReplicas()));
    String selector = selector(type, object, paths);
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    long replicas = number(object, paths.specReplicas());
    Map<String, Object> scale = new LinkedHashMap<>();
    scale.put("kind", "Scale");
    scale.put("apiVersion", API_VERSION);
    scale.put("metadata", metadata);
    scale.put("spec", replicas == 0 ? Map.of() : Map.of("replicas", replicas));
    scale.put("status", status);
    return scale;
  }

  private static String selector(ResourceType type, Map<String, Object> object, ScalePaths paths) {
    if (type.custom()) {
      return paths.labelSelector().isEmpty()
          ? ""
          : Values.string(object, split(paths.labelSelector())).orElse("");
    }
    Map<String, Object> selector = Values.objectAt(object, "spec", "selector");
    return type.plural().equals("replicationcontrollers")
        ? SelectorText.ofLabels(selector)
        : SelectorText.ofSelector(selector);
  }

  private static long number(Map<String, Object> object, String path) {
    return Values.at(object, split(path)).orElse(null) instanceof Long number ? number : 0;
  }

  private static ScalePaths paths(ResourceType type) {
    return type.extension() == null || type.extension().scale() == null
        ? BUILT_IN
        : type.extension().scale();
  }

  private static String[] split(String path) {
    return path.substring(path.startsWith(".") ? 1 : 0).split("\\.", -1);
  }
}
