package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The roles and bindings that a cluster has from its beginning. */
public final class DefaultRoles {
  private static final String FILE = "default-roles.json";

  private DefaultRoles() {}

  /** The objects, roles before bindings. */
  public static List<Map<String, Object>> read() {
    try (InputStream in = DefaultRoles.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the roles " + FILE);
      }
      return Values.listAt(Json.readObject(in.readAllBytes()), "items").stream()
          .map(Values::object)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
