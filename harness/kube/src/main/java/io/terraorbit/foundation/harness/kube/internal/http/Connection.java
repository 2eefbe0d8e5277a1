package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.terraorbit.foundation.harness.kube.internal.access.Caller;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes its requests one at a time, answers in order. Confined to its
 * event loop; the work on a request is done elsewhere and comes back.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Clients.Client {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final int MAX_WAITING_REQUESTS = 64;
  private static final int MAX_FRAME_BYTES = 64 * 1024;

  private final Dispatch dispatch;
  private final Tls.Peer peer;
  private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
  private volatile String user = "";
  private boolean busy;
  private @Nullable EventStream stream;
  private volatile @Nullable Channel channel;

  Connection(Dispatch dispatch, Tls.Peer peer) {
    this.dispatch = dispatch;
    this.peer = peer;
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public CompletableFuture<?> cut() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Channel cut = channel;
    if (cut == null) {
      return CompletableFuture.completedFuture(null);
    }
    // One user's streams of HTTP/2 share a connection, which goes as a whole.
    Channel whole = cut instanceof Http2StreamChannel ? cut.parent() : cut;
    whole.close().addListener(closed -> done.complete(null));
    return done;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    dispatch.clients().add(this);
    ctx.channel().closeFuture().addListener(closed -> dispatch.clients().remove(this));
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
      Outgoing.Whole refusal =
          dispatch.heads().whole(Reply.refusal(e), request.method().name(), headers(request));
      answer(ctx, refusal, HttpUtil.isKeepAlive(request));
    } finally {
      request.release();
    }
  }

  private void accept(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      answer(ctx, dispatch.heads().whole(Reply.text(400, "400 Bad Request"), "", Map.of()), false);
      return;
    }
    WireRequest wire = read(request);
    user = wire.user();
    if (dispatch.users().revoked(user)) {
      ctx.close();
      return;
    }
    Turn turn =
        new Turn(
            wire,
            HttpUtil.isKeepAlive(request),
            !request.protocolVersion().equals(HttpVersion.HTTP_1_0));
    work(ctx, turn, () -> dispatch.handler().handle(wire));
  }

  /** Has a reply made by a worker, and sends it. */
  private void work(ChannelHandlerContext ctx, Turn turn, Supplier<Reply> task) {
    try {
      dispatch.workers().execute(() -> send(ctx, turn, dispatch.answer(turn.request(), task)));
    } catch (RejectedExecutionException e) {
      ctx.executor()
          .execute(() -> answer(ctx, refusal(Refusals.tooManyRequests(1)), turn.keepAlive()));
    }
  }

  /** Hands a reply over to the event loop. */
  private void send(ChannelHandlerContext ctx, Turn turn, Outgoing reply) {
    try {
      ctx.executor().execute(() -> replyOrClose(ctx, turn, reply));
    } catch (RejectedExecutionException e) {
      if (reply instanceof Outgoing.Events events) {
        events.stream().watch().end(); // the server has been closed meanwhile
      }
    }
  }

  private void replyOrClose(ChannelHandlerContext ctx, Turn turn, Outgoing reply) {
    try {
      reply(ctx, turn, reply);
    } catch (RuntimeException | Error e) {
      log.atError().setCause(e).log("reply failed");
      ctx.close();
    }
  }

  private void reply(ChannelHandlerContext ctx, Turn turn, Outgoing reply) {
    WireRequest wire = turn.request();
    boolean gone = !ctx.channel().isActive() || dispatch.users().revoked(wire.user());
    if (reply instanceof Outgoing.Events events) {
      if (gone) {
        events.stream().watch().end();
        ctx.close();
      } else if (wire.wantsWebSocket() && !(ctx.channel() instanceof Http2StreamChannel)) {
        upgrade(ctx, wire, events.stream());
      } else {
        ctx.write(Responses.streaming(events, turn.chunked()));
        stream(ctx, events.stream(), false, turn.keepAlive());
        ctx.flush(); // whoever has the head may rely on the timers
      }
    } else if (reply instanceof Outgoing.Whole answer && !gone) {
      answer(ctx, answer, turn.keepAlive());
    } else if (reply instanceof Outgoing.Later later && !gone) {
      dispatch.scheduler().schedule(later.delay(), () -> work(ctx, turn, later.next()));
    } else {
      ctx.close();
    }
  }

  private void answer(ChannelHandlerContext ctx, Outgoing.Whole answer, boolean keepAlive) {
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
      answer(ctx, refusal(Refusals.badRequest(String.valueOf(e.getMessage()))), false);
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
    dispatch.timers(events, started::keep);
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
    Map<String, String> headers = headers(request);
    return WireRequest.read(
        request.method().name(),
        request.uri(),
        headers,
        new Bytes(ByteBufUtil.getBytes(request.content())),
        whoAsks(headers.getOrDefault("authorization", "")));
  }

  private static Map<String, String> headers(FullHttpRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            header ->
                headers.merge(
                    header.getKey().toLowerCase(Locale.ROOT),
                    header.getValue(),
                    (first, second) -> first + "," + second));
    return headers;
  }

  private Outgoing.Whole refusal(ApiException refusal) {
    return dispatch.heads().whole(Reply.refusal(refusal), "", Map.of());
  }

  /** A certificate speaks for its bearer before a token does, as with a real server. */
  private Caller whoAsks(String authorization) {
    if (peer.subject().isPresent()) {
      return Caller.of(peer.subject().get().user(), peer.subject().get().groups());
    }
    if (authorization.isEmpty() && peer.certified()) {
      throw Refusals.unauthorized();
    }
    return dispatch.users().authenticate(authorization);
  }

  /**
   * A request whose answer is being made.
   *
   * @param chunked whether the client understands chunks, which HTTP/1.0 does not have
   */
  private record Turn(WireRequest request, boolean keepAlive, boolean chunked) {}
}
