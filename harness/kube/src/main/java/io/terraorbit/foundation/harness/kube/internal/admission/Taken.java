package io.terraorbit.foundation.harness.kube.internal.admission;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import io.terraorbit.foundation.json.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The addresses and ports of nodes that other Services have. Confined to one thread. */
final class Taken {
  private static final String RANGE = "10.96.0.0/16";
  private static final String PREFIX = "10.96.";
  private static final int ADDRESSES = 65_534;
  private static final long FIRST_PORT = 30_000;
  private static final int PORTS = 2_768;

  private final Set<String> addresses = new HashSet<>();
  private final Set<String> ports = new HashSet<>();

  Taken(Snapshot<Map<String, Object>> state, Map<String, Object> service) {
    String own = key(service);
    for (Entry<Map<String, Object>> entry : ServiceAddresses.others(state)) {
      if (!key(entry.value()).equals(own)) {
        Values.listAt(entry.value(), "spec", "clusterIPs")
            .forEach(address -> addresses.add(String.valueOf(address)));
        Values.listAt(entry.value(), "spec", "ports").forEach(this::takePort);
        Values.at(entry.value(), "spec", "healthCheckNodePort")
            .ifPresent(port -> ports.add(port + "/TCP"));
      }
    }
  }

  private static String key(Map<String, Object> service) {
    return Values.string(service, "metadata", "namespace").orElse("")
        + "/"
        + Values.string(service, "metadata", "name").orElse("");
  }

  private void takePort(Object port) {
    Values.at(port, "nodePort")
        .ifPresent(
            number -> ports.add(number + "/" + Values.string(port, "protocol").orElse("TCP")));
  }

  /** An address that no Service has. */
  String freeAddress(RandomGenerator random) {
    int start = random.nextInt(ADDRESSES);
    for (int i = 0; i < ADDRESSES; i++) {
      int number = (start + i) % ADDRESSES + 1;
      String address = PREFIX + number / 256 + "." + number % 256;
      if (number > 1 && addresses.add(address)) {
        return address;
      }
    }
    throw Refusals.internal("failed to allocate a serviceIP: range is full");
  }

  Optional<FieldError> addressProblem(String address) {
    String problem = "";
    if (!address.matches("10\\.96\\.\\d{1,3}\\.\\d{1,3}")) {
      problem =
          address.matches("[0-9.]+")
              ? "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
                  .formatted(address, RANGE)
              : "the provided IP (%s) is not a valid IP".formatted(address);
    } else if (!addresses.add(address)) {
      problem = "provided IP is already allocated";
    }
    return problem.isEmpty()
        ? Optional.empty()
        : Optional.of(
            FieldError.invalid(
                "spec.clusterIPs",
                List.of(address),
                "failed to allocate IP %s: %s".formatted(address, problem)));
  }

  long freePort(RandomGenerator random, String protocol) {
    int start = random.nextInt(PORTS);
    for (int i = 0; i < PORTS; i++) {
      long port = FIRST_PORT + (start + i) % PORTS;
      if (ports.add(port + "/" + protocol)) {
        return port;
      }
    }
    throw Refusals.internal("failed to allocate a nodePort: range is full");
  }

  Optional<FieldError> portProblem(String field, long port, String protocol) {
    if (port < FIRST_PORT || port >= FIRST_PORT + PORTS) {
      return Optional.of(
          FieldError.invalid(
              field,
              port,
              "provided port is not in the valid range. The range of valid ports is 30000-32767"));
    }
    return ports.add(port + "/" + protocol)
        ? Optional.empty()
        : Optional.of(FieldError.invalid(field, port, "provided port is already allocated"));
  }
}
