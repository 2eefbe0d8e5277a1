package io.terraorbit.foundation.kubernetes;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.kubernetes.FakeKubeServer.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The objects of a fake server, every change that was made to them, and its verbs. */
final class FakeHistory {
  record Answer(int status, Map<String, Object> body) {}

  record Event(long version, String plural, String type, Map<String, Object> object) {}

  record Target(String apiVersion, String namespace, String plural, String name, String sub) {
    static Target of(String path) {
      List<String> all = List.of(path.substring(1).split("/", -1));
      int head = all.get(0).equals("api") ? 2 : 3;
      List<String> rest = all.subList(head, all.size());
      String version = String.join("/", all.subList(1, head));
      boolean scoped = rest.size() >= 3 && rest.get(0).equals("namespaces");
      int at = scoped ? 2 : 0;
      return new Target(
          version,
          scoped ? rest.get(1) : "",
          item(rest, at),
          item(rest, at + 1),
          item(rest, at + 2));
    }

    String key() {
      return plural + "|" + namespace + "/" + name;
    }

    private static String item(List<String> list, int index) {
      return index < list.size() ? list.get(index) : "";
    }
  }

  private final TreeMap<String, Map<String, Object>> objects = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<String, List<Map<String, Object>>> cursors = new HashMap<>();
  private long version = 100;
  private long forgottenUpTo;
  private long interruptions;
  private int staleLists;
  private @Nullable Answer staleAnswer;
  private String interruption = "";
  private int begun;
  private int duplicates;
  private int refusals;
  private boolean gadgets = true;
  private boolean closed;

  // What a test may do to it.

  synchronized long version() {
    return version;
  }

  /** Forgets all events, so that watches from the past are too old. */
  synchronized void compact() {
    forgottenUpTo = version;
    events.clear();
  }

  /**
   * Ends the watches that are open now: {@code end}, {@code cut}, {@code expire}, {@code noise}.
   */
  synchronized void interrupt(String how) {
    interruptions++;
    interruption = how;
    notifyAll();
  }

  /** The next so many events go out twice. */
  synchronized void duplicate(int count) {
    duplicates += count;
  }

  /** Keeps the present list of ConfigMaps for the next so many list requests. */
  synchronized void staleLists(int count) {
    staleAnswer = list(Target.of("/api/v1/configmaps"), Map.of());
    staleLists = count;
  }

  /** Answers 503 to the next so many requests. */
  synchronized void refuse(int count) {
    refusals += count;
  }

  /** Ends all trouble that was asked for. */
  synchronized void calm() {
    duplicates = 0;
    staleLists = 0;
    refusals = 0;
  }

