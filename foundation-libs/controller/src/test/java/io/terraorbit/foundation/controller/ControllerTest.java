package io.terraorbit.foundation.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.terraorbit.foundation.kubernetes.KubeClient;
import io.terraorbit.foundation.kubernetes.KubeClientSettings;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Controllers on an API in memory, with real threads. */
@Timeout(60)
class ControllerTest {
  private final FakeApi api = new FakeApi();
  private final List<Controller<?>> controllers = new ArrayList<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private final List<Cause> queued = new CopyOnWriteArrayList<>();

  @AfterEach
  void kill() {
    controllers.forEach(Controller::kill);
  }

  private final class Recorder implements ControllerObserver {
    @Override
    public void queued(String controller, ObjectKey key, Cause cause) {
      queued.add(cause);
    }

    @Override
    public void reconcileEnded(
        String controller,
        ObjectKey key,
        String reconcileId,
        String result,
        Duration took,
        @Nullable Throwable error) {
      ended.add("%s %s %s".formatted(key, reconcileId, result));
    }
  }

  private ControllerBuilder<Namespace> controller(Reconciler<Namespace> reconciler) {
    return Controller.of(Namespace.class, reconciler)
        .api(api)
        .named("test")
        .backoff(Backoff.constant(Duration.ofMillis(1)))
        .eventFloor(Duration.ZERO)
        .observer(new Recorder());
  }

  private <C extends Controller<?>> C started(C controller) {
    controllers.add(controller);
    controller.start();
    return controller;
  }

