package io.terraorbit.foundation.chaos.proxy.internal.link;

import io.netty.buffer.ByteBuf;

/**
 * What one read of a socket brought, or a piece of it. Owns its buffer.
 *
 * @param receivedAtNanos when the socket was read, on the proxy's monotonic clock; pieces keep it
 */
public record Chunk(ByteBuf data, long receivedAtNanos) {
  public int size() {
    return data.readableBytes();
  }

  /** Cuts the first {@code bytes} off as a chunk of their own; this one keeps the rest. */
  public Chunk split(int bytes) {
    return new Chunk(data.readRetainedSlice(bytes), receivedAtNanos);
  }
}
