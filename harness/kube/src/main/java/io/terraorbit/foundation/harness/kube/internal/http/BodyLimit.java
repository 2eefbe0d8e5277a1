package io.terraorbit.foundation.harness.kube.internal.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body up to the real server's limit; refuses more with a Status, and hangs up.
 *
 * <p>It hangs up when the rest of the body has come, or after a second: a connection that is closed
 * while its client still writes is reset, and the client may never see the answer.
 */
final class BodyLimit extends HttpObjectAggregator {
  static final int MAX_BYTES = 3 * 1024 * 1024;
  private static final int LINGER_SECONDS = 1;

  private final Heads heads;
  private @Nullable ChannelFuture answered;

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
    ChannelFuture sent = ctx.writeAndFlush(refusal());
    answered = sent;
    ctx.executor()
        .schedule(() -> sent.addListener(ChannelFutureListener.CLOSE), LINGER_SECONDS, SECONDS);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, HttpObject message, List<Object> out)
      throws Exception {
    super.decode(ctx, message, out);
    if (answered != null && message instanceof LastHttpContent) {
      answered.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private FullHttpResponse refusal() {
    return Responses.of(
        heads.whole(Reply.refusal(Refusals.tooLarge(MAX_BYTES)), "POST", Map.of()), false);
  }
}
