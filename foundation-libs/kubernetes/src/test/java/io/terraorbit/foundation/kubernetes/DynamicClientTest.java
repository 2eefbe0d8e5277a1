package io.terraorbit.foundation.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DynamicClientTest {
  private static final ObjectRef GADGET = new ObjectRef("test.io/v1", "Gadget", "team-a", "g");
  private static final Map<String, Object> OBJECT =
      Json.readObject(
          "{\"apiVersion\":\"test.io/v1\",\"kind\":\"Gadget\",\"metadata\":{\"namespace\":\"team-a\","
              + "\"name\":\"g\"},\"spec\":{\"size\":\"small\"}}");

  private FakeKubeServer server;
  private KubeClient kube;
  private DynamicClient dynamic;

  @BeforeEach
  void open() throws IOException {
    server = new FakeKubeServer();
    kube = KubeClient.connect(server.settings());
    dynamic = kube.dynamic();
  }

  @AfterEach
  void close() {
    kube.close();
    server.close();
  }

  @Test
  void readsAndWritesAnyKindThatTheServerServes() {
    Map<String, Object> created = dynamic.create(OBJECT);

    assertThat(dynamic.find(GADGET)).contains(created);
    assertThat(dynamic.get(GADGET)).isEqualTo(created).containsKey("spec");
    assertThat(Values.at(created, "metadata", "managedFields")).isPresent();
    Map<String, Object> updated = dynamic.update(Values.with(created, "large", "spec", "size"));
    assertThat(Values.string(updated, "spec", "size")).contains("large");
    assertThatThrownBy(() -> dynamic.update(created)).hasMessageContaining("KUBE_CONFLICT");
    assertThat(dynamic.mergePatch(GADGET, Map.of("spec", Map.of("colour", "red"))))
        .containsEntry("spec", Map.of("size", "large", "colour", "red"));
    assertThat(dynamic.mergePatchStatus(GADGET, Map.of("status", Map.of("phase", "Ready"))))
        .containsEntry("status", Map.of("phase", "Ready"));
    assertThat(dynamic.delete(GADGET)).isTrue();
    assertThat(dynamic.delete(GADGET, Delete.any())).isFalse();
    assertThat(dynamic.find(GADGET)).isEmpty();
    assertThatThrownBy(() -> dynamic.get(GADGET)).hasMessageContaining("KUBE_NOT_FOUND");
  }

  @Test
  void asksOncePerVersionWhereKindsAre() {
    dynamic.find(GADGET);
    dynamic.find(GADGET);

    assertThat(server.seen)
        .extracting(FakeKubeServer.Seen::path)
        .containsExactly(
            "/apis/test.io/v1",
            "/apis/test.io/v1/namespaces/team-a/gadgets/g",
            "/apis/test.io/v1/namespaces/team-a/gadgets/g");
  }

  @Test
  void findsAKindThatIsServedLater() {
    server.history.gadgets(false);
    assertThatThrownBy(() -> dynamic.find(GADGET))
        .isInstanceOfSatisfying(
            AppException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND);
              assertThat(e)
                  .hasMessage(
                      "KUBE_KIND_UNKNOWN: The server serves no Gadget in test.io/v1. It does not"
                          + " serve test.io/v1 at all.%nCorrect apiVersion and kind, or apply the"
                          + " custom resource definition first.",
                      (Object[]) null);
            });
    server.history.gadgets(true);
    assertThat(dynamic.find(GADGET)).isEmpty();
  }

  @Test
  void namesTheKindsThatThereAre() {
    assertThatThrownBy(() -> dynamic.find(new ObjectRef("v1", "ConfigMop", "team-a", "a")))
        .hasMessageContaining(
            "The server serves no ConfigMop in v1. It serves [ConfigMap, Namespace].");
  }

  @Test
  void needsANamespaceWhereTheKindHasOne() {
    assertThatThrownBy(() -> dynamic.create(Values.without(OBJECT, "metadata")))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "KUBE_NAMESPACE_MISSING: Gadget/ names no namespace. gadgets of test.io/v1 live in"
                + " namespaces.%nSet metadata.namespace.",
            (Object[]) null);
  }

  @Test
  void findsClusterScopedObjects() {
    Map<String, Object> namespace =
        Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "team-a"));
    dynamic.apply(namespace);
    ObjectRef ref = ObjectRef.of(namespace);
    assertThat(ref).hasToString("Namespace/team-a");
    assertThat(dynamic.get(ref)).containsEntry("kind", "Namespace");
    assertThat(server.last().path()).isEqualTo("/api/v1/namespaces/team-a");
  }

  @Test
  void applyCreatesThenMerges() {
    dynamic.apply(OBJECT);
    dynamic.mergePatch(GADGET, Map.of("spec", Map.of("colour", "red")));

    Map<String, Object> applied = dynamic.apply(Values.with(OBJECT, "large", "spec", "size"));

    assertThat(applied).containsEntry("spec", Map.of("size", "large", "colour", "red"));
    assertThat(server.last().method()).isEqualTo("PATCH");
  }

  @Test
  void applyMergesWhenSomebodyElseCreatesFirst() {
    dynamic.find(GADGET);
    server.script(404, "NotFound");
    server.script(409, "AlreadyExists");
    server.script(200, "application/json", "{\"merged\":true}");

    assertThat(dynamic.apply(OBJECT)).containsEntry("merged", true);

    server.script(404, "NotFound");
    server.script(403, "Forbidden");
    assertThatThrownBy(() -> dynamic.apply(OBJECT)).hasMessageContaining("KUBE_FORBIDDEN");
  }

  @Test
  void listsAllPagesOfWholeObjects() {
    for (int i = 0; i < 3; i++) {
      dynamic.create(
          Json.readObject(
              "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"namespace\":\"team-a\","
                  + "\"name\":\"m"
                  + i
                  + "\"}}"));
    }

    List<Map<String, Object>> all = dynamic.list("v1", "ConfigMap", Query.of().limit(2)).toList();

    assertThat(all).extracting(o -> ObjectRef.of(o).name()).containsExactly("m0", "m1", "m2");
    assertThat(all).allSatisfy(o -> assertThat(o).containsEntry("apiVersion", "v1"));
  }

  @Test
  void refusesAnswersThatAreNoObject() {
    server.script(200, "application/json", "[1]");
    assertThatThrownBy(() -> dynamic.find(GADGET))
        .isInstanceOf(AppException.class)
        .hasMessageContaining(
            "KUBE_ANSWER_MALFORMED: GET /apis/test.io/v1 was answered with something that is no"
                + " JSON object: expected a JSON object, got array.");
  }

  @Test
  void aReferenceNeedsAKind() {
    assertThatThrownBy(() -> ObjectRef.of(Map.of("kind", "Gadget")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an object reference needs apiVersion and kind, got apiVersion='' kind='Gadget'");
    assertThatThrownBy(() -> ObjectRef.of(Map.of("apiVersion", "v1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(GADGET.key()).isEqualTo(new ObjectKey("team-a", "g"));
  }
}
