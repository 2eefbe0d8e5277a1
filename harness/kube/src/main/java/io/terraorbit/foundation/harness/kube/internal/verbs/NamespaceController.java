package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.verbs.Conditions.Condition;
import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Furnishes new namespaces and empties those that end. */
final class NamespaceController {
  private static final WriteOptions CREATE =
      WriteOptions.system("kube-controller-manager", "create");
  private static final String NAME = "serviceaccount:kube-system:namespace-controller";
  private static final WriteOptions DELETE = WriteOptions.system(NAME, "delete");
  private static final WriteOptions UPDATE = WriteOptions.system(NAME, "update");
  private static final String ROOT_DESCRIPTION =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
          + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage"
          + " is guaranteed across distributions of Kubernetes clusters.";
  private static final DeleteOptions BACKGROUND = DeleteOptions.propagating("Background");

  private final Supplier<Catalog> catalog;
  private final Creating creating;
  private final Deleting deleting;
  private final Identity identity;
  private volatile Supplier<String> authority = () -> "";

  NamespaceController(
      Supplier<Catalog> catalog, Creating creating, Deleting deleting, Identity identity) {
    this.catalog = catalog;
    this.creating = creating;
    this.deleting = deleting;
    this.identity = identity;
  }

  /** Sets the certificate that namespaces tell. */
  void trust(Supplier<String> certificate) {
    authority = certificate;
  }

  void reconcile(Editor editor, Target target, Map<String, Object> namespace) {
    if (Meta.deleting(namespace)) {
      empty(editor, target, namespace);
    } else {
      furnish(editor, target.name());
    }
  }

  private void furnish(Editor editor, String namespace) {
    provide(editor, "ServiceAccount", namespace, "default", Map.of());
    provide(
        editor,
        "ConfigMap",
        namespace,
        "kube-root-ca.crt",
        Map.of(
            "metadata",
            Map.of("annotations", Map.of("kubernetes.io/description", ROOT_DESCRIPTION)),
            "data",
            Map.of("ca.crt", authority.get())));
  }

  private void provide(
      Editor editor, String kind, String namespace, String name, Map<String, Object> content) {
    ResourceType type = catalog.get().findKind("v1", kind).orElseThrow();
    if (editor.find(type.key(namespace, name)).isEmpty()) {
      Map<String, Object> object =
          Values.with(
              Values.with(content, name, "metadata", "name"), namespace, "metadata", "namespace");
      try {
        creating.create(editor, new Target(type, namespace, "", ""), object, CREATE);
      } catch (ApiException e) {
        // A quota is full. As in a real cluster it is tried again when there is room.
      }
    }
  }

  private void empty(Editor editor, Target target, Map<String, Object> namespace) {
    List<Content> contents = contents(editor, target.name());
    boolean pods = contents.stream().anyMatch(Content::pod);
    for (Content content : contents) {
      if (!Meta.deleting(content.object()) && (content.pod() || !pods)) {
        deleting.delete(editor, content.target(), BACKGROUND, DELETE);
      }
    }
    List<Content> remaining = contents(editor, target.name());
    if (pods && remaining.stream().noneMatch(Content::pod)) {
      empty(editor, target, namespace);
      return;
    }
    if (remaining.isEmpty()) {
      finish(editor, target, namespace);
    } else {
      report(editor, target, namespace, remaining);
    }
  }

  /** All that lives in a namespace, pods first. */
  private List<Content> contents(Editor editor, String namespace) {
    List<Content> contents = new ArrayList<>();
    catalog.get().storedTypes().stream()
        .filter(ResourceType::namespaced)
        .sorted(
            Comparator.comparing(
                type -> (type.prefix().equals("/core/pods/") ? "" : "/") + type.prefix()))
        .forEach(
            type -> {
              for (Entry<Map<String, Object>> entry : editor.now().list(type.prefix(namespace))) {
                contents.add(new Content(type, namespace, entry.value()));
              }
            });
    return contents;
  }

  private static void finish(Editor editor, Target target, Map<String, Object> namespace) {
    Map<String, Object> open = Values.with(namespace, Map.of(), "spec");
    if (Deleting.finished(target.type(), open)) {
      editor.remove(target, open, DELETE);
    } else if (!open.equals(namespace)) {
      editor.put(target, open, UPDATE);
    }
  }

  private void report(
      Editor editor, Target target, Map<String, Object> namespace, List<Content> remaining) {
    Map<String, Integer> kinds = new TreeMap<>();
    Map<String, Integer> finalizers = new TreeMap<>();
    for (Content content : remaining) {
      kinds.merge(content.type().plural() + "." + content.type().group(), 1, Integer::sum);
      Meta.finalizers(content.object())
          .forEach(name -> finalizers.merge(String.valueOf(name), 1, Integer::sum));
    }
    Map<String, Object> reported =
        Conditions.set(
            namespace,
            identity.now(),
            new Condition(
                "NamespaceDeletionDiscoveryFailure",
                "False",
                "ResourcesDiscovered",
                "All resources successfully discovered"),
            new Condition(
                "NamespaceDeletionGroupVersionParsingFailure",
                "False",
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed"),
            new Condition(
                "NamespaceDeletionContentFailure",
                "False",
                "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization"),
            new Condition(
                "NamespaceContentRemaining",
                "True",
                "SomeResourcesRemain",
                "Some resources are remaining: " + listed(kinds, "%s has %d resource instances")),
            new Condition(
                "NamespaceFinalizersRemaining",
                finalizers.isEmpty() ? "False" : "True",
                finalizers.isEmpty() ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
                finalizers.isEmpty()
                    ? "All content-preserving finalizers finished"
                    : "Some content in the namespace has finalizers remaining: "
                        + listed(finalizers, "%s in %d resource instances")));
    if (!reported.equals(namespace)) {
      editor.put(new Target(target.type(), "", target.name(), "status"), reported, UPDATE);
    }
  }

  private static String listed(Map<String, Integer> counts, String format) {
    return String.join(
        ", ",
        counts.entrySet().stream()
            .map(count -> String.format(format, count.getKey(), count.getValue()))
            .toList());
  }

  private record Content(ResourceType type, String namespace, Map<String, Object> object) {
    /** Pods go first: nothing else is taken away while some are left. */
    boolean pod() {
      return type.prefix().equals("/core/pods/");
    }

    Target target() {
      return new Target(type, namespace, Meta.name(object), "");
    }
  }
}
