package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;

/** Collects a body up to the real server's limit; refuses more with a Status, and hangs up. */
final class BodyLimit extends HttpObjectAggregator {
  static final int MAX_BYTES = 3 * 1024 * 1024;

  BodyLimit() {
    super(MAX_BYTES, true);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    ctx.writeAndFlush(Responses.of(Reply.refusal(Refusals.tooLarge(MAX_BYTES)), false))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
