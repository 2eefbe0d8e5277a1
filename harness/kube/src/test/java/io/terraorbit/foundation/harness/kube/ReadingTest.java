package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
  private static final String TEMPLATES = "/api/v1/namespaces/default/podtemplates";

  private final KubeApiServer server =
      KubeApiServer.builder().revisionsKept(30).futureRevisionWait(Duration.ofMillis(120)).start();
  private final Api api = new Api(server, "tester");

  @BeforeEach
  void fill() {
    for (String name : List.of("c", "a", "b")) {
      api.post(
          TEMPLATES,
          "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"n\":\"%s\",\"even\":\"x\"}},%s}"
              .formatted(name, name, Manifests.TEMPLATE));
    }
    api.post("/api/v1/namespaces/kube-public/podtemplates", template("z"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Listing {
    @Test
    void sortsByKeyAndOmitsTheKindOfItems() {
      Api.Answer list = api.get(TEMPLATES);

      assertThat(list.names()).containsExactly("a", "b", "c");
      assertThat(list.at("kind")).isEqualTo("PodTemplateList");
      assertThat(list.at("apiVersion")).isEqualTo("v1");
      assertThat(list.at("metadata", "resourceVersion")).isEqualTo("" + server.revision());
      assertThat(Values.object(list.items().get(0))).doesNotContainKeys("kind", "apiVersion");
    }

    @Test
    void spansNamespacesAndAnswersAnEmptyArrayForNone() {
      assertThat(
              api.get("/api/v1/podtemplates?fieldSelector=metadata.namespace=kube-public").names())
          .containsExactly("z");
      assertThat(api.get("/api/v1/namespaces/none/secrets").text()).contains("\"items\":[]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "labelSelector=n=a | a",
          "labelSelector=n==a | a",
          "labelSelector=n!=a | b c",
          "labelSelector=n+in+(a,b) | a b",
          "labelSelector=n+notin+(a,b) | c",
          "labelSelector=even,!odd,n+in+(c) | c",
          "labelSelector=!n | ''",
          "fieldSelector=metadata.name=b | b",
          "fieldSelector=metadata.name!=b,metadata.namespace==default | a c",
          "fieldSelector==,metadata.name=b,!= | b",
        })
    void selects(String parameter, String names) {
      String query = parameter.replace("!", "%21");
      assertThat(String.join(" ", api.get(TEMPLATES + "?" + query).names())).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "fieldSelector=data.k=1 | \"data.k\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
          "fieldSelector=abc | invalid selector: 'abc'; can't understand 'abc'",
          "labelSelector=a+b | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
          "labelSelector=a+in+b | unable to parse requirement: found 'b' expected: '('",
          "limit=x | strconv.ParseInt: parsing \"x\": invalid syntax",
          "resourceVersion=x | invalid resource version: resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax",
          "continue=%21%21 | invalid continue token: continue key is not valid: illegal base64 data at input byte 0",
          "continue=e30 | 'invalid continue token: continue key is not valid: server does not recognize this encoded version '",
          "continue=eyJ2IjoieCJ9 | invalid continue token: continue key is not valid: server does not recognize this encoded version x",
          "continue=abcde | invalid continue token: continue key is not valid: illegal base64 data at input byte 4",
          "continue=abc | invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
          "continue=eyJ9 | invalid continue token: continue key is not valid: unexpected end of JSON input",
          "continue=W10 | invalid continue token: continue key is not valid: json: cannot unmarshal array into Go value of type storage.continueToken",
          "continue=eyJ2Ijo3fQ | invalid continue token: continue key is not valid: json: cannot unmarshal number into Go struct field continueToken.v of type string",
          "continue=eyJydiI6IjcifQ | invalid continue token: continue key is not valid: json: cannot unmarshal string into Go struct field continueToken.rv of type int64",
          "limit= | strconv.ParseInt: parsing \"\": invalid syntax",
          "limit=-99999999999999999999 | strconv.ParseInt: parsing \"-99999999999999999999\": value out of range",
          "timeoutSeconds=1.5 | strconv.ParseInt: parsing \"1.5\": invalid syntax",
          "fieldSelector=%3Dx | \"\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
          "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MCwic3RhcnQiOiJhIn0 | invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)",
          "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NX0 | invalid continue token: continue key is not valid: encoded start key empty (version meta.k8s.io/v1)",
          "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NSwic3RhcnQiOiIuLi9hIn0 | invalid continue token: continue key is not valid: ../a",
          "fieldSelector=metadata.name=a%5Cb | invalid field selector: invalid escape sequence: \\b",
          "fieldSelector=metadata.name=a%5C | invalid field selector: invalid escape sequence: \\",
          "fieldSelector=metadata.name=a=b | invalid field selector: unescaped character in value: 61",
          "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NSwic3RhcnQiOiJhIn0&resourceVersion=3 | specifying resource version is not allowed when using continue",
        })
    void refusesWhatItCannotRead(String parameter, String message) {
      Api.Answer refused = api.get(TEMPLATES + "?" + parameter);

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "resourceVersionMatch=Exact | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
          "resourceVersionMatch=Exact&resourceVersion=0 | resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
          "resourceVersionMatch=Near&resourceVersion=1 | resourceVersionMatch: Unsupported value: \"Near\": supported values: \"Exact\", \"NotOlderThan\", \"\"",
          "sendInitialEvents=true | sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
          "sendInitialEvents=false&resourceVersionMatch=Exact | [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list]",
          "resourceVersionMatch=Exact&continue=e30&resourceVersion=1 | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided",
        })
    void refusesOptionsThatContradict(String parameter, String message) {
      Api.Answer refused = api.get(TEMPLATES + "?" + parameter);

      assertThat(refused.code()).isEqualTo(422);
      assertThat(refused.message())
          .isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: " + message);
    }
  }

  @Nested
  class Paging {
    @Test
    void showsOneMomentOnAllPages() {
      Api.Answer first = api.get(TEMPLATES + "?limit=2");
      api.delete(TEMPLATES + "/c");
      api.post(TEMPLATES, template("d"));

      Api.Answer second = api.get(TEMPLATES + "?limit=2&continue=" + token(first));

      assertThat(first.names()).containsExactly("a", "b");
      assertThat(first.at("metadata", "remainingItemCount")).isEqualTo("1");
      assertThat(second.names()).containsExactly("c");
      assertThat(second.at("metadata", "continue")).isEmpty();
      assertThat(second.at("metadata", "resourceVersion"))
          .isEqualTo(first.at("metadata", "resourceVersion"));
    }

    @Test
    void goesOnInconsistentlyWhenTheMomentIsForgotten() {
      Api.Answer first = api.get(TEMPLATES + "?limit=1");
      api.delete(TEMPLATES + "/b");
      forget();

      Api.Answer expired = api.get(TEMPLATES + "?limit=2&continue=" + token(first));

      assertThat(expired.code()).isEqualTo(410);
      assertThat(expired.reason()).isEqualTo("Expired");
      assertThat(expired.message()).startsWith("The provided continue parameter is too old");
      String rest = new String(Base64.getUrlDecoder().decode(expired.at("metadata", "continue")));
      assertThat(Json.readObject(rest)).containsEntry("rv", -1L);
      assertThat(api.get(TEMPLATES + "?limit=2&continue=" + token(expired)).names())
          .containsExactly("c", "x");
    }

    @Test
    void countsNoRestWhenSomethingIsSelected() {
      Api.Answer first = api.get(TEMPLATES + "?limit=1&labelSelector=n");

      assertThat(first.at("metadata", "continue")).isNotEmpty();
      assertThat(first.at("metadata", "remainingItemCount")).isEmpty();
    }

    @Test
    void goesOnAtANewerMomentThanTheOneThatItBeganWith() {
      Api.Answer first =
          api.get(TEMPLATES + "?limit=1&resourceVersionMatch=NotOlderThan&resourceVersion=2");

      assertThat(first.names()).containsExactly("a");
      assertThat(first.at("metadata", "resourceVersion")).isEqualTo("" + server.revision());
      assertThat(api.get(TEMPLATES + "?resourceVersion=0&continue=" + token(first)).names())
          .containsExactly("b", "c");
    }

    @Test
    void deletesAPageOfWhatIsSelected() {
      Api.Answer deleted = api.delete(TEMPLATES + "?limit=1&labelSelector=n+in+(b,c)");

      assertThat(deleted.names()).containsExactly("b");
      assertThat(deleted.at("kind")).isEqualTo("PodTemplateList");
      assertThat(deleted.at("metadata", "continue")).isNotEmpty();
      assertThat(api.get(TEMPLATES).names()).containsExactly("a", "c");
      assertThat(api.delete(TEMPLATES + "?fieldSelector=no.such=x").code()).isEqualTo(400);
      assertThat(api.delete(TEMPLATES + "?sendInitialEvents=true").code()).isEqualTo(422);
      assertThat(api.get(TEMPLATES).names()).containsExactly("a", "c");
    }

    @Test
    void ignoresTheLimitForAnyVersion() {
      assertThat(api.get(TEMPLATES + "?limit=1&resourceVersion=0").names()).hasSize(3);
    }

    private String token(Api.Answer page) {
      return URLEncoder.encode(page.at("metadata", "continue"), StandardCharsets.UTF_8);
    }
  }

  @Nested
  class OldAndNew {
    @Test
    void readsAnExactRevision() {
      long before = server.revision();
      api.delete(TEMPLATES + "/a");

      assertThat(
              api.get(TEMPLATES + "?resourceVersionMatch=Exact&resourceVersion=" + before).names())
          .containsExactly("a", "b", "c");
      assertThat(api.get(TEMPLATES + "?limit=9&resourceVersion=" + before).names()).hasSize(3);
      assertThat(api.get(TEMPLATES + "?resourceVersion=" + before).names()).hasSize(2);
    }

    @Test
    void hasForgottenOldRevisions() {
      forget();

      Api.Answer gone = api.get(TEMPLATES + "?resourceVersionMatch=Exact&resourceVersion=2");

      assertThat(gone.code()).isEqualTo(410);
      assertThat(gone.message()).isEqualTo("The resourceVersion for the provided list is too old.");
    }

    @Test
    void refusesARevisionThatIsYetToCome() {
      long now = server.revision();

      Api.Answer refused = api.get(TEMPLATES + "/a?resourceVersion=999");

      assertThat(refused.code()).isEqualTo(504);
      assertThat(refused.reason()).isEqualTo("Timeout");
      assertThat(refused.message())
          .isEqualTo("Timeout: Too large resource version: 999, current: " + now);
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(refused.at("details", "causes"))
          .isEqualTo("[{reason=ResourceVersionTooLarge, message=Too large resource version}]");
      assertThat(api.get(TEMPLATES + "?resourceVersion=999").code()).isEqualTo(504);
    }

    @Test
    void waitsForARevisionThatComesInTime() throws Exception {
      VirtualTime time = new VirtualTime();
      try (KubeApiServer patient = KubeApiServer.builder().time(time).scheduler(time).start()) {
        Api client = new Api(patient, "tester");
        long next = patient.revision() + 1;
        CompletableFuture<Api.Answer> list =
            CompletableFuture.supplyAsync(() -> client.get(TEMPLATES + "?resourceVersion=" + next));
        while (time.pending() == 0) {
          Thread.onSpinWait();
        }
        time.advance(Duration.ofMillis(60));
        assertThat(list.isDone()).isFalse();
        client.post(TEMPLATES, template("late"));
        while (!list.isDone()) {
          time.advance(Duration.ofMillis(50));
          Thread.onSpinWait();
        }
        assertThat(list.get(30, TimeUnit.SECONDS).names()).containsExactly("late");
      }
    }

    @Test
    void waitsThreeSecondsUnlessToldOtherwise() throws Exception {
      VirtualTime time = new VirtualTime();
      try (KubeApiServer patient = KubeApiServer.builder().time(time).scheduler(time).start()) {
        Api client = new Api(patient, "tester");
        CompletableFuture<Api.Answer> refused =
            CompletableFuture.supplyAsync(() -> client.get(TEMPLATES + "?resourceVersion=999"));
        Duration waited = Duration.ZERO;
        while (!refused.isDone()) {
          if (time.pending() > 0) {
            time.advance(Duration.ofMillis(50));
            waited = waited.plusMillis(50);
          }
          Thread.onSpinWait();
        }
        assertThat(waited).isBetween(Duration.ofMillis(2950), Duration.ofMillis(3050));
        assertThat(refused.get(30, TimeUnit.SECONDS).code()).isEqualTo(504);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pods, spec.nodeName=n, p",
    "pods, status.phase=Pending, p",
    "secrets, type=Opaque, s",
    "namespaces, status.phase=Active, ''",
    "nodes, spec.unschedulable=false, n",
    "pods, spec.hostNetwork=false, p",
    "replicationcontrollers, status.replicas=0, r",
    "events, source=kubelet, e",
  })
  void selectsByTheFieldsOfAKind(String plural, String selector, String name) {
    String ns = "/api/v1/namespaces/default/";
    api.post(ns + "pods", Manifests.pod("p", "\"nodeName\":\"n\","));
    api.post(ns + "secrets", "{\"metadata\":{\"name\":\"s\"}}");
    api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n\"}}");
    api.post(
        ns + "replicationcontrollers",
        "{\"metadata\":{\"name\":\"r\"},\"spec\":{%s}}".formatted(Manifests.TEMPLATE));
    api.post(
        ns + "events", "{\"metadata\":{\"name\":\"e\"},\"source\":{\"component\":\"kubelet\"}}");

    assertThat(api.get("/api/v1/" + plural + "?fieldSelector=" + selector).names())
        .contains(name.isEmpty() ? "default" : name);
    assertThat(api.get("/api/v1/" + plural + "?fieldSelector=no.such=x").code()).isEqualTo(400);
  }

  private void forget() {
    api.post(TEMPLATES, template("x"));
    for (int i = 0; i < 30; i++) {
      api.merge(TEMPLATES + "/x", "{\"metadata\":{\"annotations\":{\"k\":\"" + i + "\"}}}");
    }
  }

  private static String template(String name) {
    return "{\"metadata\":{\"name\":\"%s\"},%s}".formatted(name, Manifests.TEMPLATE);
  }
}
