package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLException;

/**
 * The handlers of each protocol.
 *
 * <pre>
 *  FirstBytes ──▶ TLS ──▶ ALPN ──▶ HTTP/2 ──▶ one Connection for each stream
 *      │                    └────▶ HTTP/1.1 ──▶ one Connection
 *      └──▶ HTTP/2 or HTTP/1.1, without TLS              arrow: "makes way for"
 * </pre>
 */
final class Protocols extends ChannelInitializer<SocketChannel> {
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  /** As many as a real server allows. */
  private static final int MAX_STREAMS = 1000;

  private static final int STREAM_WINDOW_BYTES = 256 * 1024;

  /** A client may well end all its watches at once, and again. */
  private static final int MAX_RESETS = 20 * MAX_STREAMS;

  private static final int RESETS_SECONDS = 30;

  private final Dispatch dispatch;
  private final Tls tls;
  private final boolean plain;
  private final ChannelGroup connections;

  /**
   * @param plain whether connections without TLS are served
   * @param connections where every connection is kept until it ends
   */
  Protocols(Dispatch dispatch, Tls tls, boolean plain, ChannelGroup connections) {
    this.dispatch = dispatch;
    this.tls = tls;
    this.plain = plain;
    this.connections = connections;
  }

  boolean plain() {
    return plain;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    connections.add(channel);
    channel.pipeline().addLast(new FirstBytes(this));
  }

  void tls(ChannelHandlerContext ctx) throws SSLException {
    SslHandler handler = tls.newHandler(ctx.alloc());
    ctx.pipeline().addLast(handler).addLast(new Negotiated(handler));
  }

  void http1(ChannelPipeline pipeline, Tls.Peer peer) {
    HttpDecoderConfig limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_HEAD_BYTES)
            .setMaxHeaderSize(MAX_HEAD_BYTES);
    pipeline
        .addLast(new HttpServerCodec(limits))
        .addLast(new BodyLimit(dispatch.heads()))
        .addLast(new Connection(dispatch, peer));
  }

  void http2(ChannelPipeline pipeline, Tls.Peer peer) {
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(MAX_STREAMS)
            .initialWindowSize(STREAM_WINDOW_BYTES)
            .maxHeaderListSize(MAX_HEAD_BYTES);
    pipeline
        .addLast(
            Http2FrameCodecBuilder.forServer()
                .initialSettings(settings)
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESETS_SECONDS)
                .build())
        .addLast(new Http2MultiplexHandler(new Streams(peer)))
        .addLast(new HangUp());
  }

  /** Ends a connection whose client breaks the protocol, without a word in the log. */
  private static final class HangUp extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    private final SslHandler handler;

    Negotiated(SslHandler handler) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.handler = handler;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      Tls.Peer peer = tls.peer(handler);
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        http2(ctx.pipeline(), peer);
      } else {
        http1(ctx.pipeline(), peer);
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private final class Streams extends ChannelInitializer<Channel> {
    private final Tls.Peer peer;

    Streams(Tls.Peer peer) {
      this.peer = peer;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(new Http2StreamFrameToHttpObjectCodec(true))
          .addLast(new BodyLimit(dispatch.heads()))
          .addLast(new Connection(dispatch, peer));
    }
  }
}
