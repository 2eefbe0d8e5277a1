package io.terraorbit.foundation.harness.kube.internal.workloads;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists, for a Service that selects Pods, where these are. */
final class EndpointSlices implements Controller {
  private static final String BY = "endpointslice-controller";
  private static final String SERVICE = "kubernetes.io/service-name";
  private static final String MANAGER = "endpointslice.kubernetes.io/managed-by";
  private static final String MANAGED = "endpointslice-controller.k8s.io";
  private static final int MOST = 100;

  @Override
  public void reconcile(Objects objects, Map<String, Object> service, Alarm alarm) {
    if (Fields.deleting(service) || selector(service).isEmpty()) {
      return;
    }
    List<Map<String, Object>> pods =
        objects.list(Kind.POD, Fields.namespace(service)).stream()
            .filter(pod -> selects(service, pod))
            .filter(pod -> !Fields.text(pod, "status", "podIP").isEmpty())
            .filter(pod -> !List.of("Succeeded", "Failed").contains(Pods.phase(pod)))
            .toList();
    List<Map<String, Object>> slices = new ArrayList<>(slices(objects, service));
    int pages = Math.max(1, (pods.size() + MOST - 1) / MOST);
    for (int page = 0; page < pages; page++) {
      List<Map<String, Object>> some =
          pods.subList(page * MOST, Math.min(pods.size(), (page + 1) * MOST));
      Map<String, Object> content = content(service, some);
      if (page >= slices.size()) {
        objects.create(Kind.ENDPOINT_SLICE, made(service, content), BY);
      } else {
        Map<String, Object> updated = new LinkedHashMap<>(slices.get(page));
        updated.putAll(content);
        if (!updated.equals(slices.get(page))) {
          objects.update(Kind.ENDPOINT_SLICE, updated, BY);
        }
      }
    }
    for (int page = pages; page < slices.size(); page++) {
      objects.delete(Kind.ENDPOINT_SLICE, slices.get(page), BY);
    }
  }

  static boolean selects(Map<String, Object> service, Map<String, Object> pod) {
    Map<String, Object> selector = selector(service);
    return !selector.isEmpty() && Fields.labels(pod).entrySet().containsAll(selector.entrySet());
  }

  private static Map<String, Object> selector(Map<String, Object> service) {
    return Values.objectAt(service, "spec", "selector");
  }

  private static List<Map<String, Object>> slices(Objects objects, Map<String, Object> service) {
    return objects.owned(Kind.ENDPOINT_SLICE, Fields.uid(service)).stream()
        .filter(slice -> MANAGED.equals(Fields.labels(slice).get(MANAGER)))
        .filter(slice -> !Fields.deleting(slice))
        .toList();
  }

  private static Map<String, Object> made(
      Map<String, Object> service, Map<String, Object> content) {
    Map<String, Object> slice = new LinkedHashMap<>();
    slice.put("apiVersion", Kind.ENDPOINT_SLICE.apiVersion());
    slice.put("kind", Kind.ENDPOINT_SLICE.kind());
    slice.put(
        "metadata",
        Fields.members(
            "generateName",
            Fields.name(service) + "-",
            "namespace",
            Fields.namespace(service),
            "labels",
            Map.of(SERVICE, Fields.name(service), MANAGER, MANAGED),
            "ownerReferences",
            Fields.controlling(Kind.SERVICE, service)));
    slice.put("addressType", "IPv4");
    slice.putAll(content);
    return slice;
  }

  private static Map<String, Object> content(
      Map<String, Object> service, List<Map<String, Object>> pods) {
    boolean always =
        Values.at(service, "spec", "publishNotReadyAddresses").orElse(false).equals(true);
    List<Object> endpoints = new ArrayList<>();
    for (Map<String, Object> pod : pods) {
      boolean ready = Pods.ready(pod);
      Map<String, Object> endpoint = new LinkedHashMap<>();
      endpoint.put("addresses", List.of(Fields.text(pod, "status", "podIP")));
      endpoint.put(
          "conditions",
          Fields.members(
              "ready",
              always || (ready && !Fields.deleting(pod)),
              "serving",
              ready,
              "terminating",
              Fields.deleting(pod)));
      endpoint.put(
          "targetRef",
          Fields.members(
              "kind", "Pod",
              "namespace", Fields.namespace(pod),
              "name", Fields.name(pod),
              "uid", Fields.uid(pod)));
      endpoint.put("nodeName", Fields.text(pod, "spec", "nodeName"));
      endpoints.add(endpoint);
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("endpoints", endpoints);
    content.put("ports", ports(service, pods));
    return content;
  }

  private static List<Object> ports(Map<String, Object> service, List<Map<String, Object>> pods) {
    List<Object> ports = new ArrayList<>();
    for (Object port : Values.listAt(service, "spec", "ports")) {
      Object target = Values.at(port, "targetPort").orElse(0L);
      Object number = target instanceof Long ? target : named(String.valueOf(target), pods);
      if (!number.equals(0L)) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("name", Values.string(port, "name").orElse(""));
        listed.put("protocol", Values.string(port, "protocol").orElse("TCP"));
        listed.put("port", number);
        ports.add(listed);
      }
    }
    return ports;
  }

  /** The number of a container's port; of the first Pod that has one of the name. */
  private static Object named(String name, List<Map<String, Object>> pods) {
    return pods.stream()
        .flatMap(pod -> Values.listAt(pod, "spec", "containers").stream())
        .flatMap(container -> Values.listAt(container, "ports").stream())
        .filter(port -> Values.string(port, "name").orElse("").equals(name))
        .flatMap(port -> Values.at(port, "containerPort").stream())
        .findFirst()
        .orElse(0L);
  }
}
