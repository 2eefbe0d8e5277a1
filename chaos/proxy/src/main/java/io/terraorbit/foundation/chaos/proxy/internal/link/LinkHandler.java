package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** What a socket of an established connection says, told to its two links. */
final class LinkHandler extends ChannelInboundHandlerAdapter {
  private final Link outgoing;
  private final Link incoming;

  /**
   * @param outgoing the link that reads this socket
   * @param incoming the link that writes it
   */
  LinkHandler(Link outgoing, Link incoming) {
    this.outgoing = outgoing;
    this.incoming = incoming;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    outgoing.read((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    outgoing.settle();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    incoming.review();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      outgoing.sourceEnded(Ending.HALF_CLOSE);
    }
  }

  /** The peer reset the connection, or the network did: as Toxiproxy, an end of the stream. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    outgoing.sourceEnded(Ending.CLOSE);
  }
}
