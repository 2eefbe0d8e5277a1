package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.Backend;
import io.terraorbit.foundation.harness.environment.BackendOptions;
import io.terraorbit.foundation.harness.environment.Endpoint;
import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.EnvironmentPlan;
import io.terraorbit.foundation.harness.environment.KubernetesBackend;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.time.TimeSource;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KubeApiServerTest {
  @Test
  void leavesNoThreadBehind() {
    Set<Long> before = threads();
    KubeApiServer server = KubeApiServer.start();
    Api api = new Api(server, "x");
    api.post(CONFIG_MAPS, configMap("a", ""));
    Api.Watch watch = api.watch(CONFIG_MAPS);
    watch.brief();

    server.close();
    server.close();

    assertThat(ours(before)).isEmpty();
    assertThatThrownBy(() -> api.get(CONFIG_MAPS))
        .hasRootCauseInstanceOf(java.io.IOException.class);
    watch.close();
  }

  @Test
  void findsAndListsWithoutAClient() {
    try (KubeApiServer server = KubeApiServer.start()) {
      new Api(server, "x").post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(server.find(new ObjectRef("v1", "ConfigMap", "default", "a")))
          .hasValueSatisfying(map -> assertThat(map).containsEntry("kind", "ConfigMap"));
      assertThat(server.find(new ObjectRef("v1", "ConfigMap", "default", "b"))).isEmpty();
      assertThat(server.find(new ObjectRef("no/v1", "Thing", "", "b"))).isEmpty();
      assertThat(server.list("v1", "ConfigMap", "default"))
          .extracting(map -> map.get("kind"))
          .containsExactly("ConfigMap", "ConfigMap");
      assertThat(server.list("v1", "ConfigMap", "")).hasSizeGreaterThan(2);
      assertThat(server.list("no/v1", "Thing", "")).isEmpty();
    }
  }

  @Test
  void writesAKubeconfig() {
    try (KubeApiServer server = KubeApiServer.start()) {
      assertThat(server.kubeconfig("me"))
          .contains("server: " + server.secureUrl() + "\n")
          .contains("token: " + server.token("me") + "\n")
          .startsWith("apiVersion: v1\nkind: Config\n");
      assertThat(server.token("me")).isEqualTo(server.token("me"));
      assertThat(server.token("you")).isNotEqualTo(server.token("me"));
    }
  }

  /** All but the authority's key, which is made by the machine's secure generator. */
  @Test
  void repeatsExactlyWithTheSameClockAndChance() {
    assertThat(story()).isEqualTo(story());
  }

  private static String story() {
    try (KubeApiServer server =
        KubeApiServer.builder().time(new VirtualTime()).random(new SplittableRandom(3)).start()) {
      Api api = new Api(server, "x");
      api.post(CONFIG_MAPS, "{\"metadata\":{\"generateName\":\"g-\"}}");
      return api.get("/api/v1/configmaps").repeatable()
          + api.get("/api/v1/namespaces").text()
          + api.get("/api/v1/services").text().replaceAll("\"targetPort\":\\d+", "");
    }
  }

  @Nested
  class Forks {
    @Test
    void areExactlyTheRevisionAndIndependent() {
      try (KubeApiServer server = KubeApiServer.start()) {
        Api api = new Api(server, "x");
        api.post(CONFIG_MAPS, configMap("a", "1"));
        long revision = server.revision();
        String then = api.get("/api/v1/configmaps").text();
        api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");

        try (KubeApiServer fork = server.fork(revision)) {
          Api forked = new Api(fork, "x");
          assertThat(fork.revision()).isEqualTo(revision);
          assertThat(forked.get("/api/v1/configmaps").text()).isEqualTo(then);
          forked.delete(CONFIG_MAPS + "/a");
          forked.post(CONFIG_MAPS, configMap("b", "1"));

          assertThat(api.get(CONFIG_MAPS + "/a").at("data", "k")).isEqualTo("2");
          assertThat(api.get(CONFIG_MAPS + "/b").code()).isEqualTo(404);
        }
      }
    }

    @Test
    void finishWhatTheServersControllersHadBegun() {
      try (KubeApiServer server = KubeApiServer.start()) {
        Api api = new Api(server, "x");
        String uid = api.post(CONFIG_MAPS, configMap("owner", "")).at("metadata", "uid");
        api.post(
            CONFIG_MAPS,
            "{\"metadata\":{\"name\":\"child\",\"ownerReferences\":[{\"apiVersion\":\"v1\","
                + "\"kind\":\"ConfigMap\",\"name\":\"owner\",\"uid\":\""
                + uid
                + "\"}]}}");
        long before = server.revision();
        api.delete(CONFIG_MAPS + "/owner");

        try (KubeApiServer fork = server.fork(before + 1)) {
          assertThat(fork.revision()).isEqualTo(before + 1);
          assertThat(new Api(fork, "x").get(CONFIG_MAPS).names())
              .containsExactly("kube-root-ca.crt");
        }
      }
    }

    @Test
    void knowTheCustomResources() {
      try (KubeApiServer server = KubeApiServer.start()) {
        new Api(server, "x")
            .post(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                "{\"metadata\":{\"name\":\"foos.ex.io\"},\"spec\":{\"group\":\"ex.io\","
                    + "\"scope\":\"Cluster\",\"names\":{\"plural\":\"foos\",\"kind\":\"Foo\"},"
                    + "\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,"
                    + "\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\"}}}]}}");

        try (KubeApiServer fork = server.fork(server.revision())) {
          assertThat(new Api(fork, "x").get("/apis/ex.io/v1/foos").code()).isEqualTo(200);
        }
      }
    }

    @Test
    void areRefusedForRevisionsThatAreNotKept() {
      try (KubeApiServer server = KubeApiServer.builder().revisionsKept(2).start()) {
        long newest = server.revision();

        assertThatExceptionOfType(AppException.class)
            .isThrownBy(() -> server.fork(1))
            .withMessage(
                "KUBE_REVISION_GONE: the server cannot be forked at revision 1. It keeps the"
                    + " revisions %d to %d.%nAsk for one of these, or keep more revisions.",
                newest - 1, newest)
            .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_RANGE));
      }
    }
  }

  @Nested
  class Past {
    private final VirtualTime time = new VirtualTime();
    private final KubeApiServer server =
        KubeApiServer.builder()
            .time(time)
            .scheduler(time)
            .revisionsKeptFor(Duration.ofMinutes(5))
            .start();
    private final Api api = new Api(server, "tester");
    private final ObjectRef map = new ObjectRef("v1", "ConfigMap", "default", "a");

    @AfterEach
    void close() {
      server.close();
    }

    @Test
    void isReadAtAnyRevisionThatIsKept() {
      long before = server.revision();
      api.post(Api.CONFIG_MAPS, Api.configMap("a", "1"));
      long first = server.revision();
      api.merge(Api.CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      api.delete(Api.CONFIG_MAPS + "/a");

      assertThat(server.find(map)).isEmpty();
      assertThat(server.find(map, before)).isEmpty();
      assertThat(server.find(map, first).orElseThrow()).extracting("data").hasToString("{k=1}");
      assertThat(server.list("v1", "ConfigMap", "default", first + 1))
          .filteredOn(object -> object.get("data").toString().equals("{k=2}"))
          .hasSize(1);
      assertThatExceptionOfType(AppException.class)
          .isThrownBy(() -> server.find(map, server.revision() + 1))
          .withMessageStartingWith("KUBE_REVISION_GONE: the server cannot be read at revision ");
    }

    @Test
    void isForgottenInItsTime() {
      api.post(Api.CONFIG_MAPS, Api.configMap("a", "1"));
      long first = server.revision();
      api.merge(Api.CONFIG_MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
      time.advance(Duration.ofMinutes(5).minusNanos(1));
      assertThat(server.find(map, first)).isPresent();

      time.advance(Duration.ofNanos(1));

      assertThatExceptionOfType(AppException.class).isThrownBy(() -> server.find(map, first));
      assertThatExceptionOfType(AppException.class).isThrownBy(() -> server.fork(first));
      try (Api.Watch watch = api.watch(Api.CONFIG_MAPS + "?resourceVersion=" + first)) {
        assertThat(watch.next().toString()).contains("type=ERROR", "code=410");
      }
      assertThat(server.find(map, server.revision())).isPresent();
    }
  }

  @Nested
  class AsABackend {
    private final EmbeddedKubernetesProvider provider = new EmbeddedKubernetesProvider();

    @Test
    void isFoundByAnEnvironment() {
      try (Environment environment =
          Environment.start(EnvironmentPlan.of(Set.of(Service.KUBERNETES)))) {
        KubernetesBackend backend = environment.kubernetes();

        assertThat(backend.service()).isEqualTo(Service.KUBERNETES);
        assertThat(backend.kind()).isEqualTo("embedded");
        assertThat(backend.version()).startsWith("v1.36");
        assertThat(backend.control()).isPresent();
        assertThat(backend.logTail(5)).isEmpty();
        assertThat(backend.url(new Endpoint("h", 1))).isEqualTo("http://h:1");
        Api api =
            new Api(java.net.URI.create(backend.url(backend.endpoint())), backend.token("someone"));
        assertThat(api.get("/version").code()).isEqualTo(200);
      }
    }

    @Test
    void makesAndDeletesNamespaces() {
      try (KubernetesBackend backend = (KubernetesBackend) start(OptionalInt.empty())) {
        Api api = new Api(java.net.URI.create(backend.url(backend.endpoint())), backend.token("x"));
        String named = backend.createNamespace("-My Test_1");
        String bare = backend.createNamespace("!!");

        assertThat(named).matches("mytest1-[a-z0-9]{5}");
        assertThat(bare).matches("test-[a-z0-9]{5}");
        assertThat(backend.createNamespace("x".repeat(99))).hasSize(63);
        assertThat(api.get("/api/v1/namespaces/" + named).code()).isEqualTo(200);
        backend.deleteNamespace(named);
        assertThat(api.get("/api/v1/namespaces/" + named).code()).isEqualTo(404);
      }
    }

    @Test
    void saysWhenItsPortIsTaken() {
      Set<Long> before = threads();
      try (Backend first = start(OptionalInt.empty())) {
        int port = first.endpoint().port();

        assertThatExceptionOfType(AppException.class)
            .isThrownBy(() -> start(OptionalInt.of(port)))
            .withMessage(
                "ENV_PORT_TAKEN: the port %d for 'kubernetes' is taken. A free port was expected"
                    + " there.%nEnd what listens on it, or choose another port.",
                port)
            .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
      }
      assertThat(ours(before)).isEmpty();
    }

    private Backend start(OptionalInt port) {
      return provider.start(new BackendOptions(port, TimeSource.system()));
    }
  }

  private static Set<Long> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getId)
        .collect(Collectors.toSet());
  }

  /** Names of the server's threads that do not end, given time. */
  private static Set<String> ours(Set<Long> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread.getId()))
        .filter(thread -> thread.getName().startsWith("foundation-kube"))
        .filter(KubeApiServerTest::goesOn)
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  private static boolean goesOn(Thread thread) {
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return thread.isAlive();
  }
}
