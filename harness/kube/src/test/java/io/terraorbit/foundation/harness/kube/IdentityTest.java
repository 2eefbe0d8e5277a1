package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who somebody is, and the tokens of service accounts, where everybody may do everything. */
@Timeout(60)
class IdentityTest {
  private static final String AUTHENTICATION = "/apis/authentication.k8s.io/v1/";
  private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";

  private final VirtualTime time = new VirtualTime();
  private final KubeApiServer server = KubeApiServer.builder().time(time).scheduler(time).start();
  private final Api api = new Api(server, "ann");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Reviews {
    @Test
    void tellWhoAsks() {
      Api member = new Api(server.url(), server.token("bob", List.of("devs")));
      Api nobody = new Api(server.url(), "");

      assertThat(member.post(AUTHENTICATION + "selfsubjectreviews", "{}").text())
          .isEqualTo(
              "{\"kind\":\"SelfSubjectReview\",\"apiVersion\":\"authentication.k8s.io/v1\","
                  + "\"metadata\":{},\"status\":{\"userInfo\":{\"username\":\"bob\",\"groups\":"
                  + "[\"devs\",\"system:authenticated\"]}}}");
      Api.Answer unknown = nobody.post(AUTHENTICATION + "selfsubjectreviews", "{}");
      assertThat(unknown.code()).isEqualTo(201);
      assertThat(unknown.at("status", "userInfo", "username")).isEqualTo("system:anonymous");
      assertThat(unknown.at("status", "userInfo", "groups")).isEqualTo("[system:unauthenticated]");
    }

    @Test
    void allowEverythingWithoutRoles() {
      String spec =
          "{\"spec\":{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"pods\"}%s}}";

      assertThat(
              api.post(AUTHORIZATION + "selfsubjectaccessreviews", spec.formatted("")).at("status"))
          .isEqualTo("{allowed=true}");
      assertThat(
              api.post(AUTHORIZATION + "subjectaccessreviews", spec.formatted(",\"user\":\"bob\""))
                  .at("status", "allowed"))
          .isEqualTo("true");
      Api.Answer rules =
          api.post(
              AUTHORIZATION + "selfsubjectrulesreviews", "{\"spec\":{\"namespace\":\"default\"}}");
      assertThat(Json.text(rules.body().get("status")))
          .isEqualTo(
              "{\"resourceRules\":[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}],"
                  + "\"nonResourceRules\":[{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"*\"]}],"
                  + "\"incomplete\":false}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "selfsubjectaccessreviews | {} | .authorization.k8s.io \"\" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified",
          "subjectaccessreviews | {\"resourceAttributes\":{}} | .authorization.k8s.io \"\" is invalid: spec.user: Invalid value: \"\": at least one of user or group must be specified",
          "selfsubjectaccessreviews | {\"resourceAttributes\":{},\"nonResourceAttributes\":{\"path\":\"/\"}} | .authorization.k8s.io \"\" is invalid: spec.nonResourceAttributes: Invalid value: {\"Path\":\"/\",\"Verb\":\"\"}: cannot be specified in combination with resourceAttributes",
          "namespaces/default/localsubjectaccessreviews | {\"user\":\"x\",\"resourceAttributes\":{\"namespace\":\"other\"}} | .authorization.k8s.io \"\" is invalid: spec.resourceAttributes.namespace: Invalid value: \"other\": must match metadata.namespace",
          "subjectaccessreviews | {} | .authorization.k8s.io \"\" is invalid: [spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified, spec.user: Invalid value: \"\": at least one of user or group must be specified]",
          "selfsubjectrulesreviews | {} | no namespace on request",
        })
    void refuseWhatIsUnclear(String resource, String spec, String message) {
      Api.Answer refused = api.post(AUTHORIZATION + resource, "{\"spec\":" + spec + "}");

      assertThat(refused.message()).isEqualTo(message);
    }

    @Test
    void areOfNothingThatHasAName() {
      Api.Answer refused =
          api.post(
              AUTHORIZATION + "selfsubjectaccessreviews",
              "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"nonResourceAttributes\":{\"path\":\"/\"}}}");

      assertThat(refused.message())
          .isEqualTo(
              ".authorization.k8s.io \"\" is invalid: metadata: Invalid value: {\"name\":\"x\"}:"
                  + " must be empty");
    }

    @Test
    void refuseALocalReviewOfPaths() {
      assertThat(
              api.post(
                      AUTHORIZATION + "namespaces/default/localsubjectaccessreviews",
                      "{\"spec\":{\"user\":\"x\",\"nonResourceAttributes\":{\"path\":\"/\"}}}")
                  .message())
          .contains("spec.nonResourceAttributes", "disallowed on this kind of request");
    }

    @Test
    void areNeverStoredNorShownAsTables() throws IOException {
      long before = server.revision();
      String path = AUTHENTICATION + "selfsubjectreviews";

      assertThat(api.post(path, "{}").code()).isEqualTo(201);
      assertThat(server.revision()).isEqualTo(before);
      assertThat(api.get(path).code()).isEqualTo(405);
      assertThat(
              api.exchange(
                      "POST",
                      path,
                      "application/json",
                      "{}",
                      "Accept",
                      "application/json;as=Table;v=v1;g=meta.k8s.io")
                  .code())
          .isEqualTo(406);
    }
  }

