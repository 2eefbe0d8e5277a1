package io.terraorbit.foundation.harness.kube;

/** Objects that are valid, with as little in them as may be. */
final class Manifests {
  /** The specification of a Pod, without what is around it. */
  static final String CONTAINERS = "\"containers\":[{\"name\":\"c\",\"image\":\"i:1\"}]";

  /** A template that the selector of {@link #deployment} selects. */
  static final String TEMPLATE =
      "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{" + CONTAINERS + "}}";

  private Manifests() {}

  static String pod(String name) {
    return pod(name, "");
  }

  /**
   * A Pod.
   *
   * @param more members of its specification, each followed by a comma
   */
  static String pod(String name, String more) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s%s}}".formatted(name, more, CONTAINERS);
  }

  static String deployment(String name) {
    return deployment(name, "");
  }

  /**
   * A Deployment, a ReplicaSet, a StatefulSet or a DaemonSet.
   *
   * @param more members of its specification, each followed by a comma
   */
  static String deployment(String name, String more) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s\"selector\":{\"matchLabels\":{\"a\":\"b\"}},%s}}"
        .formatted(name, more, TEMPLATE);
  }

  static String job(String name) {
    return job(name, "");
  }

  static String job(String name, String more) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s\"template\":{\"spec\":{\"restartPolicy\":\"Never\",%s}}}}"
        .formatted(name, more, CONTAINERS);
  }

  static String service(String name, String more) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s\"ports\":[{\"port\":80}]}}"
        .formatted(name, more);
  }
}
