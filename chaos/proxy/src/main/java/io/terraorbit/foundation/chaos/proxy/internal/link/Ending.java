package io.terraorbit.foundation.chaos.proxy.internal.link;

/** How a stream ends; travels behind the data, through all stages. Later ones are stronger. */
public enum Ending {
  /** The source sends no more; the other direction goes on. */
  HALF_CLOSE,
  /** Both sockets close once what has passed so far is written. */
  CLOSE,
  /** Both sockets are reset. */
  RESET
}