  @Nested
  class TokensOfAccounts {
    @Test
    void speakForTheAccountUntilTheyExpire() {
      Api.Answer made = request("{\"spec\":{\"expirationSeconds\":600}}");
      Api bearer = new Api(server.url(), made.at("status", "token"));

      assertThat(made.code()).isEqualTo(201);
      assertThat(made.at("kind")).isEqualTo("TokenRequest");
      assertThat(made.at("status", "expirationTimestamp")).isEqualTo("2026-01-01T00:10:00Z");
      Api.Answer self = bearer.post(AUTHENTICATION + "selfsubjectreviews", "{}");
      assertThat(self.at("status", "userInfo", "username"))
          .isEqualTo("system:serviceaccount:default:default");
      assertThat(self.at("status", "userInfo", "groups"))
          .isEqualTo(
              "[system:serviceaccounts, system:serviceaccounts:default, system:authenticated]");
      assertThat(self.at("status", "userInfo", "uid"))
          .isEqualTo(api.get(ACCOUNTS + "/default").at("metadata", "uid"));
      time.advance(Duration.ofSeconds(599));
      assertThat(bearer.get(CONFIG_MAPS).code()).isEqualTo(200);
      time.advance(Duration.ofSeconds(1));
      Api.Answer expired = bearer.get(CONFIG_MAPS);
      assertThat(expired.code()).isEqualTo(401);
      assertThat(expired.message()).isEqualTo("Unauthorized");
    }

    @Test
    void endWithTheAccount() {
      api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
      Api bearer =
          new Api(server.url(), api.post(ACCOUNTS + "/robot/token", "{}").at("status", "token"));
      assertThat(bearer.get(CONFIG_MAPS).code()).isEqualTo(200);

      api.delete(ACCOUNTS + "/robot");
      assertThat(bearer.get(CONFIG_MAPS).code()).isEqualTo(401);
      api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
      assertThat(bearer.get(CONFIG_MAPS).code()).isEqualTo(401);
    }

    @Test
    void endWithTheObjectThatTheyAreBoundTo() {
      api.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}");
      Api.Answer made =
          request(
              "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"name\":\"s\"}}}");
      Api bearer = new Api(server.url(), made.at("status", "token"));
      assertThat(bearer.get(CONFIG_MAPS).code()).isEqualTo(200);

      api.delete("/api/v1/namespaces/default/secrets/s");

      assertThat(bearer.get(CONFIG_MAPS).code()).isEqualTo(401);
      assertThat(review(made.at("status", "token"), "").at("status", "error"))
          .isEqualTo("[invalid bearer token, service account token has been invalidated]");
    }

