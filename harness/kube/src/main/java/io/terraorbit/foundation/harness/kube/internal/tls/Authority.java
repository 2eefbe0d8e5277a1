package io.terraorbit.foundation.harness.kube.internal.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A certificate authority that lives as long as its server: its key is made by the machine's secure
 * generator and is never written anywhere. Safe for many threads.
 *
 * <p>The certificates are X.509 version 3 (RFC 5280) with keys on the curve P-256, valid from an
 * hour before the authority was made until ten years after.
 */
public final class Authority {
  private static final String CURVE = "secp256r1";
  private static final String SIGNING = "SHA256withECDSA";
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ORGANIZATION = "2.5.4.10";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final byte[] DIGITAL_SIGNATURE = Der.bits(new byte[] {(byte) 0x80}, 7);
  private static final byte[] SIGNS_CERTIFICATES = Der.bits(new byte[] {0x06}, 1);
  private static final Duration EARLIER = Duration.ofHours(1);
  private static final Duration VALID = Duration.ofDays(3653);
  private static final List<String> SERVER_NAMES =
      List.of(
          "localhost",
          "kubernetes",
          "kubernetes.default",
          "kubernetes.default.svc",
          "kubernetes.default.svc.cluster.local");
  private static final List<String> SERVER_ADDRESSES = List.of("127.0.0.1", "::1");

  private final AtomicLong serial = new AtomicLong();
  private final byte[] issuer = name("foundation-ca", List.of());
  private final InstantSource time;
  private final Instant from;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /**
   * Makes a new authority.
   *
   * @param time by which certificates begin and end
   */
  public Authority(InstantSource time) {
    this.time = time;
    this.from = time.instant().minus(EARLIER);
    this.keys = newKeys();
    this.certificate =
        sign(
            issuer,
            keys.getPublic(),
            extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.yes())),
            extension(KEY_USAGE, true, SIGNS_CERTIFICATES));
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public String certificatePem() {
    return Credential.pem(certificate);
  }

  /** A certificate for the server's own names and addresses. */
  public Credential server() {
    List<byte[]> names = new ArrayList<>();
    for (String dns : SERVER_NAMES) {
      names.add(Der.implicit(DNS_NAME, dns.getBytes(StandardCharsets.US_ASCII)));
    }
    for (String literal : SERVER_ADDRESSES) {
      names.add(Der.implicit(IP_ADDRESS, address(literal)));
    }
    KeyPair pair = newKeys();
    return new Credential(
        pair.getPrivate(),
        sign(
            name("kube-apiserver", List.of()),
            pair.getPublic(),
            extension(KEY_USAGE, true, DIGITAL_SIGNATURE),
            extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(SERVER_AUTH))),
            extension(ALTERNATIVE_NAMES, false, Der.sequence(names.toArray(new byte[0][])))));
  }

  /** A certificate for a user, who is its common name, and the user's groups, its organizations. */
  public Credential client(String user, List<String> groups) {
    KeyPair pair = newKeys();
    return new Credential(
        pair.getPrivate(),
        sign(
            name(user, groups),
            pair.getPublic(),
            extension(KEY_USAGE, true, DIGITAL_SIGNATURE),
            extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(CLIENT_AUTH)))));
  }

  /** Whom a client's certificate names; empty unless it is one of ours, for clients, and valid. */
  public Optional<Subject> authenticate(X509Certificate client) {
    try {
      client.checkValidity(Date.from(time.instant()));
      client.verify(keys.getPublic());
      List<String> usage = client.getExtendedKeyUsage();
      if (usage == null || !usage.contains(CLIENT_AUTH)) {
        return Optional.empty();
      }
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
    return Subject.of(client);
  }

  private X509Certificate sign(byte[] subject, PublicKey key, byte[]... extensions) {
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    byte[] content =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(BigInteger.valueOf(serial.incrementAndGet())),
            algorithm,
            issuer,
            Der.sequence(Der.time(from), Der.time(from.plus(VALID))),
            subject,
            key.getEncoded(),
            Der.explicit(3, Der.sequence(extensions)));
    try {
      Signature signature = Signature.getInstance(SIGNING);
      signature.initSign(keys.getPrivate());
      signature.update(content);
      return read(Der.sequence(content, algorithm, Der.bits(signature.sign())));
    } catch (GeneralSecurityException e) {
      throw unsupported(e);
    }
  }

  private static X509Certificate read(byte[] encoded) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[] name(String commonName, List<String> organizations) {
    List<byte[]> parts = new ArrayList<>();
    organizations.forEach(organization -> parts.add(attribute(ORGANIZATION, organization)));
    parts.add(attribute(COMMON_NAME, commonName));
    return Der.sequence(parts.toArray(new byte[0][]));
  }

  private static byte[] attribute(String oid, String value) {
    return Der.set(Der.sequence(Der.oid(oid), Der.text(value)));
  }

  private static byte[] address(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("no address literal: " + literal, e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw unsupported(e);
    }
  }

  private static IllegalStateException unsupported(GeneralSecurityException cause) {
    return new IllegalStateException("every JDK knows " + CURVE + " and " + SIGNING, cause);
  }
}
