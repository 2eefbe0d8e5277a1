package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.resources.ScalePaths;
import io.terraorbit.foundation.harness.kube.internal.selectors.SelectorText;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code scale} of objects: how many replicas are wanted and met, in one form for all kinds.
 *
 * <p>It has no life of its own. What is read is made from the object, with the object's uid and
 * resource version; what is written becomes an update of the object.
 */
final class Scaling {
  static final String NAME = "scale";

  private static final KindName KIND = new KindName("autoscaling/v1", "Scale");
  private static final ScalePaths BUILT_IN =
      new ScalePaths(".spec.replicas", ".status.replicas", "");

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
    return replace(editor, target, Body.of(body), before, options);
  }

  Outcome patch(Editor editor, Target target, Patch patch, WriteOptions options) {
    Map<String, Object> before = before(editor, target);
    return replace(editor, target, patch.patched(scale(target.type(), before)), before, options);
  }

  private static Map<String, Object> before(Editor editor, Target target) {
    return editor.find(target.key()).orElseThrow(() -> Refusals.notFound(target.subject()));
  }

  private Outcome replace(
      Editor editor, Target target, Body body, Map<String, Object> before, WriteOptions options) {
    BodyDecoder decoder = new BodyDecoder(KIND, body, options).checked();
    Map<String, Object> scale = decoder.typed();
    List<String> warnings = new ArrayList<>(decoder.warnings());
    Preconditions.checkName(target, scale);
    Preconditions.checkNamespace(target, scale);
    Preconditions.checkUid(target, scale, before);
    String revision = Meta.text(scale, "resourceVersion");
    if (!revision.isEmpty() && !revision.equals("0")) {
      Preconditions.checkRevision(target, revision, before);
    }
    String replicasPath = paths(target.type()).specReplicas();
    long replicas = replicas(target, replicasPath, scale);
    Outcome outcome =
        updating.patch(
            editor, target, object -> Values.with(object, replicas, split(replicasPath)), options);
    warnings.addAll(outcome.warnings());
    return new Outcome(outcome.code(), scale(target.type(), outcome.body()), warnings);
  }

  private static long replicas(Target target, String path, Map<String, Object> scale) {
    long replicas = number(scale, BUILT_IN.specReplicas());
    if (replicas < 0) {
      throw target.type().custom()
          ? Refusals.invalid(
              target.subject(),
              List.of(FieldError.invalid(path, replicas, "should be a non-negative integer")))
          : Refusals.invalid(
              new Subject("autoscaling", "", "Scale", target.name()),
              List.of(
                  FieldError.invalid(
                      "spec.replicas", replicas, "must be greater than or equal to 0")));
    }
    return replicas;
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
    scale.put("kind", KIND.kind());
    scale.put("apiVersion", KIND.apiVersion());
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
