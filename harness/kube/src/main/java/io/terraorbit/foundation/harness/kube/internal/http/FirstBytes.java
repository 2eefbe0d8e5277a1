package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Tells by its first bytes what a client speaks, so that one port serves all: TLS begins with a
 * handshake record (22, then the version's 3), HTTP/2 without TLS with "PRI", and anything else is
 * HTTP/1.1. Leaves its place to the protocol's own handlers.
 */
final class FirstBytes extends ByteToMessageDecoder {
  private static final byte HANDSHAKE = 22;
  private static final int ENOUGH = 3;
  private static final byte[] PLAIN_TO_TLS =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final Protocols protocols;

  FirstBytes(Protocols protocols) {
    this.protocols = protocols;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws SSLException {
    int first = in.readerIndex();
    boolean handshake = in.getByte(first) == HANDSHAKE;
    if (handshake) {
      protocols.tls(ctx);
      ctx.pipeline().remove(this);
    } else if (!protocols.plain()) {
      in.skipBytes(in.readableBytes());
      ctx.writeAndFlush(Unpooled.wrappedBuffer(PLAIN_TO_TLS))
          .addListener(ChannelFutureListener.CLOSE);
    } else if (in.readableBytes() >= ENOUGH || in.getByte(first) != 'P') {
      boolean preface =
          in.readableBytes() >= ENOUGH
              && in.getByte(first) == 'P'
              && in.getByte(first + 1) == 'R'
              && in.getByte(first + 2) == 'I';
      if (preface) {
        protocols.http2(ctx.pipeline(), Tls.Peer.NONE);
      } else {
        protocols.http1(ctx.pipeline(), Tls.Peer.NONE);
      }
      ctx.pipeline().remove(this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
