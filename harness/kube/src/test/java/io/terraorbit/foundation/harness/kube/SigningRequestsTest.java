package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificate signing requests: one decides, another signs. */
class SigningRequestsTest {
  private static final String REQUEST = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String APPROVED =
      "{\"type\":\"Approved\",\"status\":\"True\",\"reason\":\"r\"}";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @BeforeEach
  void request() {
    String pem =
        Base64.getEncoder()
            .encodeToString(
                "-----BEGIN CERTIFICATE REQUEST-----\nMA==\n-----END CERTIFICATE REQUEST-----\n"
                    .getBytes(StandardCharsets.US_ASCII));
    Api.Answer made =
        api.post(
            REQUEST,
            "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"signerName\":\"a.b/c\",\"request\":\""
                + pem
                + "\"},\"status\":{\"certificate\":\"bWluZQ==\"}}");
    assertThat(made.at("status")).isEqualTo("{}");
    assertThat(made.at("spec", "usages")).isEqualTo("[digital signature, key encipherment]");
  }

  @Test
  void areApprovedApart() {
    Api.Answer byStatus = conditions("/status", APPROVED);
    Api.Answer approved = conditions("/approval", APPROVED);
    Api.Answer both =
        conditions("/approval", APPROVED + ",{\"type\":\"Denied\",\"status\":\"True\"}");
    Api.Answer not = conditions("/approval", "{\"type\":\"Denied\",\"status\":\"False\"}");

    assertThat(byStatus.at("status", "conditions")).isEmpty();
    assertThat(approved.at("status", "conditions")).contains("type=Approved");
    assertThat(both.message()).contains("Approved and Denied conditions are mutually exclusive");
    assertThat(not.message()).contains("status.conditions[0].status: Unsupported value: \"False\"");
  }

  @Test
  void areSignedByTheStatusOnly() {
    conditions("/approval", APPROVED);
    Api.Answer signed = api.merge(REQUEST + "/r/status", "{\"status\":{\"certificate\":\"eA==\"}}");
    Api.Answer meddled =
        api.merge(
            REQUEST + "/r/approval",
            "{\"status\":{\"certificate\":\"eQ==\"},\"spec\":{\"signerName\":\"x/y\"}}");
    Api.Answer changed = api.merge(REQUEST + "/r", "{\"spec\":{\"signerName\":\"x/y\"}}");

    assertThat(signed.at("status", "certificate")).isEqualTo("eA==");
    assertThat(signed.at("status", "conditions")).contains("type=Approved");
    assertThat(meddled.at("status", "certificate")).isEqualTo("eA==");
    assertThat(changed.at("spec", "signerName")).isEqualTo("a.b/c");
  }

  private Api.Answer conditions(String subresource, String conditions) {
    return api.merge(
        REQUEST + "/r" + subresource, "{\"status\":{\"conditions\":[" + conditions + "]}}");
  }
}
