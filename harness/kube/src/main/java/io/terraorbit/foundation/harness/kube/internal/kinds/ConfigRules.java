package io.terraorbit.foundation.harness.kube.internal.kinds;

import io.terraorbit.foundation.harness.kube.internal.resources.Names;
import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import io.terraorbit.foundation.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** ConfigMaps and Secrets. */
enum ConfigRules implements KindRules {
  CONFIG_MAP {
    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      Set<String> both = new TreeSet<>(Values.objectAt(object, "data").keySet());
      both.retainAll(Values.objectAt(object, "binaryData").keySet());
      both.forEach(
          key ->
              errors.add(
                  FieldError.invalid(
                      "data[%s]".formatted(key), key, "duplicate of key present in binaryData")));
      long bytes =
          keysAndBytes(object, "data", errors) + keysAndBytes(object, "binaryData", errors);
      if (bytes > MAX_BYTES) {
        errors.add(FieldError.tooLong("", MAX_BYTES));
      }
    }
  },
  SECRET {
    @Override
    public Map<String, Object> defaults(Map<String, Object> object) {
      Map<String, Object> kept = object;
      for (Map.Entry<String, Object> plain : Values.objectAt(object, "stringData").entrySet()) {
        byte[] bytes = String.valueOf(plain.getValue()).getBytes(StandardCharsets.UTF_8);
        kept = Values.with(kept, Base64.getEncoder().encodeToString(bytes), "data", plain.getKey());
      }
      kept = Values.without(kept, "stringData");
      return Checks.text(kept, "type").isEmpty() ? Values.with(kept, "Opaque", "type") : kept;
    }

    @Override
    public void check(Map<String, Object> object, List<FieldError> errors) {
      if (keysAndBytes(object, "data", errors) > MAX_BYTES) {
        errors.add(FieldError.tooLong("data", MAX_BYTES));
      }
      Map<String, Object> data = Values.objectAt(object, "data");
      String type = Checks.text(object, "type");
      for (String key : REQUIRED_KEYS.getOrDefault(type, List.of())) {
        if (!data.containsKey(key)) {
          errors.add(FieldError.required("data[%s]".formatted(key), ""));
        }
      }
      if (type.equals("kubernetes.io/basic-auth")
          && !data.containsKey("username")
          && !data.containsKey("password")) {
        errors.add(FieldError.required("data[username]", ""));
        errors.add(FieldError.required("data[password]", ""));
      }
      if (type.equals("kubernetes.io/service-account-token")
          && Checks.text(object, "metadata", "annotations", SERVICE_ACCOUNT).isEmpty()) {
        errors.add(FieldError.required("metadata.annotations[%s]".formatted(SERVICE_ACCOUNT), ""));
      }
    }

    @Override
    public void checkChange(
        Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
      Checks.immutable(errors, object, before, "type");
      super.checkChange(object, before, errors);
    }
  };

  private static final long MAX_BYTES = 1024L * 1024;
  private static final String SERVICE_ACCOUNT = "kubernetes.io/service-account.name";
  private static final String FROZEN = "field is immutable when `immutable` is set";
  private static final Map<String, List<String>> REQUIRED_KEYS =
      Map.of(
          "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
          "kubernetes.io/dockercfg", List.of(".dockercfg"),
          "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
          "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

  @Override
  public void checkChange(
      Map<String, Object> object, Map<String, Object> before, List<FieldError> errors) {
    if (!Boolean.TRUE.equals(before.get("immutable"))) {
      return;
    }
    if (!Boolean.TRUE.equals(object.get("immutable"))) {
      errors.add(FieldError.forbidden("immutable", FROZEN));
    }
    for (String member : List.of("data", "binaryData")) {
      if (!Values.objectAt(object, member).equals(Values.objectAt(before, member))) {
        errors.add(FieldError.forbidden(member, FROZEN));
      }
    }
  }

  /** Checks the keys; the size of what they lead to. */
  private static long keysAndBytes(
      Map<String, Object> object, String member, List<FieldError> errors) {
    long bytes = 0;
    for (Map.Entry<String, Object> entry : Values.objectAt(object, member).entrySet()) {
      String key = entry.getKey();
      Names.dataKeyProblems(key)
          .forEach(
              problem ->
                  errors.add(FieldError.invalid("%s[%s]".formatted(member, key), key, problem)));
      bytes += String.valueOf(entry.getValue()).getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }
}
