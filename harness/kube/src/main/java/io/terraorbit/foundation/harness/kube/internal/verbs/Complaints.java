package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Writes the Events in which the server's own controllers tell what they met. */
final class Complaints {
  private static final String COMPONENT = "garbage-collector-controller";
  private static final WriteOptions CREATE =
      WriteOptions.system("serviceaccount:kube-system:generic-garbage-collector", "create");

  private final Supplier<Catalog> catalog;
  private final Creating creating;
  private final Identity identity;

  Complaints(Supplier<Catalog> catalog, Creating creating, Identity identity) {
    this.catalog = catalog;
    this.creating = creating;
    this.identity = identity;
  }

  /** An object names an owner that lives in another namespace. */
  void ownerElsewhere(Editor editor, Target target, Map<String, Object> object, Object owner) {
    String namespace = Meta.namespace(object);
    boolean open =
        editor
            .find(Namespaces.PREFIX + namespace)
            .filter(found -> !Meta.deleting(found))
            .isPresent();
    if (!open) {
      return;
    }
    String name = Meta.name(object) + "." + identity.name("");
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("kind", target.type().kind());
    about.put("namespace", namespace);
    about.put("name", Meta.name(object));
    about.put("uid", Meta.uid(object));
    about.put("apiVersion", target.type().storedApiVersion());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("metadata", Map.of("name", name));
    event.put("involvedObject", about);
    event.put("reason", "OwnerRefInvalidNamespace");
    event.put(
        "message",
        "ownerRef [%s/%s, namespace: %s, name: %s, uid: %s] does not exist in namespace \"%s\""
            .formatted(
                text(owner, "apiVersion"),
                text(owner, "kind"),
                namespace,
                text(owner, "name"),
                text(owner, "uid"),
                namespace));
    event.put("source", Map.of("component", COMPONENT));
    event.put("firstTimestamp", identity.now());
    event.put("lastTimestamp", identity.now());
    event.put("count", 1L);
    event.put("type", "Warning");
    event.put("reportingComponent", COMPONENT);
    ResourceType type = catalog.get().findKind("v1", "Event").orElseThrow();
    creating.create(editor, new Target(type, namespace, "", ""), event, CREATE);
  }

  private static String text(Object owner, String member) {
    return Values.string(owner, member).orElse("");
  }
}
