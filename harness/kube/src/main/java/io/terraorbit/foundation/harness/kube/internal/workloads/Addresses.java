package io.terraorbit.foundation.harness.kube.internal.workloads;

import java.util.Map;

/** Addresses that nothing listens on, each made of what it is the address of. */
final class Addresses {
  private Addresses() {}

  /** Within 10.244.0.0/16, from the Pod's uid; two Pods may have the same. */
  static String ofPod(Map<String, Object> pod) {
    return within("10.244.", Fields.uid(pod));
  }

  /** Within 172.18.0.0/16. */
  static String ofNode(String name) {
    return within("172.18.", name);
  }

  private static String within(String network, String text) {
    int hash = text.hashCode();
    return network + (hash >>> 8 & 0xff) + "." + (1 + (hash & 0xff) % 254);
  }
}
