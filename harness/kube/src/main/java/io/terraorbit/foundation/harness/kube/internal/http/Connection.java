package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes its requests one at a time, answers in order. Confined to its
 * event loop; the work on a request is done elsewhere and comes back.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final int MAX_WAITING_REQUESTS = 64;
  private static final int MAX_FRAME_BYTES = 64 * 1024;

  private final Dispatch dispatch;
  private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
  private volatile String user = "";
  private boolean busy;
  private @Nullable EventStream stream;

  Connection(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  /** Who asked last. */
  String user() {
    return user;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof FullHttpRequest request) {
      if (waiting.size() >= MAX_WAITING_REQUESTS) {
        request.release();
        ctx.close();
        return;
      }
      waiting.add(request);
      next(ctx);
      return;
    }
    if (message instanceof PingWebSocketFrame ping) {
      ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    } else if (message instanceof CloseWebSocketFrame) {
      ctx.close();
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (stream != null) {
      stream.wake();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (stream != null) {
      stream.abandon();
    }
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void next(ChannelHandlerContext ctx) {
    FullHttpRequest request = busy ? null : waiting.poll();
    if (request == null) {
      return;
    }
    busy = true;
    try {
      accept(ctx, request);
    } catch (ApiException e) {
      answer(ctx, Reply.refusal(e), HttpUtil.isKeepAlive(request));
    } finally {
      request.release();
    }
  }

  private void accept(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      answer(ctx, Reply.text(400, "400 Bad Request"), false);
      return;
    }
    WireRequest wire = read(request);
    user = wire.user();
    if (dispatch.users().revoked(user)) {
      ctx.close();
      return;
    }
    work(ctx, wire, HttpUtil.isKeepAlive(request), () -> dispatch.handler().handle(wire));
  }

  /** Has a reply made by a worker, and sends it. */
  private void work(
      ChannelHandlerContext ctx, WireRequest wire, boolean keepAlive, Supplier<Reply> task) {
    try {
      dispatch
          .workers()
          .execute(
              () -> {
                Reply reply = task.get();
                ctx.executor().execute(() -> replyOrClose(ctx, wire, reply, keepAlive));
              });
    } catch (RejectedExecutionException e) {
      ctx.executor()
          .execute(() -> answer(ctx, Reply.refusal(Refusals.tooManyRequests(1)), keepAlive));
    }
  }

  private void replyOrClose(
      ChannelHandlerContext ctx, WireRequest wire, Reply reply, boolean keepAlive) {
    try {
      reply(ctx, wire, reply, keepAlive);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("reply failed");
      ctx.close();
    }
  }

  private void reply(ChannelHandlerContext ctx, WireRequest wire, Reply reply, boolean keepAlive) {
    boolean gone = !ctx.channel().isActive() || dispatch.users().revoked(wire.user());
    if (reply instanceof Reply.Stream events) {
      if (gone) {
        events.watch().end();
        ctx.close();
      } else if (wire.wantsWebSocket()) {
        upgrade(ctx, wire, events);
      } else {
        ctx.writeAndFlush(Responses.streaming());
        stream(ctx, events, false, keepAlive);
      }
    } else if (reply instanceof Reply.Answer answer && !gone) {
      answer(ctx, answer, keepAlive);
    } else if (reply instanceof Reply.Later later && !gone) {
      dispatch.scheduler().schedule(later.delay(), () -> work(ctx, wire, keepAlive, later.next()));
    } else {
      ctx.close();
    }
  }

  private void answer(ChannelHandlerContext ctx, Reply.Answer answer, boolean keepAlive) {
    var written = ctx.writeAndFlush(Responses.of(answer, keepAlive));
    if (keepAlive) {
      busy = false;
      next(ctx);
    } else {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void upgrade(ChannelHandlerContext ctx, WireRequest wire, Reply.Stream events) {
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    wire.headers().forEach((name, value) -> request.headers().set(name, value));
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("/", null, false, MAX_FRAME_BYTES)
            .newHandshaker(request);
    if (handshaker == null) {
      events.watch().end();
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    try {
      handshaker.handshake(ctx.channel(), request);
      stream(ctx, events, true, false);
    } catch (RuntimeException e) {
      events.watch().end();
      answer(ctx, Reply.refusal(Refusals.badRequest(String.valueOf(e.getMessage()))), false);
    }
  }

  private void stream(
      ChannelHandlerContext ctx, Reply.Stream events, boolean webSocket, boolean keepAlive) {
    EventStream started =
        new EventStream(
            ctx.channel(),
            events,
            webSocket,
            () -> dispatch.users().revoked(user),
            () -> ended(ctx, webSocket, keepAlive));
    dispatch.timers(events, started);
    stream = started;
    started.start();
  }

  private void ended(ChannelHandlerContext ctx, boolean webSocket, boolean keepAlive) {
    stream = null;
    if (webSocket || !keepAlive) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      busy = false;
      next(ctx);
    }
  }

  private WireRequest read(FullHttpRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            header ->
                headers.merge(
                    header.getKey().toLowerCase(Locale.ROOT),
                    header.getValue(),
                    (first, second) -> first + "," + second));
    try {
      QueryStringDecoder uri = new QueryStringDecoder(request.uri());
      List<String> segments =
          Arrays.stream(uri.rawPath().split("/"))
              .filter(segment -> !segment.isEmpty())
              .map(segment -> QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")))
              .toList();
      return new WireRequest(
          request.method().name(),
          segments,
          uri.parameters(),
          headers,
          new Bytes(ByteBufUtil.getBytes(request.content())),
          dispatch.users().authenticate(headers.getOrDefault("authorization", "")));
    } catch (IllegalArgumentException e) {
      throw Refusals.badRequest("malformed URL: " + e.getMessage());
    }
  }
}
