package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client with its upstream, once that is connected, and the two links between them. Confined to
 * the event loop. Gone when both sockets are closed.
 */
final class Connection {
  private final long id;
  private final SocketChannel client;
  private final RelayContext relay;
  private final Consumer<Connection> onGone;
  private @Nullable Channel upstream;
  private @Nullable Halves halves;
  private int drainedSinks;
  private boolean closing;
  private boolean gone;

  private record Halves(Link up, Link down, Sink upSink, Sink downSink) {}

  Connection(long id, SocketChannel client, RelayContext relay, Consumer<Connection> onGone) {
    this.id = id;
    this.client = client;
    this.relay = relay;
    this.onGone = onGone;
    client.closeFuture().addListener(closed -> goneWhenClosed());
  }

  long id() {
    return id;
  }

  /** The dial began; closing from here on closes this channel, too. */
  void dialling(Channel channel) {
    upstream = channel;
    channel.closeFuture().addListener(closed -> goneWhenClosed());
  }

  boolean closing() {
    return closing;
  }

  /** The upstream answers: from here on data flows. */
  void established(SocketChannel channel, Iterable<StagePlan> plans) {
    Sink upSink = new Sink(channel, this, relay.bytesUp());
    Sink downSink = new Sink(client, this, relay.bytesDown());
    Link up = new Link(client, upSink, relay.timers(), this::hit);
    Link down = new Link(channel, downSink, relay.timers(), this::hit);
    halves = new Halves(up, down, upSink, downSink);
    plans.forEach(this::add);
    client.pipeline().addLast(new LinkHandler(up, down));
    channel.pipeline().addLast(new LinkHandler(down, up));
    up.review();
    down.review();
  }

  void add(StagePlan plan) {
    if (halves != null) {
      link(plan).add(plan, relay.generator(id, plan));
    }
  }

  void update(StagePlan plan) {
    if (halves != null) {
      link(plan).update(plan, relay.generator(id, plan));
    }
  }

  void remove(String toxic) {
    if (halves != null) {
      halves.up().remove(toxic);
      halves.down().remove(toxic);
    }
  }

  /** One sink has sent its last byte and its end. */
  void halfClosed() {
    drainedSinks++;
    if (drainedSinks == 2) {
      close();
    }
  }

  /** Closes both sockets; data that has not left is dropped. */
  void close() {
    closing = true;
    discard();
    client.close();
    if (upstream != null) {
      upstream.close();
    }
    goneWhenClosed();
  }

  /** Closes both sockets so that their peers see a reset. */
  void reset() {
    lingerZero(client);
    if (upstream != null) {
      lingerZero(upstream);
    }
    close();
  }

  /** A socket has closed, by our doing or its peer's. */
  private void goneWhenClosed() {
    boolean allClosed = !client.isOpen() && (upstream == null || !upstream.isOpen());
    if (allClosed && !gone) {
      gone = true;
      closing = true;
      discard();
      onGone.accept(this);
    }
  }

  long bytesUp() {
    return halves == null ? 0 : halves.upSink().bytes();
  }

  long bytesDown() {
    return halves == null ? 0 : halves.downSink().bytes();
  }

  private void discard() {
    if (halves != null) {
      halves.up().discard();
      halves.down().discard();
    }
  }

  private Link link(StagePlan plan) {
    Halves both = Objects.requireNonNull(halves);
    return plan.upstream() ? both.up() : both.down();
  }

  private void hit(String toxic) {
    relay.events().hit(toxic, id);
  }

  private static void lingerZero(Channel channel) {
    try {
      if (channel.isOpen()) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
      }
    } catch (ChannelException e) {
      // The peer was faster: there is no connection left to reset.
    }
  }
}
