package io.terraorbit.foundation.harness.kube.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netty.channel.embedded.EmbeddedChannel;
import io.terraorbit.foundation.harness.kube.internal.verbs.LiveWatch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private final LiveWatch watch = new LiveWatch(10);
  private final AtomicBoolean revoked = new AtomicBoolean();
  private final AtomicInteger ends = new AtomicInteger();

  /** It once woke itself for ever, at the cost of a processor. */
  @Test
  void comesToRestAfterItsUserIsCutOff() {
    EmbeddedChannel channel = new EmbeddedChannel();
    EventStream stream =
        new EventStream(channel, events(watch), false, revoked::get, ends::incrementAndGet);
    stream.start();
    channel.runPendingTasks();

    revoked.set(true);
    stream.wake();

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> channel.runPendingTasks());
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(ends).hasValue(0);
  }

  @Test
  void endsTheAnswerOnceWhenTheWatchEnds() {
    EmbeddedChannel channel = new EmbeddedChannel();
    EventStream stream =
        new EventStream(channel, events(watch), false, revoked::get, ends::incrementAndGet);
    stream.start();

    watch.end();
    watch.end();

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> channel.runPendingTasks());
    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(ends).hasValue(1);
  }

  private static Reply.Stream events(LiveWatch watch) {
    return new Reply.Stream(watch, 0, false, UnaryOperator.identity());
  }
}
