package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FieldValidationTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String ODD =
      "{\"metadata\":{\"name\":\"a\",\"foo\":1},\"data\":{\"k\":\"v\",\"k\":\"w\"},\"bar\":{}}";
  private static final String FINDINGS =
      "unknown field \"metadata.foo\", duplicate field \"data.k\", unknown field \"bar\"";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class OfBuiltInKinds {
    @Test
    void refusesStrictly() {
      Api.Answer refused = api.post(CONFIG_MAPS + "?fieldValidation=Strict", ODD);

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.reason()).isEqualTo("BadRequest");
      assertThat(refused.message())
          .isEqualTo(
              "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: "
                  + FINDINGS);
      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"''", "?fieldValidation=Warn"})
    void warnsUnlessToldOtherwise(String parameter) {
      Api.Answer made = api.post(CONFIG_MAPS + parameter, ODD);

      assertThat(made.code()).isEqualTo(201);
      assertThat(made.at("data")).isEqualTo("{k=w}");
      assertThat(made.text()).doesNotContain("foo").doesNotContain("bar");
      assertThat(made.header("warning")).contains("299 - \"unknown field \\\"metadata.foo\\\"\"");
    }

    @Test
    void ignoresOnDemand() {
      Api.Answer made = api.post(CONFIG_MAPS + "?fieldValidation=Ignore", ODD);

      assertThat(made.code()).isEqualTo(201);
      assertThat(made.header("warning")).isEmpty();
      assertThat(made.text()).doesNotContain("foo").doesNotContain("bar");
    }

    @Test
    void judgesWhatAPatchMakes() {
      api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");

      Api.Answer strict =
          api.merge(
              CONFIG_MAPS + "/a?fieldValidation=Strict",
              "{\"foo\":1,\"data\":{\"x\":\"1\",\"x\":\"2\"}}");
      Api.Answer mistyped = api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"k\":1}}");
      Api.Answer warned = api.merge(CONFIG_MAPS + "/a", "{\"foo\":1,\"data\":{\"k\":\"w\"}}");

      assertThat(strict.code()).isEqualTo(422);
      assertThat(strict.message())
          .startsWith(" \"\" is invalid: patch: Invalid value: \"{")
          .endsWith("strict decoding error: duplicate field \"data.x\", unknown field \"foo\"");
      assertThat(mistyped.code()).isEqualTo(422);
      assertThat(mistyped.reason()).isEqualTo("Invalid");
      assertThat(mistyped.message())
          .endsWith(
              "json: cannot unmarshal number into Go struct field ConfigMap.data of type string");
      assertThat(warned.at("data")).isEqualTo("{k=w}");
      assertThat(warned.header("warning")).contains("unknown field \\\"foo\\\"");
    }

    @Test
    void keepsNothingThatSaysNothing() {
      Api.Answer made =
          api.post(
              CONFIG_MAPS,
              "{\"metadata\":{\"name\":\"a\",\"annotations\":{}},\"data\":{},\"immutable\":false}");
      Api.Answer same =
          api.put(CONFIG_MAPS + "/a", "{\"metadata\":{\"name\":\"a\"},\"immutable\":false}");

      assertThat(made.body()).doesNotContainKey("data").containsEntry("immutable", false);
      assertThat(same.at("metadata", "resourceVersion"))
          .isEqualTo(made.at("metadata", "resourceVersion"));
    }

    @Test
    void refusesKindsThatAreNoText() {
      Api.Answer refused = api.post(CONFIG_MAPS, "{\"kind\":7,\"metadata\":{\"name\":\"a\"}}");

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.message())
          .isEqualTo(
              "the object provided is unrecognized (must be of type ConfigMap): couldn't get"
                  + " version/kind; json parse error: json: cannot unmarshal number into Go struct"
                  + " field .kind of type string ({\"kind\":7,\"metadata\":{\"name\":\" ...)");
    }
  }

  @Nested
  class OfCustomResources {
    private static final String FOOS = "/apis/ex.io/v1/namespaces/default/foos";
    private static final String FOO =
        """
        {"apiVersion":"ex.io/v1","kind":"Foo","metadata":{"name":"f","foo":1,"aaa":1},"z":1,"a":2,
         "spec":{"n":1,"n":2,"any":{"x":1,"x":2}},
         "inner":{"apiVersion":"v1","kind":"K","metadata":{"name":"i","bar":1,"abc":1},"spec":{"y":1}}}
        """;

    private void define() {
      Api.Answer made =
          api.post(
              "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
              """
              {"metadata":{"name":"foos.ex.io"},"spec":{"group":"ex.io","scope":"Namespaced",
               "names":{"plural":"foos","kind":"Foo"},"versions":[{"name":"v1","served":true,
               "storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{
                "spec":{"type":"object","properties":{"n":{"type":"integer"},
                 "any":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
                "inner":{"type":"object","x-kubernetes-embedded-resource":true,
                 "x-kubernetes-preserve-unknown-fields":true}}}}}]}}
              """);
      assertThat(made.code()).as(made.text()).isEqualTo(201);
    }

    @Test
    void refusesStrictlyWhereverItIs() {
      define();

      Api.Answer refused = api.post(FOOS + "?fieldValidation=Strict", FOO);

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.message())
          .isEqualTo(
              "Foo in version \"v1\" cannot be handled as a Foo: strict decoding error: duplicate"
                  + " field \"spec.n\", duplicate field \"spec.any.x\", unknown field"
                  + " \"metadata.aaa\", unknown field \"metadata.foo\", unknown field \"a\","
                  + " unknown field \"z\", unknown field \"inner.metadata.abc\", unknown field"
                  + " \"inner.metadata.bar\"");
    }

    @Test
    void dropsWhatItWarnsOf() {
      define();

      Api.Answer made = api.post(FOOS, FOO);

      assertThat(made.code()).isEqualTo(201);
      assertThat(made.at("spec")).isEqualTo("{n=2, any={x=2}}");
      assertThat(made.at("inner")).contains("metadata={name=i}").contains("spec={y=1}");
      assertThat(made.header("warning")).contains("duplicate field \\\"spec.n\\\"");
      assertThat(made.body()).doesNotContainKeys("a", "z");
    }

    @Test
    void refusesMetadataOfAWrongType() {
      define();

      assertThat(
              api.post(FOOS, "{\"apiVersion\":\"ex.io/v1\",\"kind\":\"Foo\",\"metadata\":7}")
                  .code())
          .isEqualTo(400);
      assertThat(
              api.post(
                      FOOS,
                      "{\"apiVersion\":\"ex.io/v1\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"f\","
                          + "\"labels\":{\"a\":1}}}")
                  .message())
          .isEqualTo(
              "Foo in version \"v1\" cannot be handled as a Foo: json: cannot unmarshal number into"
                  + " Go struct field ObjectMeta.labels of type string");
    }
  }

  @Nested
  class InYaml {
    @Test
    void readsAndWrites() throws IOException {
      Api.Answer made =
          api.exchange(
              "POST",
              SERVICES,
              "application/yaml",
              """
              apiVersion: v1
              kind: Service
              metadata:
                name: s
                labels: &l {a: "1", b: 'true'}
              spec:
                selector: *l
                ports:
                - {port: 0x50, targetPort: http, name: web}
              """,
              "Accept",
              "application/yaml");

      assertThat(made.code()).as(made.text()).isEqualTo(201);
      assertThat(made.header("content-type")).isEqualTo("application/yaml");
      assertThat(made.text())
          .startsWith("apiVersion: v1\nkind: Service\nmetadata:\n  creationTimestamp: ")
          .contains("  labels:\n    a: '1'\n    b: 'true'\n")
          .contains("- name: web\n    port: 80\n    protocol: TCP\n    targetPort: http\n");
      assertThat(api.get(SERVICES + "/s").at("spec", "selector")).isEqualTo("{a=1, b=true}");
      assertThat(
              api.exchange("GET", SERVICES, "", "", "Accept", "application/json, application/yaml")
                  .header("content-type"))
          .isEqualTo("application/json");
    }

    @Test
    void findsRepeatedKeys() {
      Api.Answer refused =
          api.send(
              "POST",
              CONFIG_MAPS + "?fieldValidation=Strict",
              "application/yaml",
              "metadata: {name: a}\ndata:\n  k: v\n  k: w\n");

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.message()).endsWith("strict decoding error: duplicate field \"data.k\"");
    }

    @ParameterizedTest
    @CsvSource({
      "'a: [', 400",
      "'[a]', 400",
      "'? [a]\n: b', 400",
      "'&a [*a]', 400",
      "'a: .inf', 400",
      "'\"\\u}', 400",
      "'', 422",
    })
    void refusesWhatIsNoObject(String body, int code) {
      Api.Answer refused = api.send("POST", CONFIG_MAPS, "application/yaml", body);

      assertThat(refused.code()).as(refused.text()).isEqualTo(code);
    }

    @Test
    void refusesATextThatGrowsOutOfBounds() {
      StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
      for (int i = 1; i < 9; i++) {
        String before = "*a" + (i - 1);
        bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (before + ",").repeat(9) + before));
      }

      Api.Answer refused = api.send("POST", CONFIG_MAPS, "application/yaml", bomb.toString());

      assertThat(refused.code()).isEqualTo(400);
      assertThat(refused.message()).contains("excessive aliasing");
    }

    @Test
    void keepsTheTypesOfScalars() {
      Api.Answer made =
          api.send(
              "POST",
              CONFIG_MAPS,
              "application/yaml",
              "metadata: {name: a}\nimmutable: true\ndata: {a: 'x', b: ~, c: \"0o7\"}\n");

      assertThat(made.at("data")).isEqualTo("{a=x, b=, c=0o7}");
      assertThat(made.at("immutable")).isEqualTo("true");
      assertThat(Json.text(made.body())).contains("\"immutable\":true");
    }
  }
}