  /** Creates or changes a ConfigMap without a request. */
  synchronized Map<String, Object> paint(String namespace, String name, String colour) {
    Target target = new Target("v1", namespace, "configmaps", name, "");
    boolean known = objects.containsKey(target.key());
    Map<String, Object> object =
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "ConfigMap",
            "metadata",
            Map.of("namespace", namespace, "name", name),
            "data",
            Map.of("colour", colour));
    return commit(target, 200, known ? "MODIFIED" : "ADDED", object).body();
  }

  /** Deletes a ConfigMap without a request, if there is one. */
  synchronized void erase(String namespace, String name) {
    delete(new Target("v1", namespace, "configmaps", name, ""), Map.of());
  }

  synchronized void bookmark() {
    version++;
    events.add(new Event(version, "configmaps", "BOOKMARK", object("", "", version)));
    notifyAll();
  }

  synchronized void gadgets(boolean served) {
    gadgets = served;
  }

  synchronized void close() {
    closed = true;
    interrupt("cut");
  }

  synchronized List<Map<String, Object>> all(String plural) {
    return new ArrayList<>(objects.subMap(plural + "|", plural + "}").values());
  }

  // What watches need.

  /** A watch begins; gives what {@link #after} needs to know of an interruption. */
  synchronized long begin() {
    begun++;
    return interruptions;
  }

  /** Watches that have begun so far. */
  synchronized int begun() {
    return begun;
  }

  synchronized boolean forgotten(long from) {
    return from < forgottenUpTo;
  }

  synchronized boolean takeRefusal() {
    return refusals > 0 && refusals-- > 0;
  }

  synchronized boolean takeDuplicate() {
    return duplicates > 0 && duplicates-- > 0;
  }

  /** Waits for events after a version; null and the interruption's name when there was one. */
  synchronized List<Event> after(String plural, long from, long interruptionsBefore) {
    while (true) {
      if (closed || interruptions != interruptionsBefore) {
        return List.of(new Event(0, plural, interruption, Map.of()));
      }
      if (forgotten(from)) {
        return List.of(new Event(0, plural, "expire", Map.of()));
      }
      List<Event> found =
          events.stream().filter(e -> e.version() > from && e.plural().equals(plural)).toList();
      if (!found.isEmpty()) {
        return found;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        closed = true;
      }
    }
  }

  // The verbs.

  synchronized Answer answer(Seen request) {
    Target target = Target.of(request.path());
    if (target.apiVersion().equals("test.io/v1") && !gadgets) {
      return refused(404, "NotFound", "not served");
    }
    if (target.plural().isEmpty()) {
      return discovery(target.apiVersion());
    }
    return switch (request.method()) {
      case "GET" -> target.name().isEmpty() ? listOrStale(target, request.query()) : get(target);
      case "POST" -> create(target, Json.readObject(request.body()));
      case "PUT" -> update(target, Json.readObject(request.body()));
      case "PATCH" -> patch(target, Json.readObject(request.body()));
      case "DELETE" -> delete(target, Json.readObject(request.body()));
      default -> refused(405, "MethodNotAllowed", "no " + request.method());
    };
  }

  static Map<String, Object> status(int code, String reason, String message) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("status", "Failure");
    status.put("message", message);
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    status.put("code", (long) code);
    return status;
  }

  private static Answer refused(int code, String reason, String message) {
    return new Answer(code, status(code, reason, message));
  }

  private Answer discovery(String apiVersion) {
    List<Object> resources =
        switch (apiVersion) {
          case "v1" ->
              List.of(
                  resource("configmaps", "ConfigMap", true),
                  resource("namespaces", "Namespace", false),
                  resource("namespaces/status", "Namespace", false));
          case "test.io/v1" -> List.of(resource("gadgets", "Gadget", true));
          default -> List.of();
        };
    return resources.isEmpty()
        ? refused(404, "NotFound", "not served")
        : new Answer(200, Map.of("kind", "APIResourceList", "resources", resources));
  }

  private static Map<String, Object> resource(String name, String kind, boolean namespaced) {
    return Map.of("name", name, "kind", kind, "namespaced", namespaced);
  }

  private Answer get(Target target) {
    Map<String, Object> object = objects.get(target.key());
    return object == null ? missing(target) : new Answer(200, object);
  }

  private Answer listOrStale(Target target, Map<String, String> query) {
    Answer stale = staleAnswer;
    if (stale != null && staleLists-- > 0) {
      return stale;
    }
    return list(target, query);
  }

  private Answer list(Target target, Map<String, String> query) {
    String token = query.getOrDefault("continue", "");
    List<Map<String, Object>> rest =
        token.isEmpty() ? matching(target, query) : cursors.remove(token);
    if (rest == null) {
      return refused(410, "Expired", "the continue token is too old");
    }
    int limit = Integer.parseInt(query.getOrDefault("limit", "100000"));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resourceVersion", Long.toString(version));
    List<Map<String, Object>> page = rest.subList(0, Math.min(limit, rest.size()));
    if (rest.size() > limit) {
      String next = UUID.randomUUID().toString();
      cursors.put(next, rest.subList(limit, rest.size()));
      metadata.put("continue", next);
      metadata.put("remainingItemCount", (long) rest.size() - limit);
    }
    // Built-in lists leave kind and apiVersion out of their items.
    List<Map<String, Object>> items =
        page.stream().map(o -> Values.without(Values.without(o, "kind"), "apiVersion")).toList();
    return new Answer(200, Map.of("kind", "List", "metadata", metadata, "items", items));
  }

  private List<Map<String, Object>> matching(Target target, Map<String, String> query) {
    String[] label = query.getOrDefault("labelSelector", "").split("=", 2);
    return all(target.plural()).stream()
        .filter(
            o ->
                target.namespace().isEmpty()
                    || target
                        .namespace()
                        .equals(Values.string(o, "metadata", "namespace").orElse("")))
        .filter(
            o ->
                label.length < 2
                    || label[1].equals(Values.string(o, "metadata", "labels", label[0]).orElse("")))
        .toList();
  }

  private Answer create(Target target, Map<String, Object> body) {
    String name = Values.string(body, "metadata", "name").orElse("");
    Target object = new Target(target.apiVersion(), target.namespace(), target.plural(), name, "");
    if (objects.containsKey(object.key())) {
      return refused(
          409, "AlreadyExists", "%s \"%s\" already exists".formatted(target.plural(), name));
    }
    return commit(
        object, 201, "ADDED", Values.with(body, "uid-" + (version + 1), "metadata", "uid"));
  }

  private Answer update(Target target, Map<String, Object> body) {
    Map<String, Object> before = objects.get(target.key());
    if (before == null) {
      return missing(target);
    }
    String expected = Values.string(body, "metadata", "resourceVersion").orElse("");
    if (!expected.isEmpty() && !expected.equals(FakeKubeServer.version(before))) {
      return conflict(target);
    }
    Map<String, Object> after =
        target.sub().equals("status")
            ? Values.with(before, Values.at(body, "status").orElse(null), "status")
            : body;
    return commit(target, 200, "MODIFIED", after);
  }

  private Answer patch(Target target, Map<String, Object> patch) {
    Map<String, Object> before = objects.get(target.key());
    if (before == null) {
      return missing(target);
    }
    Object merged = Values.mergePatch(before, patch);
    return update(target, Values.object(merged));
  }

  private Answer delete(Target target, Map<String, Object> options) {
    Map<String, Object> before = objects.get(target.key());
    if (before == null) {
      return missing(target);
    }
    String uid = Values.string(options, "preconditions", "uid").orElse("");
    String at = Values.string(options, "preconditions", "resourceVersion").orElse("");
    if (!uid.isEmpty() && !uid.equals(Values.string(before, "metadata", "uid").orElse(""))
        || !at.isEmpty() && !at.equals(FakeKubeServer.version(before))) {
      return conflict(target);
    }
    objects.remove(target.key());
    record(target, "DELETED", stamp(before));
    return new Answer(200, Map.of("kind", "Status", "apiVersion", "v1", "status", "Success"));
  }

  private Answer commit(Target target, int status, String type, Map<String, Object> object) {
    Map<String, Object> stamped =
        Values.with(stamp(object), List.of(Map.of("manager", "fake")), "metadata", "managedFields");
    objects.put(target.key(), stamped);
    record(target, type, stamped);
    return new Answer(status, stamped);
  }

  private Map<String, Object> stamp(Map<String, Object> object) {
    version++;
    return Values.with(object, Long.toString(version), "metadata", "resourceVersion");
  }

  private void record(Target target, String type, Map<String, Object> object) {
    events.add(new Event(version, target.plural(), type, object));
    notifyAll();
  }

  static Map<String, Object> object(String namespace, String name, long version) {
    return Map.of(
        "metadata",
        Map.of("namespace", namespace, "name", name, "resourceVersion", Long.toString(version)));
  }

  private static Answer missing(Target target) {
    return refused(
        404, "NotFound", "%s \"%s\" not found".formatted(target.plural(), target.name()));
  }

  private static Answer conflict(Target target) {
    return refused(
        409,
        "Conflict",
        ("Operation cannot be fulfilled on %s \"%s\": the object has been modified; please apply"
                + " your changes to the latest version and try again")
            .formatted(target.plural(), target.name()));
  }
}