    @Test
    void tellOfThePodThatTheyAreBoundTo() {
      String pods = "/api/v1/namespaces/default/pods";
      api.post(
          pods,
          "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"serviceAccountName\":\"default\","
              + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
      Api.Answer made =
          request(
              "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\"}}}");

      assertThat(
              review(made.at("status", "token"), "")
                  .at("status", "user", "extra", "authentication.kubernetes.io/pod-name"))
          .isEqualTo("[p]");
      assertThat(
              api.post(
                      ACCOUNTS + "/default/token",
                      "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\",\"uid\":\"x\"}}}")
                  .code())
          .isEqualTo(409);
      api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
      assertThat(
              api.post(
                      ACCOUNTS + "/robot/token",
                      "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\"}}}")
                  .message())
          .isEqualTo(
              "cannot bind token for serviceaccount \"robot\" to pod running with different"
                  + " serviceaccount name.");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "default | {\"expirationSeconds\":60} | 422 | TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes",
          "default | {\"expirationSeconds\":4294967297} | 422 | TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds",
          "none | {} | 404 | serviceaccounts \"none\" not found",
          "default | {\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"name\":\"x\"}} | 404 | secrets \"x\" not found",
          "default | {\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"name\":\"x\"}} | 400 | cannot bind token to object of type /v1, Kind=Service",
          "default | {\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}} | 400 | Name parameter required.",
          "default | {\"audiences\":\"a\"} | 400 | TokenRequest in version \"v1\" cannot be handled as a TokenRequest: json: cannot unmarshal string into Go struct field TokenRequestSpec.spec.audiences of type []string",
        })
    void areRefused(String account, String spec, int code, String message) {
      Api.Answer refused = api.post(ACCOUNTS + "/" + account + "/token", "{\"spec\":" + spec + "}");

      assertThat(refused.code()).isEqualTo(code);
      assertThat(refused.message()).isEqualTo(message);
    }

    @Test
    void areForTheAccountOfThePath() {
      Api.Answer other =
          api.post(ACCOUNTS + "/default/token", "{\"metadata\":{\"name\":\"other\"},\"spec\":{}}");

      assertThat(other.code()).isEqualTo(422);
      assertThat(other.message())
          .isEqualTo(
              "TokenRequest.authentication.k8s.io \"default\" is invalid: metadata.name: Invalid"
                  + " value: \"other\": must match the service account name if specified");
    }

    @Test
    void areGoodOnlyForTheirAudience() {
      String token = request("{\"spec\":{\"audiences\":[\"vault\"]}}").at("status", "token");

      assertThat(new Api(server.url(), token).get(CONFIG_MAPS).code()).isEqualTo(401);
      Api.Answer vault = review(token, "vault");
      assertThat(vault.at("status", "authenticated")).isEqualTo("true");
      assertThat(vault.at("status", "audiences")).isEqualTo("[vault]");
      assertThat(review(token, "").at("status", "error"))
          .isEqualTo(
              "[invalid bearer token, token audiences [\"vault\"] is invalid for the target"
                  + " audiences [\"https://kubernetes.default.svc.cluster.local\"]]");
    }

    @Test
    void areReviewedLikeAllOthers() {
      assertThat(review(server.token("bob"), "").at("status", "user", "username")).isEqualTo("bob");
      assertThat(review(server.token("bob"), "vault").at("status", "authenticated")).isEmpty();
      assertThat(review("a.b.c", "").at("status", "error")).isEqualTo("invalid bearer token");
      assertThat(review("nonsense", "").at("status", "user")).isEqualTo("{}");
      assertThat(api.post(AUTHENTICATION + "tokenreviews", "{}").message())
          .isEqualTo("token is required for TokenReview in authentication");
    }

