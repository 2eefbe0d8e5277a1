package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects a body up to the real server's limit; refuses more with a Status, and hangs up. */
final class BodyLimit extends HttpObjectAggregator {
  static final int MAX_BYTES = 3 * 1024 * 1024;

  private final Heads heads;

  BodyLimit(Heads heads) {
    super(MAX_BYTES, true);
    this.heads = heads;
  }

  /** A client that asks before it sends too much is told at once. */
  @Override
  protected @Nullable Object newContinueResponse(
      HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
    Object answer = super.newContinueResponse(start, maxContentLength, pipeline);
    if (answer instanceof FullHttpResponse response
        && response.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)) {
      return refusal();
    }
    return answer;
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    ctx.writeAndFlush(refusal()).addListener(ChannelFutureListener.CLOSE);
  }

  private FullHttpResponse refusal() {
    return Responses.of(
        heads.whole(Reply.refusal(Refusals.tooLarge(MAX_BYTES)), "POST", Map.of()), false);
  }
}
