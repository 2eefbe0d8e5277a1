package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies in protobuf, with the answers of a kube-apiserver 1.36. */
@Timeout(60)
class ProtobufTest {
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String UNRECOGNIZED =
      "the object provided is unrecognized (must be of type ConfigMap): ";

  /** {@code k8s\0}, then the type {@code v1 ConfigMap}. */
  private static final String CONFIG_MAP =
      "6b387300" + "0a0f" + "0a027631" + "1209436f6e6669674d6170";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anObjectIsCreatedAndReadInJson() {
    Api.Answer created =
        send("POST", Api.CONFIG_MAPS, CONFIG_MAP + "120d" + "0a030a0178" + "12060a016b120176");

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.at("data")).isEqualTo("{k=v}");
    assertThat(api.get(Api.CONFIG_MAPS + "/x").at("data")).isEqualTo("{k=v}");
  }

  @Test
  void anObjectIsReplaced() {
    api.post(Api.CONFIG_MAPS, Api.configMap("x", "v"));

    Api.Answer replaced =
        send(
            "PUT", Api.CONFIG_MAPS + "/x", CONFIG_MAP + "120d" + "0a030a0178" + "12060a016b120177");

    assertThat(replaced.code()).isEqualTo(200);
    assertThat(replaced.at("data")).isEqualTo("{k=w}");
  }

  @Test
  void aBodyMayLeaveItsKindOut() {
    assertThat(send("POST", Api.CONFIG_MAPS, "6b387300" + "1205" + "0a030a0178").code())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | empty data (<empty>)",
        "616263 | provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (616263)",
        "6b3873010a | provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (6b3873010a)",
        "6b387300 | empty body (6b387300)",
        "6b3873000a | unexpected EOF (6b3873000a)",
        "6b3873000a05616263 | unexpected EOF (6b3873000a05616263)",
      })
  void aBodyThatIsNoEnvelopeIsRefused(String hex, String why) {
    Api.Answer refused = send("POST", Api.CONFIG_MAPS, hex);

    assertThat(refused.message()).isEqualTo(UNRECOGNIZED + why);
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("BadRequest");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12050d030a0178 | proto: wrong wireType = 5 for field ObjectMeta",
        "12020700 | proto: ConfigMap: illegal tag 0 (wire type 7)",
        "12020000 | proto: ConfigMap: illegal tag 0 (wire type 0)",
        "12020c00 | proto: ConfigMap: wiretype end group for non-group",
        "120a08ffffffffffffffffff | proto: wrong wireType = 0 for field ObjectMeta",
      })
  void aMessageThatIsBrokenIsRefused(String hex, String why) {
    Api.Answer refused = send("POST", Api.CONFIG_MAPS, CONFIG_MAP + hex);

    assertThat(refused.message())
        .isEqualTo("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: " + why);
    assertThat(refused.code()).isEqualTo(400);
  }

  @Test
  void fieldsThatNobodyKnowsArePassedOver() {
    // number 31: a length, a 32-bit and a 64-bit value, a varint, and a group
    String unknown =
        "fa010161" + "fd0100000000" + "f9010000000000000000" + "f80101" + "fb01" + "0801" + "fc01";

    Api.Answer created =
        send(
            "POST",
            Api.CONFIG_MAPS,
            CONFIG_MAP + "12%02x".formatted(5 + unknown.length() / 2) + unknown + "0a030a0178");

    assertThat(created.code()).isEqualTo(201);
  }

  @Test
  void anotherKindIsRefused() {
    assertThat(
            send("POST", Api.CONFIG_MAPS, "6b3873000a0c0a0276311206536563726574" + "12050a030a0178")
                .message())
        .isEqualTo(
            "Secret in version \"v1\" cannot be handled as a ConfigMap:"
                + " converting (v1.Secret) to (core.ConfigMap): unknown conversion");
    assertThat(
            send("POST", Api.CONFIG_MAPS, "6b3873000a090a027639" + "1203466f6f" + "12050a030a0178")
                .message())
        .startsWith("Foo in version \"v9\" cannot be handled as a ConfigMap: no kind \"Foo\"");
  }

  @Test
  void aDeletionTakesItsOptions() {
    api.post(Api.CONFIG_MAPS, Api.configMap("x", "v"));
    String options = "6b3873000a130a027631120d44656c6574654f7074696f6e73";

    assertThat(send("DELETE", Api.CONFIG_MAPS + "/x", options + "12020a00").message())
        .isEqualTo("proto: wrong wireType = 2 for field GracePeriodSeconds");
    Api.Answer other = send("DELETE", Api.CONFIG_MAPS + "/x", options + "1206" + "12040a026e6f");
    assertThat(other.code()).isEqualTo(409);
    assertThat(send("DELETE", Api.CONFIG_MAPS + "/x", options + "1202" + "0800").code())
        .isEqualTo(200);
    assertThat(api.get(Api.CONFIG_MAPS + "/x").code()).isEqualTo(404);
  }

  @Test
  void customResourcesAreNotMessages() {
    api.post(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        """
        {"metadata":{"name":"ws.ex.io"},"spec":{"group":"ex.io","scope":"Namespaced",
          "names":{"plural":"ws","kind":"W"},"versions":[{"name":"v1","served":true,"storage":true,
            "schema":{"openAPIV3Schema":{"type":"object"}}}]}}
        """);
    String path = "/apis/ex.io/v1/namespaces/default/ws";

    assertThat(send("POST", path, CONFIG_MAP).message())
        .isEqualTo(
            "ConfigMap in version \"v1\" cannot be handled as a W:"
                + " Object 'Kind' is missing in 'object has no kind field '");
    assertThat(send("POST", path, "7b7d").message())
        .startsWith("the object provided is unrecognized (must be of type W): provided data does");
  }

  private Api.Answer send(String method, String path, String hex) {
    HttpRequest request =
        api.request(path)
            .setHeader("Content-Type", PROTOBUF)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(HexFormat.of().parseHex(hex)))
            .build();
    try {
      return new Api.Answer(
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
