package io.terraorbit.foundation.harness.kube.internal.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.terraorbit.foundation.harness.kube.internal.verbs.LiveWatch;
import io.terraorbit.foundation.harness.kube.internal.verbs.WatchEvent;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.time.Scheduler.Scheduled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Carries the events of one watch to one connection, as lines or as WebSocket messages.
 *
 * <p>Confined to the connection's event loop but for {@link #wake}. It writes only while the
 * connection takes more, so what waits for a slow reader waits in the watch, which is bounded.
 */
final class EventStream {
  private final Channel channel;
  private final LiveWatch watch;
  private final UnaryOperator<Map<String, Object>> shape;
  private final boolean webSocket;
  private final BooleanSupplier cutOff;
  private final Runnable onEnd;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final List<Scheduled> timers = new ArrayList<>();
  private boolean ended;

  EventStream(
      Channel channel,
      Reply.Stream events,
      boolean webSocket,
      BooleanSupplier cutOff,
      Runnable onEnd) {
    this.channel = channel;
    this.watch = events.watch();
    this.shape = events.shape();
    this.webSocket = webSocket;
    this.cutOff = cutOff;
    this.onEnd = onEnd;
  }

  /** Keeps a timer for as long as the stream lives. */
  void keep(Scheduled timer) {
    timers.add(timer);
  }

  void start() {
    watch.onReady(this::wake);
  }

  /**
   * There may be something to send, or room to send it. From any thread; never sends by itself, as
   * the connection reports room in the middle of a write.
   */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::drain);
    }
  }

  /** The connection is gone, or will be. */
  void abandon() {
    ended = true;
    timers.forEach(Scheduled::cancel);
    watch.end();
  }

  private void drain() {
    woken.set(false);
    if (ended) {
      return; // the end of the watch wakes us once more
    }
    if (cutOff.getAsBoolean()) {
      drop();
      return;
    }
    boolean written = false;
    while (channel.isWritable()) {
      Optional<WatchEvent> event = watch.poll();
      if (event.isEmpty()) {
        break;
      }
      write(event.get());
      written = true;
    }
    if (written) {
      channel.flush();
    }
    if (watch.finished()) {
      if (watch.wasCut()) {
        drop();
      } else {
        finish();
      }
    }
  }

  private void drop() {
    abandon();
    channel.close();
  }

  /** An event as clients read it, without the end of the line. */
  static byte[] json(WatchEvent event, UnaryOperator<Map<String, Object>> shape) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", event.type());
    line.put("object", shape.apply(event.object()));
    return Json.write(line);
  }

  private void write(WatchEvent event) {
    byte[] json = json(event, shape);
    if (webSocket) {
      channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(json)));
    } else {
      channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(json, new byte[] {(byte) '\n'})));
    }
  }

  private void finish() {
    abandon();
    channel.writeAndFlush(
        webSocket
            ? new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE)
            : LastHttpContent.EMPTY_LAST_CONTENT);
    onEnd.run();
  }
}
