package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiFaultHandle;
import io.terraorbit.foundation.harness.environment.ApiObserver;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults, and users who are cut off. */
@Timeout(60)
class DisturbanceTest {
  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Faults {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "409 | Conflict | Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again | ''",
          "429 | TooManyRequests | too many requests, please try again later | 1",
          "500 | InternalError | Internal error occurred: etcdserver: leader changed | ''",
          "503 | ServiceUnavailable | the server is currently unable to handle the request | 1",
          "504 | Timeout | Timeout: request did not complete within the allotted timeout | 1",
        })
    void lookLikeThoseOfARealServer(int code, String reason, String message, String retryAfter) {
      ApiFaultHandle fault = inject(new RequestMatch("write", "ConfigMap", "", "", ""), code, 1);
      long revision = server.revision();

      Api.Answer refused = api.post(CONFIG_MAPS, configMap("a", ""));

      assertThat(refused.code()).isEqualTo(code);
      assertThat(refused.reason()).isEqualTo(reason);
      assertThat(refused.message()).isEqualTo(message);
      assertThat(refused.header("retry-after")).isEqualTo(retryAfter);
      assertThat(refused.at("details", "retryAfterSeconds")).isEqualTo(retryAfter);
      assertThat(server.revision()).isEqualTo(revision);
      assertThat(fault.hits()).isEqualTo(1);
      assertThat(api.post(CONFIG_MAPS, configMap("a", "")).code()).isEqualTo(201);
      assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void actAsOftenAsAskedUnlessHealed() {
      ApiFaultHandle twice = inject(new RequestMatch("get", "", "", "", ""), 503, 2);
      ApiFaultHandle healed = inject(new RequestMatch("list", "", "", "", ""), 503, 9);
      healed.heal();

      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(503);
      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(503);
      assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
      assertThat(twice.hits()).isEqualTo(2);
      assertThat(api.get(CONFIG_MAPS).code()).isEqualTo(200);
      assertThat(healed.hits()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
      "get, GET, /a, ''",
      "list, GET, '', ''",
      "watch, GET, ?watch=1, ''",
      "create, POST, '', {}",
      "update, PUT, /a, {}",
      "patch, PATCH, /a, {}",
      "delete, DELETE, /a, ''",
      "delete, DELETE, '', ''",
    })
    void matchByVerb(String verb, String method, String path, String body) {
      inject(new RequestMatch(verb, "ConfigMap", "default", "", "tester"), 503, 1);
      String type = method.equals("PATCH") ? Api.MERGE : body.isEmpty() ? "" : "application/json";

      assertThat(new Api(server, "other").get(CONFIG_MAPS).code()).isEqualTo(200);
      assertThat(api.send(method, CONFIG_MAPS + path, type, body).code()).isEqualTo(503);
    }

    @Test
    void areToldToObservers() throws Exception {
      List<ApiRejection> seen = new ArrayList<>();
      inject(new RequestMatch("create", "", "", "a", ""), 429, 1);
      try (AutoCloseable observing =
          server
              .control()
              .observe(
                  new ApiObserver() {
                    @Override
                    public void rejected(ApiRejection rejection) {
                      seen.add(rejection);
                    }
                  })) {
        assertThat(observing).isNotNull();
        api.post(CONFIG_MAPS, configMap("b", ""));
        api.post(CONFIG_MAPS, configMap("a", ""));
      }

      assertThat(seen).hasSize(1);
      assertThat(seen.get(0).toString())
          .contains("tester", "create", "ConfigMap/default/a", "429", "fault-1");
    }

    private ApiFaultHandle inject(RequestMatch match, int code, int count) {
      return server.control().inject(new ApiFault.Reject("fault-1", match, code, count));
    }
  }

  @Nested
  class Revocation {
    @Test
    void withholdsTheReplyToTheVeryWriteThatIsObserved() {
      server
          .control()
          .observe(
              new ApiObserver() {
                @Override
                public void committed(ApiCommit commit) {
                  if (commit.user().equals("tester")) {
                    server.control().revoke("tester");
                  }
                }
              });

      assertThatThrownBy(
              () -> raw().exchange("POST", CONFIG_MAPS, "application/json", configMap("a", "")))
          .isInstanceOf(IOException.class);

      Api other = new Api(server, "other");
      assertThat(other.get(CONFIG_MAPS + "/a").code()).isEqualTo(200);
      long revision = server.revision();
      assertThatThrownBy(
              () -> raw().exchange("POST", CONFIG_MAPS, "application/json", configMap("b", "")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> raw().exchange("GET", CONFIG_MAPS, "", ""))
          .isInstanceOf(IOException.class);
      assertThat(server.revision()).isEqualTo(revision);
    }

    @Test
    void stopsADeletionOfManyInTheMiddle() {
      for (String name : List.of("a", "b", "c")) {
        api.post(CONFIG_MAPS, configMap(name, ""));
      }
      server
          .control()
          .observe(
              new ApiObserver() {
                @Override
                public void committed(ApiCommit commit) {
                  if (commit.object().name().equals("b")) {
                    server.control().revoke("tester");
                  }
                }
              });

      assertThatThrownBy(() -> raw().exchange("DELETE", CONFIG_MAPS, "", ""))
          .isInstanceOf(IOException.class);

      assertThat(new Api(server, "other").get(CONFIG_MAPS).names())
          .containsExactly("c", "kube-root-ca.crt");
    }

    @Test
    void dropsWatchesOfTheUserAndOfNoOther() {
      Api other = new Api(server, "other");
      String from = CONFIG_MAPS + "?resourceVersion=" + server.revision();
      try (Api.Watch theirs = api.watch(from);
          Api.Watch ours = other.watch(from)) {
        server.control().revoke("tester");
        other.post(CONFIG_MAPS, configMap("a", ""));

        assertThat(ours.brief()).isEqualTo("ADDED a");
        assertThatThrownBy(theirs::ended).hasRootCauseInstanceOf(IOException.class);
      }
      assertThat(server.control().revision()).isEqualTo(server.revision());
    }

    private Api raw() {
      return new Api(server, "tester");
    }
  }
}
