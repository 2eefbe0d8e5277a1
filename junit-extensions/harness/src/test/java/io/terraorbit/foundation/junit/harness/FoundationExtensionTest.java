package io.terraorbit.foundation.junit.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.Service;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The extension with a fake Kubernetes behind it, and where it must refuse. */
@Timeout(120)
class FoundationExtensionTest {
  @Test
  void givesEachTestANamespaceOfItsOwnAndRemovesItAfterwards() {
    Namespaced.NAMESPACES.clear();

    EngineExecutionResults results = TestRun.of(Namespaced.class);

    assertThat(TestRun.failures(results)).isEmpty();
    assertThat(Namespaced.NAMESPACES).doesNotHaveDuplicates().hasSize(2);
    assertThat(Namespaced.NAMESPACES).first().asString().startsWith("namespaced-first-");
  }

  @Test
  void readsNoSettingOfTheMachineIntoTheKubernetesClient() {
    System.setProperty("kubernetes.master", "http://192.0.2.1:1");
    System.setProperty("kubernetes.namespace", "not-this");
    System.setProperty("kubernetes.auth.token", "not-this");
    try {
      assertThat(TestRun.failures(TestRun.of(Asking.class))).isEmpty();
    } finally {
      System.clearProperty("kubernetes.master");
      System.clearProperty("kubernetes.namespace");
      System.clearProperty("kubernetes.auth.token");
    }
  }

  @Test
  void failsTheTestThatCannotBeCleanedUp() {
    List<Throwable> failures = TestRun.failures(TestRun.of(Stuck.class));

    assertThat(failures).hasSize(1);
    assertThat(failures.get(0))
        .hasStackTraceContaining("not all of the test 'Stuck_leavesItsNamespace' was cleaned up")
        .hasStackTraceContaining("the namespace is stuck");
  }

  @Test
  void tellsAConstructorThatRunsOncePerClassThatThereIsNoTestYet() {
    assertThat(TestRun.failures(TestRun.of(PerClass.class)))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageEndingWith(
                        "JUNIT_NO_TEST_YET: the constructor of PerClass asks for a 'DataSource',"
                            + " but runs once for the whole class. Each test has its own, made"
                            + " when the test begins.%nAsk for it in a test or a @BeforeEach"
                                .formatted()
                            + " method, or, for a constructor, use the lifecycle PER_METHOD."));
  }

  @Test
  void tellsBeforeAllThatThereIsNoTestYet() {
    assertThat(TestRun.failures(TestRun.of(BeforeAllTests.class)))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageContaining(
                        "JUNIT_NO_TEST_YET: 'tooEarly' of BeforeAllTests asks for a"
                            + " 'KubernetesEnv'"));
  }

  @Test
  void leavesOtherTypesToOthers() {
    assertThat(TestRun.failures(TestRun.of(Unknown.class)))
        .hasSize(2)
        .allSatisfy(
            failure -> assertThat(failure).hasMessageContaining("No ParameterResolver registered"));
  }

  @FoundationTest
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Namespaced {
    static final List<String> NAMESPACES = new ArrayList<>();

    @Test
    @Order(1)
    void first(KubernetesEnv kubernetes, Environment environment) {
      check(kubernetes, environment);
    }

    @Test
    @Order(2)
    void second(KubernetesEnv kubernetes, Environment environment) {
      check(kubernetes, environment);
      assertThat(environment.startup()).containsOnlyKeys(Service.KUBERNETES);
    }

    private static void check(KubernetesEnv kubernetes, Environment environment) {
      NAMESPACES.add(kubernetes.namespace());
      assertThat(fake(environment).namespaces)
          .as("those of earlier tests are gone")
          .containsExactly(kubernetes.namespace());
      assertThat(kubernetes.url()).isEqualTo("http://" + environment.kubernetes().endpoint());
    }
  }

  @FoundationTest
  static class Asking {
    @Test
    void asks(KubernetesClient client, KubernetesEnv kubernetes, Environment environment) {
      assertThat(client.getNamespace()).isEqualTo(kubernetes.namespace());

      assertThat(client.configMaps().withName("settings").get()).isNull();

      assertThat(fake(environment).requests)
          .containsExactly(
              "GET /api/v1/namespaces/%s/configmaps/settings Bearer %s"
                  .formatted(kubernetes.namespace(), kubernetes.token()));
      assertThat(kubernetes.token()).startsWith("token-of-Asking-asks-");
    }
  }

  @FoundationTest
  static class Stuck {
    @Test
    void leavesItsNamespace(KubernetesEnv kubernetes, Environment environment) {
      fake(environment).refusesToDelete = true;
    }
  }

  @FoundationTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClass {
    PerClass(DataSource source) {}

    @Test
    void neverRuns() {}
  }

  @FoundationTest
  static class BeforeAllTests {
    @BeforeAll
    static void tooEarly(KubernetesEnv kubernetes) {}

    @Test
    void neverRuns() {}
  }

  @FoundationTest
  static class Unknown {
    @Test
    void bytes(StatefulRedisConnection<byte[], byte[]> redis) {}

    @Test
    void text(CharSequence text) {}
  }

  private static FakeKubernetesProvider.Fake fake(Environment environment) {
    return (FakeKubernetesProvider.Fake) environment.kubernetes();
  }
}
