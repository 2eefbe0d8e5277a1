package io.terraorbit.foundation.chaos.proxy.internal.link;

/** Takes what comes out of the place before it: a slot, or the sink at the end. */
interface Receiver {
  /** Takes over the chunk and its buffer. */
  void accept(Chunk chunk);

  void end(Ending ending);
}