  private Namespace create(String name) {
    return api.client(Namespace.class)
        .create(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
  }

  @Nested
  class Working {
    @Test
    void reconcilesWhatIsThereAndWhatComes() {
      create("a");
      List<String> seen = new CopyOnWriteArrayList<>();
      Controller<Namespace> controller =
          started(
              controller(
                      (object, context) -> {
                        seen.add(context.key() + " " + context.causes());
                        return Result.done();
                      })
                  .identity("me")
                  .build());
      await(() -> ended.contains("a me-1 done"));
      create("b");
      await(() -> ended.contains("b me-2 done"));
      assertThat(seen)
          .containsExactly(
              "a [Cause[type=added, detail=Namespace/a at 1]]",
              "b [Cause[type=added, detail=Namespace/b at 2]]");
      await(controller::idle);
      assertThat(controller.stats()).isPresent();
      assertThat(controller.leadership()).isEmpty();
    }

    @Test
    void tellsOfAnObjectThatIsGone() {
      create("a");
      List<ObjectKey> gone = new CopyOnWriteArrayList<>();
      started(
          controller(
                  new Reconciler<>() {
                    @Override
                    public Result reconcile(Namespace object, Context<Namespace> context) {
                      return Result.done();
                    }

                    @Override
                    public Result gone(ObjectKey key, Context<Namespace> context) throws Exception {
                      gone.add(key);
                      return Reconciler.super.gone(key, context);
                    }
                  })
              .build());
      await(() -> ended.size() == 1);
      api.client(Namespace.class).delete(ObjectKey.cluster("a"));
      await(() -> gone.contains(ObjectKey.cluster("a")));
    }

    @Test
    void looksAgainWhenAskedTo() {
      create("a");
      AtomicInteger runs = new AtomicInteger();
      started(
          controller(
                  (object, context) ->
                      runs.incrementAndGet() < 3
                          ? Result.again(Duration.ofMillis(1))
                          : Result.done())
              .build());
      await(() -> ended.contains("a test-3 done"));
      assertThat(ended).startsWith("a test-1 again", "a test-2 again");
      assertThatThrownBy(() -> Result.again(Duration.ofMillis(-1)))
          .hasMessage("again needs a wait of zero or more, got PT-0.001S");
    }

    @Test
    void resyncQueuesEveryObject() {
      create("a");
      Controller<Namespace> controller =
          started(controller((object, context) -> Result.done()).workers(2).build());
      await(() -> ended.size() == 1);
      controller.resync();
      await(() -> ended.size() == 2);
      assertThat(queued).contains(new Cause("resync", "Namespace/a at 1"));
    }

    @Test
    void waitsForItsCachesFirst() {
      FakeApi slow = new FakeApi(false);
      Controller<Namespace> controller =
          started(controller((object, context) -> Result.done()).api(slow).build());
      assertThat(controller.idle()).isFalse();
      controller.resync();
      assertThat(controller.stats()).isEmpty();
      slow.synced.countDown();
      await(controller::idle);
      assertThat(ended).isEmpty();
    }
  }

  @Nested
  class Watching {
    @Test
    void anOwnedObjectQueuesItsOwnerBeforeAndAfterAChange() {
      Namespace a = create("a");
      Namespace b = create("b");
      started(controller((object, context) -> Result.done()).owns(ConfigMap.class).build());
      await(() -> ended.size() == 2);
      ConfigMap child =
          api.client(ConfigMap.class)
              .create(
                  new ConfigMapBuilder()
                      .withNewMetadata()
                      .withNamespace("a")
                      .withName("child")
                      .withOwnerReferences(Owners.controller(a))
                      .endMetadata()
                      .build());
      await(() -> ended.contains("a test-3 done"));
      api.client(ConfigMap.class)
          .mergePatch(
              ObjectKey.of(child),
              Map.of("metadata", Map.of("ownerReferences", List.of(reference(b)))));
      await(() -> ended.size() == 5);
      assertThat(ended.subList(3, 5))
          .anyMatch(e -> e.startsWith("a "))
          .anyMatch(e -> e.startsWith("b "));
      api.client(ConfigMap.class).delete(ObjectKey.of(child));
      await(() -> queued.stream().anyMatch(c -> c.type().equals("deleted")));
    }

    private Map<String, Object> reference(Namespace owner) {
      return Map.of(
          "apiVersion",
          "v1",
          "kind",
          "Namespace",
          "name",
          owner.getMetadata().getName(),
          "uid",
          owner.getMetadata().getUid(),
          "controller",
          true);
    }

    @Test
    void aLabelledChildQueuesTheObjectThatTheLabelNames() {
      create("a");
      started(
          controller((object, context) -> Result.done())
              .ownsLabelled(Secret.class, "owner")
              .build());
      await(() -> ended.size() == 1);
      api.client(Secret.class).create(secret("x", Map.of("owner", "a")));
      await(() -> ended.size() == 2);
      api.client(Secret.class).create(secret("y", Map.of("other", "a")));
      api.client(Secret.class).create(secret("z", null));
      assertThat(queued).hasSize(2);
    }

    @Test
    void aMapperSaysWhomAnotherTypeConcerns() {
      create("a");
      create("b");
      Controller<Namespace> controller =
          started(
              controller(
                      (object, context) -> {
                        context.cache(Secret.class).list();
                        return Result.done();
                      })
                  .watches(
                      Secret.class,
                      secret -> List.of(ObjectKey.cluster("a"), ObjectKey.cluster("b")))
                  .build());
      await(() -> ended.size() == 2);
      api.client(Secret.class).create(secret("x", null));
      await(() -> ended.size() == 4);
      api.open(Secret.class).resync();
      await(() -> ended.size() == 6);
      assertThat(queued).anyMatch(c -> c.type().equals("resync"));
      await(controller::idle);
    }

    private Secret secret(String name, @Nullable Map<String, String> labels) {
      return new SecretBuilder()
          .withNewMetadata()
          .withNamespace("n")
          .withName(name)
          .withLabels(labels)
          .endMetadata()
          .build();
    }
  }

  @Nested
  class Failing {
    @Test
    void anythingThrownFreesTheKeyAndComesBack() {
      create("a");
      List<Throwable> toThrow =
          List.of(
              new IllegalStateException("x"),
              new StackOverflowError(),
              new OutOfMemoryError("not really"),
              new InterruptedException());
      AtomicInteger runs = new AtomicInteger();
      started(
          controller(
                  (object, context) -> {
                    assertThat(context.failures()).isEqualTo(runs.get());
                    if (runs.get() < toThrow.size()) {
                      throwIt(toThrow.get(runs.getAndIncrement()));
                    }
                    return Result.done();
                  })
              .build());
      await(() -> ended.contains("a test-5 done"));
      assertThat(ended.subList(0, 4)).allMatch(e -> e.endsWith("failed"));
    }

    @Test
    void fatalIsNotTriedAgain() {
      create("a");
      Controller<Namespace> controller =
          started(
              controller(
                      (object, context) -> {
                        throw new FatalException("no");
                      })
                  .build());
      await(() -> ended.contains("a test-1 fatal"));
      await(controller::idle);
      assertThat(ended).hasSize(1);
    }

    @Test
    void aTimeoutInterruptsAndForbidsWritesButKeepsTheKey() {
      create("a");
      AtomicInteger runs = new AtomicInteger();
      List<String> refused = new CopyOnWriteArrayList<>();
      started(
          controller(
                  (object, context) -> {
                    if (runs.incrementAndGet() > 1) {
                      return Result.done();
                    }
                    assertThat(context.cancelled()).isFalse();
                    try {
                      new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                      assertThat(context.cancelled()).isTrue();
                    }
                    try {
                      context.client().create(object);
                    } catch (RuntimeException e) {
                      refused.add(String.valueOf(e.getMessage()));
                      throw e;
                    }
                    return Result.done();
                  })
              .timeout(Duration.ofMillis(50))
              .build());
      await(() -> ended.contains("a test-2 done"));
      assertThat(ended).startsWith("a test-1 cancelled");
      assertThat(refused)
          .containsExactly(
              ("RECONCILE_CANCELLED: reconcile test-1 of 'a' was called off: it took longer than"
                      + " PT0.05S. A reconcile that was called off writes nothing more.%n"
                      + "Nothing to do: the key runs again. If it timed out, allow it more time or"
                      + " less work.")
                  .formatted());
    }

    @Test
    void anObserverThatThrowsDoesNotEndTheWorker() {
      create("a");
      AtomicInteger runs = new AtomicInteger();
      started(
          controller(
                  (object, context) -> {
                    runs.incrementAndGet();
                    return Result.done();
                  })
              .observer(
                  new ControllerObserver() {
                    @Override
                    public void reconcileStarted(
                        String controller,
                        ObjectKey key,
                        String reconcileId,
                        int failures,
                        List<Cause> causes,
                        Duration waited) {
                      if (failures == 0) {
                        throw new IllegalStateException("bad observer");
                      }
                    }
                  })
              .build());
      await(() -> runs.get() == 1);
    }

    private void throwIt(Throwable thrown) throws Exception {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (Exception) thrown;
    }
  }

  @Nested
  class Ending {
    @Test
    void stopLetsRunningReconcilesFinishAndBeginsNoMore() throws Exception {
      create("a");
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      Controller<Namespace> controller =
          started(
              controller(
                      (object, context) -> {
                        running.countDown();
                        release.await();
                        context.client().update(object);
                        return Result.done();
                      })
                  .build());
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      create("b");
      Thread stopper = new Thread(() -> controller.stop(Duration.ofSeconds(30)));
      stopper.start();
      await(() -> controller.stats().orElseThrow().depth() == 0); // "b" was dropped.
      release.countDown();
      stopper.join();
      assertThat(ended).containsExactly("a test-1 done");
      assertThat(api.writes).contains("update a");
      assertThat(controller.idle()).isTrue();
      controller.close();
    }

    @Test
    void stopCallsOffWhatTakesTooLong() throws Exception {
      create("a");
      CountDownLatch running = new CountDownLatch(1);
      Controller<Namespace> controller =
          started(
              controller(
                      (object, context) -> {
                        running.countDown();
                        new CountDownLatch(1).await();
                        return Result.done();
                      })
                  .build());
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      controller.stop(Duration.ofMillis(10));
      await(() -> ended.contains("a test-1 cancelled"));
    }

    @Test
    void killAbandonsTheClientAndEndsAllThreads() throws Exception {
      create("a");
      CountDownLatch running = new CountDownLatch(1);
      Controller<Namespace> controller =
          started(
              controller(
                      (object, context) -> {
                        running.countDown();
                        new CountDownLatch(1).await();
                        return Result.done();
                      })
                  .named("doomed")
                  .build());
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      controller.kill();
      assertThat(api.abandoned).isTrue();
      await(
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(t -> t.getName().contains("doomed")));
    }

    @Test
    void canBeStoppedBeforeItsCachesAreFilled() {
      Controller<Namespace> controller =
          started(controller((object, context) -> Result.done()).api(new FakeApi(false)).build());
      controller.close();
      await(
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(t -> t.getName().equals("controller-test")));
    }
  }

  @Nested
  class Electing {
    private final MemoryLeases leases = new MemoryLeases();
    private final MemoryLeases.Store store = leases.store();

    private LeaderElector elector(String identity, LeaseStore where) {
      return LeaderElector.builder(where, "test", identity)
          .rules(ElectionRules.of(Duration.ofMillis(900), Duration.ofMillis(100)))
          .build();
    }

    @Test
    void aStandbyIsIdleAndTakesOver() {
      create("a");
      Controller<Namespace> first =
          started(
              controller((object, context) -> Result.done())
                  .identity("first")
                  .leaderElection(elector("first", store))
                  .build());
      await(() -> ended.contains("a first-1 done"));
      Controller<Namespace> second =
          started(
              controller((object, context) -> Result.done())
                  .identity("second")
                  .leaderElection(elector("second", leases.store()))
                  .build());
      assertThat(second.idle()).isTrue();
      second.resync();
      assertThat(first.leadership()).isPresent();
      first.close();
      await(() -> ended.contains("a second-1 done"));
      assertThat(ended).noneMatch(e -> e.startsWith("a second") && e.endsWith("failed"));
    }

    @Test
    void whoLostLeadershipWritesNothingAndBeginsAnewLater() throws Exception {
      create("a");
      List<String> refused = new CopyOnWriteArrayList<>();
      CountDownLatch running = new CountDownLatch(1);
      AtomicInteger runs = new AtomicInteger();
      started(
          controller(
                  (object, context) -> {
                    if (runs.incrementAndGet() > 1) {
                      return Result.done();
                    }
                    running.countDown();
                    try {
                      new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                      assertThat(context.leadership().orElseThrow().valid()).isFalse();
                    }
                    assertThat(context.cancelled()).isTrue();
                    try {
                      context.client(ConfigMap.class).delete(new ObjectKey("n", "x"));
                    } catch (RuntimeException e) {
                      refused.add(String.valueOf(e.getMessage()));
                      throw e;
                    }
                    return Result.done();
                  })
              .leaderElection(elector("me", store))
              .build());
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      store.failing = true;
      await(() -> !refused.isEmpty());
      assertThat(refused.get(0)).startsWith("LEADERSHIP_LOST: 'me' leads no more");
      store.failing = false;
      await(() -> ended.contains("a test-2 done"));
    }

    @Test
    void aKilledLeaderKeepsItsLease() {
      create("a");
      Controller<Namespace> controller =
          started(
              controller((object, context) -> Result.done())
                  .leaderElection(elector("me", store))
                  .build());
      await(() -> !ended.isEmpty());
      controller.kill();
      assertThat(leases.holder()).isEqualTo("me");
    }
  }

  @Nested
  class Describing {
    @Test
    void needsAClientAndAWorker() {
      assertThatThrownBy(
              () -> Controller.of(Namespace.class, (object, context) -> Result.done()).build())
          .hasMessage("controller 'namespaces' was given no client");
      assertThatThrownBy(() -> controller((object, context) -> Result.done()).workers(0))
          .hasMessage("a controller needs a worker or more, got 0");
    }

    @Test
    void opensItsCachesOnAGivenClient() {
      try (KubeClient client = KubeClient.connect(KubeClientSettings.of("http://127.0.0.1:1"))) {
        Controller<Namespace> controller =
            Controller.of(Namespace.class, (object, context) -> Result.done())
                .client(client)
                .time(io.terraorbit.foundation.time.TimeSource.system())
                .random(new java.util.SplittableRandom(1))
                .build();
        controller.start();
        assertThat(controller.idle()).isFalse();
        controller.kill();
      }
    }

    @Test
    void aTypeThatIsNotWatchedHasNoCache() {
      create("a");
      List<String> refused = new CopyOnWriteArrayList<>();
      started(
          controller(
                  (object, context) -> {
                    try {
                      context.cache(Secret.class);
                    } catch (IllegalArgumentException e) {
                      refused.add(String.valueOf(e.getMessage()));
                    }
                    return Result.done();
                  })
              .build());
      await(() -> refused.contains("this controller watches no Secret; it has [Namespace]"));
    }
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(condition::getAsBoolean);
  }
}
