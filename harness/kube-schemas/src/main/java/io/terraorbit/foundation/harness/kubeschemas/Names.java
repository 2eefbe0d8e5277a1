package io.terraorbit.foundation.harness.kubeschemas;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.Locale;

/** How types are called in descriptors, in Java classes, and in our tables. */
final class Names {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  private Names() {}

  /** {@code apps/v1.DeploymentSpec} for {@code k8s.io.api.apps.v1.DeploymentSpec}. */
  static String of(Descriptor message) {
    String[] parts = message.getFullName().split("\\.");
    int last = parts.length - 1;
    return parts[last - 2] + "/" + parts[last - 1] + "." + parts[last];
  }

  /** The Java class of a type of our tables; null when there is none. */
  static @org.jspecify.annotations.Nullable Class<?> model(String name) {
    String group = name.substring(0, name.indexOf('/'));
    String version = name.substring(name.indexOf('/') + 1, name.indexOf('.'));
    String type = name.substring(name.indexOf('.') + 1);
    Class<?> own = load(capital(group) + capital(version) + type);
    return own == null ? load(capital(version) + type) : own;
  }

  /** {@code apiregistration/v1.APIServiceSpec} for {@code V1APIServiceSpec}. */
  static String ofModel(Class<?> model, String scope) {
    String version = scope.substring(scope.indexOf('/') + 1);
    String name = model.getSimpleName();
    int at = name.indexOf(capital(version));
    return scope + "." + name.substring(at + version.length());
  }

  /** The same text for a field's name in a message and in JSON. */
  static String folded(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static @org.jspecify.annotations.Nullable Class<?> load(String simpleName) {
    try {
      return Class.forName(MODELS + simpleName, false, Names.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
