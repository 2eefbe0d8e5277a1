package io.terraorbit.foundation.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EnvironmentTest {
  private static final Set<Service> BOTH = Set.of(Service.POSTGRES, Service.REDIS);

  private final FakeProvider postgres = new FakeProvider(Service.POSTGRES);
  private final FakeProvider redis = new FakeProvider(Service.REDIS);
  private final FakeLinks links = new FakeLinks();

  @Nested
  class Starting {
    @Test
    void startsNothingUntilItIsNeeded() {
      try (Environment environment = Environment.open(plan(BOTH, postgres, redis))) {
        assertThat(environment.services()).isEqualTo(BOTH);
        assertThat(postgres.started).isEmpty();
        assertThat(environment.startup()).isEmpty();

        assertThat(environment.postgres()).isSameAs(environment.backend(Service.POSTGRES));

        assertThat(postgres.started).hasSize(1);
        assertThat(redis.started).isEmpty();
        assertThat(environment.startup()).containsOnlyKeys(Service.POSTGRES);
      }
    }

    @Test
    void startsServicesInParallel() {
      CyclicBarrier bothAreStarting = new CyclicBarrier(2);
      FakeProvider first = new FakeProvider(Service.POSTGRES, "embedded", meet(bothAreStarting));
      FakeProvider second = new FakeProvider(Service.REDIS, "embedded", meet(bothAreStarting));

      try (Environment environment = Environment.start(plan(BOTH, first, second))) {
        assertThat(environment.startup()).containsOnlyKeys(Service.POSTGRES, Service.REDIS);
        assertThat(environment.redis()).isSameAs(second.started.get(0));
      }
    }

    @Test
    void startsAServiceOnceForManyThatAsk() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      FakeProvider slow = new FakeProvider(Service.REDIS, "embedded", options -> await(release));
      try (Environment environment = Environment.open(plan(BOTH, postgres, slow))) {
        environment.start(BOTH);
        environment.start(BOTH);
        release.countDown();

        assertThat(environment.redis()).isSameAs(environment.redis());
        assertThat(slow.started).hasSize(1);
      }
    }

    @Test
    void stopsWhatRunsWhenOneCannotStart() {
      AppException cause =
          AppException.of(ErrorKind.UNAVAILABLE, "TEST_BROKEN", "it is broken", "", "Mend it.");
      FakeProvider broken =
          new FakeProvider(
              Service.REDIS,
              "embedded",
              options -> {
                throw cause;
              });

      assertThatThrownBy(() -> Environment.start(plan(BOTH, postgres, broken))).isSameAs(cause);

      assertThat(postgres.started).singleElement().extracting(fake -> fake.closed).isEqualTo(1);
      assertThat(links.log).containsExactly("close all");
    }

    @Test
    void keepsTheCauseOfAnUnexpectedFailure() {
      FakeProvider broken =
          new FakeProvider(
              Service.REDIS,
              "embedded",
              options -> {
                throw new IllegalArgumentException("a slip");
              });
      try (Environment environment = Environment.open(plan(BOTH, postgres, broken))) {
        assertThatThrownBy(environment::redis)
            .isInstanceOf(CompletionException.class)
            .hasRootCauseMessage("a slip");
      }
    }

    @Test
    void measuresHowLongAStartTook() {
      VirtualTime time = new VirtualTime();
      FakeProvider slow =
          new FakeProvider(
              Service.REDIS, "embedded", options -> time.advance(Duration.ofMillis(250)));
      EnvironmentPlan plan =
          new EnvironmentPlan(
              Set.of(Service.REDIS), Map.of(), Map.of(), links, time, List.of(slow));

      try (Environment environment = Environment.start(plan)) {
        assertThat(environment.startup())
            .containsExactly(Map.entry(Service.REDIS, Duration.ofMillis(250)));
        assertThatThrownBy(() -> environment.startup().clear())
            .isInstanceOf(UnsupportedOperationException.class);
      }
    }

    @Test
    void handsOnTheFixedPort() {
      EnvironmentPlan plan = plan(BOTH, postgres, redis).withPort(Service.POSTGRES, 5432);

      try (Environment environment = Environment.start(plan)) {
        assertThat(environment.services()).isEqualTo(BOTH);
        assertThat(postgres.options.get(0).port()).hasValue(5432);
        assertThat(redis.options.get(0).port()).isEmpty();
      }
    }

    @Test
    void choosesTheProviderOfTheKind() {
      FakeProvider external = new FakeProvider(Service.POSTGRES, "external", options -> {});
      EnvironmentPlan plan =
          plan(BOTH, postgres, external, redis).withKind(Service.POSTGRES, "external");

      try (Environment environment = Environment.start(plan)) {
        assertThat(environment.postgres().kind()).isEqualTo("external");
        assertThat(postgres.started).isEmpty();
      }
    }
  }

  @Nested
  class Refusing {
    @Test
    void namesTheServicesItHas() {
      try (Environment environment = Environment.open(plan(BOTH, postgres, redis))) {
        assertThatThrownBy(environment::kubernetes)
            .isInstanceOf(AppException.class)
            .hasMessage(
                "ENV_SERVICE_ABSENT: the environment has no service 'kubernetes'. It has"
                    + " [postgres, redis].%nAdd the service to the plan of the environment."
                        .formatted());
      }
    }

    @Test
    void namesTheBackendsThereAre() {
      EnvironmentPlan plan = plan(BOTH, postgres, redis).withKind(Service.REDIS, "containers");
      try (Environment environment = Environment.open(plan)) {
        assertThatThrownBy(environment::redis)
            .isInstanceOf(AppException.class)
            .hasMessage(
                "ENV_BACKEND_ABSENT: no 'containers' backend for the service 'redis' is on the"
                    + " class path. There is [embedded].%nAdd the module that has it, or choose"
                        .formatted()
                    + " another backend.");
      }
    }

    @Test
    void saysThatThereIsNoBackendAtAll() {
      try (Environment environment = Environment.open(plan(BOTH, postgres))) {
        assertThatThrownBy(environment::redis)
            .isInstanceOf(AppException.class)
            .hasMessageContaining("There is none at all.");
      }
    }

    @Test
    void startsNothingOnceClosed() {
      Environment environment = Environment.open(plan(BOTH, postgres, redis));
      environment.close();

      assertThatThrownBy(environment::postgres)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the environment is closed");
      assertThat(postgres.started).isEmpty();
    }
  }

  @Nested
  class Linking {
    @Test
    void givesAClientTheSameLinkEachTime() {
      try (Environment environment = Environment.open(plan(BOTH, postgres, redis))) {
        Link link = environment.link("orders", Service.POSTGRES);

        assertThat(environment.link("orders", Service.POSTGRES)).isSameAs(link);
        assertThat(environment.link("billing", Service.POSTGRES)).isNotSameAs(link);
        assertThat(environment.link("orders", Service.REDIS)).isNotSameAs(link);
        assertThat(links.log)
            .containsExactly(
                "open orders->postgres 127.0.0.1:4000",
                "open billing->postgres 127.0.0.1:4000",
                "open orders->redis 127.0.0.1:4001");
      }
    }

    @Test
    void closesTheLinksOfOneClientOnly() {
      try (Environment environment = Environment.open(plan(BOTH, postgres, redis))) {
        environment.link("orders", Service.POSTGRES);
        environment.link("orders", Service.REDIS);
        Link other = environment.link("billing", Service.REDIS);
        links.log.clear();

        environment.unlink("orders");

        assertThat(links.log)
            .containsExactlyInAnyOrder("close orders->postgres", "close orders->redis");
        assertThat(environment.link("billing", Service.REDIS)).isSameAs(other);
        environment.link("orders", Service.REDIS);
        assertThat(links.log).last().isEqualTo("open orders->redis 127.0.0.1:4001");
      }
    }
  }

  @Nested
  class Closing {
    @Test
    void closesLinksAndBackendsOnce() {
      Environment environment = Environment.start(plan(BOTH, postgres, redis));

      environment.close();
      environment.close();

      assertThat(links.log).containsExactly("close all");
      assertThat(postgres.started.get(0).closed).isEqualTo(1);
      assertThat(redis.started.get(0).closed).isEqualTo(1);
    }

    @Test
    void closesTheOthersWhenOneFailsToClose() {
      Environment environment = Environment.start(plan(BOTH, postgres, redis));
      IllegalStateException first = new IllegalStateException("postgres is stuck");
      postgres.started.get(0).onClose = first;
      redis.started.get(0).onClose = new IllegalStateException("redis is stuck");

      assertThatThrownBy(environment::close)
          .isSameAs(first)
          .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));

      assertThat(links.log).containsExactly("close all");
      assertThat(postgres.started.get(0).closed).isEqualTo(1);
      assertThat(redis.started.get(0).closed).isEqualTo(1);
    }

    @Test
    void stopsAServiceThatIsStillStarting() {
      CountDownLatch release = new CountDownLatch(1);
      FakeProvider slow = new FakeProvider(Service.REDIS, "embedded", options -> await(release));
      Environment environment = Environment.open(plan(BOTH, postgres, slow));
      environment.start(Set.of(Service.REDIS));
      assertThat(slow.started).isEmpty();

      release.countDown();
      environment.close();

      assertThat(slow.started).singleElement().extracting(fake -> fake.closed).isEqualTo(1);
    }
  }

  private EnvironmentPlan plan(Set<Service> services, BackendProvider... providers) {
    return EnvironmentPlan.of(services).withProviders(List.of(providers)).withLinks(links);
  }

  private static Consumer<BackendOptions> meet(CyclicBarrier barrier) {
    return options -> {
      try {
        barrier.await(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException("the other one does not start at the same time", e);
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
