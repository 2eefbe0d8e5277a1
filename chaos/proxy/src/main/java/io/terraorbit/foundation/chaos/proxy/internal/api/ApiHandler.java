package io.terraorbit.foundation.chaos.proxy.internal.api;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one HTTP connection, one after the other, on a control thread. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);

  private final Routes routes;
  private final RequestIds ids;
  private final Executor worker;

  ApiHandler(Routes routes, RequestIds ids, Executor worker) {
    this.routes = routes;
    this.ids = ids;
    this.worker = worker;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      send(ctx, response(Reply.text(400, "400 Bad Request")), false);
      return;
    }
    boolean keep = HttpUtil.isKeepAlive(request);
    request.retain();
    try {
      worker.execute(() -> send(ctx, answerAndRelease(request), keep));
    } catch (RejectedExecutionException e) {
      request.release();
      send(ctx, response(Reply.text(503, "too many control calls")), false);
    }
  }

  private FullHttpResponse answerAndRelease(FullHttpRequest request) {
    try {
      return answer(request);
    } finally {
      request.release();
    }
  }

  private static void send(ChannelHandlerContext ctx, FullHttpResponse response, boolean keep) {
    HttpUtil.setKeepAlive(response, keep);
    if (keep) {
      ctx.writeAndFlush(response);
    } else {
      ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.atDebug().setCause(cause).log("control connection broke");
    ctx.close();
  }

  private FullHttpResponse answer(FullHttpRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    Routes.Call call;
    try {
      call = routes.find(request.method().name(), path, ByteBufUtil.getBytes(request.content()));
    } catch (Routes.MethodUnknown e) {
      return response(Reply.empty(405));
    }
    if (call == null) {
      return response(Reply.text(404, "404 page not found"));
    }
    FullHttpResponse response = response(fromBrowser(request) ? refused() : safely(call));
    response.headers().set("X-Toxiproxy-Request-Id", ids.next());
    return response;
  }

  /** Toxiproxy keeps web pages from calling it this way. */
  private static boolean fromBrowser(FullHttpRequest request) {
    String agent = request.headers().get(HttpHeaderNames.USER_AGENT);
    return agent != null && agent.startsWith("Mozilla/");
  }

  private static Reply refused() {
    return Reply.text(403, "User agent not allowed");
  }

  private static Reply safely(Routes.Call call) {
    try {
      return call.answer();
    } catch (ApiFailure e) {
      return Reply.failure(e);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("control call failed");
      return Reply.failure(new ApiFailure(500, String.valueOf(e.getMessage())));
    }
  }

  private static FullHttpResponse response(Reply reply) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.bytes()));
    if (reply.contentType() != null) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    }
    if (reply.isText()) {
      response.headers().set("X-Content-Type-Options", "nosniff");
    }
    if (reply.status() != HttpResponseStatus.NO_CONTENT.code()) {
      HttpUtil.setContentLength(response, response.content().readableBytes());
    }
    return response;
  }
}
