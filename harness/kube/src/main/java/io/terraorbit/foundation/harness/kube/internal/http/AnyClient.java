package io.terraorbit.foundation.harness.kube.internal.http;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every client certificate through the handshake, as a real server does: who a stranger's
 * certificate names is not believed later, and that request is answered with 401.
 */
final class AnyClient extends X509ExtendedTrustManager {
  private final X509Certificate issuer;

  /**
   * @param issuer whose certificates clients are asked for
   */
  AnyClient(X509Certificate issuer) {
    this.issuer = issuer;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // Judged by the authority, request by request.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("this is a server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[] {issuer};
  }
}
