package io.terraorbit.foundation.harness.kube.internal.http;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A reply as it goes over any wire: its head is complete. Immutable. */
sealed interface Outgoing {
  /** A field of the head. */
  record Header(String name, String value) {}

  /**
   * A whole answer.
   *
   * @param length of the body, also where the body itself is left out
   */
  record Whole(int code, List<Header> headers, Bytes body, int length) implements Outgoing {
    public Whole {
      headers = List.copyOf(headers);
    }
  }

  /** A head with code 200, and then events until the watch ends. */
  record Events(List<Header> headers, Reply.Stream stream) implements Outgoing {
    public Events {
      headers = List.copyOf(headers);
    }
  }

  /** Nothing yet: the reply is made after a while, by a worker. */
  record Later(Duration delay, Supplier<Reply> next) implements Outgoing {}

  /** No answer at all. */
  record Nothing() implements Outgoing {}
}
