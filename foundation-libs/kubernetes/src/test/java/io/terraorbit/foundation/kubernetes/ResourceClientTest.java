package io.terraorbit.foundation.kubernetes;

import static io.terraorbit.foundation.kubernetes.Fixtures.configMap;
import static io.terraorbit.foundation.kubernetes.Fixtures.key;
import static io.terraorbit.foundation.kubernetes.Fixtures.painted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResourceClientTest {
  private FakeKubeServer server;
  private KubeClient kube;
  private ResourceClient<ConfigMap> configMaps;

  @BeforeEach
  void open() throws IOException {
    server = new FakeKubeServer();
    kube = KubeClient.connect(server.settings().withToken("secret").withUserAgent("test"));
    configMaps = kube.resources(ConfigMap.class);
  }

  @AfterEach
  void close() {
    kube.close();
    server.close();
  }

  @Nested
  class Writing {
    @Test
    void createsAndReadsBack() {
      ConfigMap created = configMaps.create(configMap("a", "red"));

      assertThat(created.getMetadata().getUid()).startsWith("uid-");
      assertThat(configMaps.get(key("a")).getData()).containsEntry("colour", "red");
      assertThat(configMaps.find(key("a"))).contains(created);
      assertThat(configMaps.type()).isEqualTo(ConfigMap.class);
      FakeKubeServer.Seen get = server.last();
      assertThat(get.path()).isEqualTo("/api/v1/namespaces/team-a/configmaps/a");
      assertThat(get.token()).isEqualTo("Bearer secret");
    }

    @Test
    void leavesManagedFieldsBehind() {
      assertThat(configMaps.create(configMap("a", "red")).getMetadata().getManagedFields())
          .isEmpty();
      assertThat(server.history.all("configmaps").get(0).toString()).contains("managedFields");
    }

    @Test
    void refusesToCreateWhatExists() {
      configMaps.create(configMap("a", "red"));

      assertThatThrownBy(() -> configMaps.create(configMap("a", "red")))
          .isInstanceOfSatisfying(
              AppException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
                assertThat(e)
                    .hasMessage(
                        "KUBE_ALREADY_EXISTS: POST /api/v1/namespaces/team-a/configmaps was"
                            + " refused: configmaps \"a\" already exists. The server answered 409"
                            + " AlreadyExists.%nUpdate the object that exists, or take another"
                            + " name.",
                        (Object[]) null);
              });
    }

    @Test
    void needsANamespaceWhereTheKindHasOne() {
      ConfigMap homeless =
          new ConfigMapBuilder().withNewMetadata().withName("a").endMetadata().build();

      assertThatThrownBy(() -> configMaps.create(homeless))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("configmaps need a namespace, got none");
      assertThatThrownBy(() -> configMaps.create(new ConfigMap()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(server.seen).isEmpty();
    }

    @Test
    void updatesTheVersionThatWasRead() {
      ConfigMap red = configMaps.create(configMap("a", "red"));

      ConfigMap blue = configMaps.update(painted(red, "blue"));

      assertThat(blue.getData()).containsEntry("colour", "blue");
      assertThat(ResourceVersion.of(blue).orElseThrow())
          .isGreaterThan(ResourceVersion.of(red).orElseThrow());
      assertThatThrownBy(() -> configMaps.update(painted(red, "green")))
          .isInstanceOfSatisfying(
              AppException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
                assertThat(e.code()).isEqualTo("KUBE_CONFLICT");
              });
    }

    @Test
    void refusesToUpdateBlindly() {
      assertThatThrownBy(() -> configMaps.update(configMap("a", "red")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "an update needs metadata.resourceVersion, got ConfigMap team-a/a without; update"
                  + " what was read");
      ConfigMap empty = configMap("a", "red");
      empty.getMetadata().setResourceVersion("");
      assertThatThrownBy(() -> configMaps.updateStatus(empty))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(server.seen).isEmpty();
    }

    @Test
    void writesOnlyTheStatusOfACustomObject() {
      ResourceClient<Gadget> gadgets = kube.resources(Gadget.class);
      Gadget gadget = new Gadget();
      gadget.setMetadata(configMap("g", "red").getMetadata());
      gadget.setSpec(new Gadget.Spec());
      gadget.getSpec().size = "small";
      Gadget created = gadgets.create(gadget);
      created.getSpec().size = "large";
      created.setStatus(new Gadget.Status());
      created.getStatus().phase = "Ready";

      Gadget after = gadgets.updateStatus(created);

      assertThat(after.getSpec().size).isEqualTo("small");
      assertThat(after.getStatus().phase).isEqualTo("Ready");
      assertThat(server.last().path())
          .isEqualTo("/apis/test.io/v1/namespaces/team-a/gadgets/g/status");
      Gadget patched =
          gadgets.mergePatchStatus(key("g"), Map.of("status", Map.of("phase", "Gone")));
      assertThat(patched.getStatus().phase).isEqualTo("Gone");
    }

    @Test
    void mergesAPatch() {
      configMaps.create(configMap("a", "red"));

      ConfigMap patched = configMaps.mergePatch(key("a"), Map.of("data", Map.of("size", "xl")));

      assertThat(patched.getData()).containsEntry("colour", "red").containsEntry("size", "xl");
    }

    @Test
    void deletesOnce() {
      configMaps.create(configMap("a", "red"));

      assertThat(configMaps.delete(key("a"))).isTrue();
      assertThat(configMaps.delete(key("a"))).isFalse();
      assertThat(configMaps.find(key("a"))).isEmpty();
      assertThatThrownBy(() -> configMaps.get(key("a")))
          .hasMessageStartingWith(
              "KUBE_NOT_FOUND: GET /api/v1/namespaces/team-a/configmaps/a was refused: configmaps"
                  + " \"a\" not found.");
    }

    @Test
    void deletesOnlyWhatIsMeant() {
      ConfigMap object = configMaps.create(configMap("a", "red"));

      assertThatThrownBy(() -> configMaps.delete(key("a"), Delete.any().uid("other")))
          .hasMessageContaining("KUBE_CONFLICT");
      assertThatThrownBy(
              () -> configMaps.delete(key("a"), Delete.any().version(ResourceVersion.of(1))))
          .hasMessageContaining("KUBE_CONFLICT");

      boolean deleted =
          configMaps.delete(
              key("a"),
              Delete.any()
                  .uid(object.getMetadata().getUid())
                  .version(ResourceVersion.of(object).orElseThrow())
                  .propagation(Delete.Propagation.FOREGROUND));
      assertThat(deleted).isTrue();
      assertThat(Json.readObject(server.last().body()))
          .containsEntry("kind", "DeleteOptions")
          .containsEntry("propagationPolicy", "Foreground");
    }

    @Test
    void namesClusterScopedObjectsWithoutNamespace() {
      ResourceClient<Namespace> namespaces = kube.resources(Namespace.class);
      namespaces.create(
          new NamespaceBuilder().withNewMetadata().withName("team-a").endMetadata().build());

      assertThat(namespaces.get(ObjectKey.cluster("team-a")).getKind()).isEqualTo("Namespace");
      assertThatThrownBy(() -> namespaces.get(key("team-a")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("namespaces have no namespace, got 'team-a'");
    }

    @Test
    void refusesNamesThatWouldLeaveThePath() {
      for (String name : List.of("", ".", "..")) {
        assertThatThrownBy(() -> configMaps.get(key(name)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("configmaps need a name that can stand in a path, got '%s'", name);
      }
      assertThat(configMaps.find(key("a/../../b"))).isEmpty();
      assertThat(server.seen).hasSize(1);
    }
  }

  @Nested
  class Listing {
    @Test
    void fetchesPagesLazily() {
      for (int i = 0; i < 5; i++) {
        configMaps.create(configMap("m" + i, "red"));
      }
      server.seen.clear();

      List<String> names =
          configMaps.list(Query.of().limit(2)).map(m -> m.getMetadata().getName()).toList();

      assertThat(names).containsExactly("m0", "m1", "m2", "m3", "m4");
      assertThat(server.seen).hasSize(3);
      assertThat(configMaps.list(Query.of().limit(2)).findFirst()).isPresent();
      assertThat(server.seen).hasSize(4);
      assertThat(server.last().query()).containsEntry("limit", "2").doesNotContainKey("continue");
    }

    @Test
    void asksForPagesEvenWhenNoLimitIsNamed() {
      assertThat(configMaps.list(Query.of())).isEmpty();
      assertThat(server.last().query()).containsEntry("limit", "500");
      assertThat(configMaps.page(Query.of()).items()).isEmpty();
      assertThat(server.last().query()).doesNotContainKey("limit");
    }

    @Test
    void tellsWhereAPageStandsAndWhatFollows() {
      for (int i = 0; i < 3; i++) {
        configMaps.create(configMap("m" + i, "red"));
      }

      Page<ConfigMap> first = configMaps.page(Query.of().limit(2));
      Page<ConfigMap> second =
          configMaps.page(Query.of().limit(2), first.continueToken().orElseThrow());

      assertThat(first.version()).contains(ResourceVersion.of(server.history.version()));
      assertThat(first.remaining()).isEqualTo(OptionalLong.of(1));
      assertThat(second.continueToken()).isEmpty();
      assertThat(second.remaining()).isEmpty();
      assertThat(second.items()).extracting(ConfigMap::getKind).containsExactly("ConfigMap");
    }

    @Test
    void selectsByNamespaceLabelAndField() {
      configMaps.create(configMap("a", "red"));
      configMaps.create(configMap("b", "blue"));

      List<ConfigMap> red =
          configMaps
              .list(
                  Query.of()
                      .inNamespace("team-a")
                      .labels("colour=red")
                      .fields("metadata.name!=x,a=b c"))
              .toList();

      assertThat(red).extracting(m -> m.getMetadata().getName()).containsExactly("a");
      assertThat(server.last().path()).isEqualTo("/api/v1/namespaces/team-a/configmaps");
      assertThat(server.last().query()).containsEntry("fieldSelector", "metadata.name!=x,a=b c");
      assertThat(configMaps.list(Query.of().inNamespace("team-b"))).isEmpty();
    }

    @Test
    void neverStartsAListAnew() {
      for (int i = 0; i < 3; i++) {
        configMaps.create(configMap("m" + i, "red"));
      }
      Page<ConfigMap> first = configMaps.page(Query.of().limit(1));
      configMaps.page(Query.of().limit(1), first.continueToken().orElseThrow());

      assertThatThrownBy(
              () -> configMaps.page(Query.of().limit(1), first.continueToken().orElseThrow()))
          .isInstanceOfSatisfying(
              AppException.class,
              e -> {
                assertThat(e.code()).isEqualTo("KUBE_EXPIRED");
                assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_RANGE);
              });
    }

    @Test
    void readsAListWithStrangeAndMissingParts() {
      server.script(
          200,
          "application/json",
          "{\"kind\":\"List\",\"extra\":{\"a\":[1]},\"metadata\":null,\"items\":null}");

      Page<ConfigMap> page = configMaps.page(Query.of());

      assertThat(page.items()).isEmpty();
      assertThat(page.version()).isEmpty();
    }

    @Test
    void refusesAListThatIsNone() {
      server.script(200, "application/json", "[]");

      assertThatThrownBy(() -> configMaps.page(Query.of()))
          .isInstanceOfSatisfying(
              AppException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL);
                assertThat(e)
                    .hasMessage(
                        "KUBE_ANSWER_MALFORMED: GET /api/v1/configmaps was answered with something"
                            + " that is no list of ConfigMap: expected a JSON object, got"
                            + " START_ARRAY. A Kubernetes API answers with the JSON of the kind"
                            + " that was asked for.%nCompare the model class with what the server"
                            + " serves.",
                        (Object[]) null);
              });
    }
  }
}
