package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.atomic.LongAdder;

/** The end of a link: the socket that is written. Confined to the event loop. */
final class Sink implements Receiver {
  private final SocketChannel channel;
  private final Connection connection;
  private final LongAdder total;
  private long bytes;
  private boolean ended;

  Sink(SocketChannel channel, Connection connection, LongAdder total) {
    this.channel = channel;
    this.connection = connection;
    this.total = total;
  }

  @Override
  public void accept(Chunk chunk) {
    if (ended || !channel.isActive()) {
      chunk.data().release();
      connection.close();
      return;
    }
    int size = chunk.size();
    bytes += size;
    total.add(size);
    channel.write(chunk.data());
    if (!channel.isWritable()) {
      channel.flush();
    }
  }

  @Override
  public void end(Ending ending) {
    if (ending == Ending.RESET) {
      ended = true;
      connection.reset();
    } else if (ending == Ending.CLOSE) {
      ended = true;
      written().addListener(done -> connection.close());
    } else if (!ended) {
      ended = true;
      written().addListener(done -> halfClose());
    }
  }

  /** A closed socket takes everything: what comes then closes the connection. */
  boolean takes() {
    return !channel.isActive() || channel.isWritable();
  }

  void flush() {
    channel.flush();
  }

  long bytes() {
    return bytes;
  }

  /** Completes when all that was written before has left, or cannot any more. */
  private ChannelFuture written() {
    return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
  }

  private void halfClose() {
    if (channel.isActive()) {
      channel.shutdownOutput().addListener(done -> connection.halfClosed());
    } else {
      connection.close();
    }
  }
}
