package io.terraorbit.foundation.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ContextTest {
  private static final ContextKey<String> TENANT = ContextKey.of("tenant", String.class);
  private static final ContextKey<Integer> SHARD = ContextKey.of("shard", Integer.class);

  private static Optional<String> tenant() {
    return Context.current().find(TENANT);
  }

  @Test
  void holdsWhileItsWorkRuns() {
    assertThat(tenant()).isEmpty();
    Context acme = Context.current().with(TENANT, "acme");

    List<Optional<String>> seen = new ArrayList<>();
    acme.run(
        () -> {
          seen.add(tenant());
          Context.current().with(TENANT, "other").with(SHARD, 7).run(() -> seen.add(tenant()));
          seen.add(tenant());
        });

    assertThat(seen)
        .containsExactly(Optional.of("acme"), Optional.of("other"), Optional.of("acme"));
    assertThat(tenant()).isEmpty();
    assertThat(Context.current()).isSameAs(Context.empty());
  }

  @Test
  void isBroughtBackWhenItsWorkFails() {
    Context acme = Context.empty().with(TENANT, "acme");

    assertThatThrownBy(
            () ->
                acme.call(
                    () -> {
                      throw new IOException("disk");
                    }))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                acme.run(
                    () -> {
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");

    assertThat(tenant()).isEmpty();
  }

  @Test
  void changesOnlyTheCopyThatIsAskedFor() {
    Context both = Context.empty().with(TENANT, "acme").with(SHARD, 7);
    Context one = both.without(TENANT);

    assertThat(both.find(TENANT)).contains("acme");
    assertThat(one.find(TENANT)).isEmpty();
    assertThat(one.find(SHARD)).contains(7);
    assertThat(one.without(TENANT)).isSameAs(one);
    assertThat(TENANT).hasToString("tenant");
  }

  @Test
  void keepsTwoKeysOfOneNameApart() {
    ContextKey<String> twin = ContextKey.of("tenant", String.class);

    assertThat(Context.empty().with(TENANT, "acme").find(twin)).isEmpty();
  }

  @Test
  void refusesScopesThatAreClosedOutOfOrder() {
    Scope outer = Context.empty().with(TENANT, "outer").attach();
    Scope inner = Context.empty().with(TENANT, "inner").attach();

    assertThatThrownBy(outer::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after those inside it");
    assertThat(tenant()).contains("inner");

    inner.close();
    outer.close();
    assertThat(tenant()).isEmpty();
  }

  @Test
  void refusesAScopeThatAnotherThreadCloses() throws Exception {
    Scope scope = Context.empty().with(TENANT, "acme").attach();
    CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(scope::close);

    assertThatThrownBy(() -> elsewhere.get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(tenant()).contains("acme");
    scope.close();
  }

  @Nested
  class OnAnotherThread {
    @Test
    void isNotThereByItself() throws Exception {
      assertThat(
              Context.empty()
                  .with(TENANT, "acme")
                  .call(() -> CompletableFuture.supplyAsync(ContextTest::tenant))
                  .get(20, TimeUnit.SECONDS))
          .isEmpty();
    }

    @Test
    void followsEveryTaskWithWhatOthersKeepPerThread() throws Exception {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        NotesCarrier.NOTE.set("from here");
        List<String> seen = new ArrayList<>();
        Context.empty()
            .with(TENANT, "acme")
            .run(
                () ->
                    ContextSnapshot.following(thread)
                        .execute(() -> seen.add(tenant() + " " + NotesCarrier.NOTE.get())));
        thread.submit(() -> seen.add(tenant() + " " + NotesCarrier.NOTE.get())).get();

        assertThat(seen).containsExactly("Optional[acme] from here", "Optional.empty ");
      } finally {
        thread.shutdownNow();
        NotesCarrier.NOTE.remove();
      }
    }

    @Test
    void givesWhatTheWorkGives() throws Exception {
      ContextSnapshot snapshot =
          Context.empty().with(TENANT, "acme").call(ContextSnapshot::capture);
      Callable<Optional<String>> wrapped =
          snapshot.wrap((Callable<Optional<String>>) ContextTest::tenant);

      assertThat(wrapped.call()).contains("acme");
      assertThat(snapshot.call(ContextTest::tenant)).contains("acme");
      assertThat(tenant()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenOneCarrierFails() {
      NotesCarrier.NOTE.set(NotesCarrier.POISON);
      ContextSnapshot snapshot =
          Context.empty().with(TENANT, "acme").call(ContextSnapshot::capture);
      NotesCarrier.NOTE.remove();

      assertThatThrownBy(snapshot::attach).hasMessage(NotesCarrier.POISON);
      assertThat(tenant()).isEmpty();
    }

    @Test
    void closesEveryScopeEvenIfOneCannotBe() throws Exception {
      FutureTask<String> spoiled =
          new FutureTask<>(
              () -> {
                ContextSnapshot acme =
                    Context.empty().with(TENANT, "acme").call(ContextSnapshot::capture);
                Scope whole = acme.attach();
                NotesCarrier.NOTE.set("changed inside");
                Context.empty().with(TENANT, "forgotten").attach();
                assertThatThrownBy(whole::close).isInstanceOf(IllegalStateException.class);
                return NotesCarrier.NOTE.get();
              });
      new Thread(spoiled).start(); // of its own, as it ends with a scope that is still open

      assertThat(spoiled.get(20, TimeUnit.SECONDS)).isEmpty();
    }
  }
}
