package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.terraorbit.foundation.harness.kube.internal.tls.Credential;
import io.terraorbit.foundation.harness.kube.internal.tls.Subject;
import io.terraorbit.foundation.harness.kube.internal.tls.Trust;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The server's side of TLS, made at the first connection that wants it. Safe for many threads. */
final class Tls {
  private final Trust trust;
  private @Nullable SslContext context;

  Tls(Trust trust) {
    this.trust = trust;
  }

  SslHandler newHandler(ByteBufAllocator allocator) throws SSLException {
    return context().newHandler(allocator);
  }

  /** Who the client's certificate says it is. */
  Peer peer(SslHandler handler) {
    try {
      X509Certificate first =
          (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
      return new Peer(true, trust.authority().authenticate(first));
    } catch (SSLPeerUnverifiedException e) {
      return Peer.NONE;
    }
  }

  private synchronized SslContext context() throws SSLException {
    if (context == null) {
      Credential server = trust.server();
      context =
          SslContextBuilder.forServer(server.key(), server.certificate())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .clientAuth(ClientAuth.OPTIONAL)
              .trustManager(new AnyClient(trust.authority().certificate()))
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      ApplicationProtocolNames.HTTP_2,
                      ApplicationProtocolNames.HTTP_1_1))
              .build();
    }
    return context;
  }

  /**
   * What a connection says of its client. Immutable.
   *
   * @param certified whether the client has shown a certificate
   * @param subject empty also if that is not one to be believed
   */
  record Peer(boolean certified, Optional<Subject> subject) {
    static final Peer NONE = new Peer(false, Optional.empty());
  }
}
