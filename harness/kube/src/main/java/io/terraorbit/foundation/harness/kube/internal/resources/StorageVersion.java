package io.terraorbit.foundation.harness.kube.internal.resources;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * The hash in discovery of the version in which objects are kept: eight bytes of the SHA-256 of
 * group, version and kind, as in the real server, so that a client's cache holds for both.
 */
final class StorageVersion {
  private static final int BYTES = 8;

  /** What the real server of 1.36 still keeps as v1beta1. */
  private static final Set<String> KEPT_AS_BETA =
      Set.of(
          "CustomResourceDefinition", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding");

  private StorageVersion() {}

  static String hash(ResourceType type) {
    boolean beta = !type.custom() && KEPT_AS_BETA.contains(type.kind());
    String stored = beta ? type.group() + "/v1beta1" : type.storedApiVersion();
    String text = (stored.contains("/") ? "" : "/") + stored + "/" + type.kind();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