    @Test
    void areVerifiableWithThePublishedKeyAndNotWhenTamperedWith() throws Exception {
      String token = request("{}").at("status", "token");
      Map<String, Object> discovery = api.get("/.well-known/openid-configuration").body();
      Api.Answer keys = api.get("/openid/v1/jwks");
      Object key = Values.listAt(keys.body(), "keys").get(0);
      String[] parts = token.split("\\.");
      Map<String, Object> header = Json.readObject(Base64.getUrlDecoder().decode(parts[0]));
      Map<String, Object> claims = Json.readObject(Base64.getUrlDecoder().decode(parts[1]));

      assertThat(keys.header("content-type")).isEqualTo("application/jwk-set+json");
      assertThat(discovery)
          .containsEntry("issuer", claims.get("iss"))
          .containsEntry(
              "jwks_uri", "https://127.0.0.1:%d/openid/v1/jwks".formatted(server.url().getPort()));
      assertThat(header).containsEntry("alg", "ES256");
      assertThat(Values.string(key, "kid")).contains(String.valueOf(header.get("kid")));
      assertThat(claims).containsEntry("sub", "system:serviceaccount:default:default");
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(publicKey(key));
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
      String forged =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  Json.write(Values.with(claims, "system:serviceaccount:kube-system:x", "sub")));
      assertThat(
              new Api(server.url(), parts[0] + "." + forged + "." + parts[2])
                  .get(CONFIG_MAPS)
                  .code())
          .isEqualTo(401);
      String none =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII));
      assertThat(new Api(server.url(), none + "." + parts[1] + ".").get(CONFIG_MAPS).code())
          .isEqualTo(401);
      assertThat(api.get("/openid/v2").code()).isEqualTo(404);
      assertThat(api.post("/openid/v1/jwks", "{}").code()).isEqualTo(405);
    }

    private Api.Answer request(String body) {
      return api.post(ACCOUNTS + "/default/token", body);
    }

    private Api.Answer review(String token, String audience) {
      String audiences = audience.isEmpty() ? "" : ",\"audiences\":[\"" + audience + "\"]";
      return api.post(
          AUTHENTICATION + "tokenreviews",
          "{\"spec\":{\"token\":\"" + token + "\"" + audiences + "}}");
    }

    private static PublicKey publicKey(Object key) throws Exception {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      ECPoint point = new ECPoint(coordinate(key, "x"), coordinate(key, "y"));
      return KeyFactory.getInstance("EC")
          .generatePublic(
              new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger coordinate(Object key, String name) {
      byte[] bytes = Base64.getUrlDecoder().decode(Values.string(key, name).orElseThrow());
      assertThat(bytes).hasSize(32);
      return new BigInteger(1, bytes);
    }
  }

  @Test
  void impersonationWorksForEveryoneWithoutRoles() throws IOException {
    String path = AUTHENTICATION + "selfsubjectreviews";
    Api.Answer acting =
        api.exchange(
            "POST",
            path,
            "application/json",
            "{}",
            "Impersonate-User",
            "bob",
            "Impersonate-Group",
            "devs",
            "Impersonate-Group",
            "ops",
            "Impersonate-Uid",
            "7",
            "Impersonate-Extra-Acme.com%2FScopes",
            "view");

    assertThat(Json.text(Values.at(acting.body(), "status", "userInfo").orElseThrow()))
        .isEqualTo(
            "{\"username\":\"bob\",\"uid\":\"7\",\"groups\":[\"devs\",\"ops\","
                + "\"system:authenticated\"],\"extra\":{\"acme.com/scopes\":[\"view\"]}}");
    assertThat(groups("system:serviceaccount:shop:robot"))
        .isEqualTo("[system:serviceaccounts, system:serviceaccounts:shop, system:authenticated]");
    assertThat(groups("system:anonymous")).isEqualTo("[system:unauthenticated]");
    assertThat(api.exchange("GET", CONFIG_MAPS, "", "", "Impersonate-Group", "ops").code())
        .isEqualTo(500);
  }

  private String groups(String user) throws IOException {
    return api.exchange(
            "POST",
            AUTHENTICATION + "selfsubjectreviews",
            "application/json",
            "{}",
            "Impersonate-User",
            user)
        .at("status", "userInfo", "groups");
  }
}
