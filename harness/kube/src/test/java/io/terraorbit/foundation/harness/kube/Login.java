package io.terraorbit.foundation.harness.kube;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What a client takes from a kubeconfig file. */
record Login(URI url, String token, SSLContext tls) {
  private static final char[] NO_PASSWORD = new char[0];

  static Login read(String kubeconfig) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keys(kubeconfig), trust(kubeconfig), null);
      return new Login(URI.create(field(kubeconfig, "server")), field(kubeconfig, "token"), tls);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).sslContext(tls).build();
  }

  Api api(HttpClient.Version version) {
    return new Api(url, token, client(version));
  }

  private static javax.net.ssl.TrustManager[] trust(String kubeconfig)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setCertificateEntry("ca", certificate(data(kubeconfig, "certificate-authority-data")));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(String kubeconfig) throws GeneralSecurityException, IOException {
    String pem = data(kubeconfig, "client-key-data");
    if (pem.isEmpty()) {
      return new KeyManager[0];
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "user",
        key,
        NO_PASSWORD,
        new Certificate[] {certificate(data(kubeconfig, "client-certificate-data"))});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static Certificate certificate(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String data(String kubeconfig, String name) {
    return new String(
        Base64.getDecoder().decode(field(kubeconfig, name)), StandardCharsets.US_ASCII);
  }

  private static String field(String kubeconfig, String name) {
    Matcher line = Pattern.compile("(?m)^ *" + name + ": (\\S+)$").matcher(kubeconfig);
    return line.find() ? line.group(1) : "";
  }
}
