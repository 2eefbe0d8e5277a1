package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signs and verifies JSON Web Tokens by ES256 (RFC 7518, 3.4). Immutable. */
final class SigningKey {
  static final String ALGORITHM = "ES256";

  private static final String SIGNATURE = "SHA256withECDSAinP1363Format";
  private static final int COORDINATE_BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair pair;
  private final String id;

  private SigningKey(KeyPair pair, String id) {
    this.pair = pair;
    this.id = id;
  }

  static SigningKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
      return new SigningKey(pair, BASE64.encodeToString(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256 and SHA-256", e);
    }
  }

  /** A token with these claims. */
  String sign(Map<String, Object> claims) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", ALGORITHM);
    header.put("kid", id);
    String signed = encoded(header) + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("our own key signs", e);
    }
  }

  /** The claims of a token; empty unless this key has signed it. */
  Optional<Map<String, Object>> verify(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Map<String, Object> header = Json.readObject(Base64.getUrlDecoder().decode(parts[0]));
      if (!ALGORITHM.equals(header.get("alg"))) {
        return Optional.empty();
      }
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initVerify(pair.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          ? Optional.of(Json.readObject(Base64.getUrlDecoder().decode(parts[1])))
          : Optional.empty();
    } catch (IllegalArgumentException | JsonSyntaxException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The public half, as a JSON Web Key (RFC 7517). */
  Map<String, Object> publicKey() {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("use", "sig");
    json.put("kty", "EC");
    json.put("kid", id);
    json.put("crv", "P-256");
    json.put("alg", ALGORITHM);
    json.put("x", coordinate(key.getW().getAffineX()));
    json.put("y", coordinate(key.getW().getAffineY()));
    return json;
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return BASE64.encodeToString(fixed);
  }

  private static String encoded(Map<String, Object> json) {
    return BASE64.encodeToString(Json.write(json));
  }
}
