package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transcripts of the control API, as Toxiproxy 2.12.0 answers. */
class ControlApiTest {
  private final ChaosProxy server = ChaosProxy.builder().open();
  private final Api api = new Api(server);

  @AfterEach
  void close() {
    server.close();
  }

  private String created(String name) throws Exception {
    api.call(
        "POST",
        "/proxies",
        "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:9\"}"
            .formatted(name));
    return server.find(name).orElseThrow().listen();
  }

  @Nested
  class Everywhere {
    @Test
    void showsItsVersionWithToxiproxysBlankAndNewline() throws Exception {
      HttpResponse<String> response = api.raw("GET", "/version", "");
      assertThat(response.body()).isEqualTo("{\"version\": \"2.12.0\"}\n");
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/json;charset=utf-8");
    }

    @Test
    void givesEveryRoutedRequestAnIdOfItsOwn() throws Exception {
      List<String> ids =
          List.of(
              header(api.raw("GET", "/version", ""), "X-Toxiproxy-Request-Id"),
              header(api.raw("GET", "/proxies/none", ""), "X-Toxiproxy-Request-Id"));
      assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-v]{20}"));
    }

    @Test
    void refusesBrowsersOnRoutesOnly() throws Exception {
      HttpResponse<String> refused =
          api.raw("GET", "/version", "", "User-Agent", "Mozilla/5.0 (X11)");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).isEqualTo("User agent not allowed\n");
      assertThat(header(refused, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
      HttpResponse<String> unknown =
          api.raw("GET", "/nothing", "", "User-Agent", "Mozilla/5.0 (X11)");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).isEqualTo("404 page not found\n");
      assertThat(unknown.headers().firstValue("X-Toxiproxy-Request-Id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "PUT, /proxies", "DELETE, /proxies", "HEAD, /proxies", "OPTIONS, /version",
      "GET, /populate", "GET, /reset", "PUT, /proxies/a", "DELETE, /proxies/a/toxics",
      "PUT, /proxies/a/toxics/b", "POST, /version"
    })
    void answersAWrongMethodWith405AndNothingElse(String method, String path) throws Exception {
      HttpResponse<String> response = api.raw(method, path, "");
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.body()).isEmpty();
      assertThat(response.headers().firstValue("Allow")).isEmpty();
      assertThat(response.headers().firstValue("X-Toxiproxy-Request-Id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "/",
      "/metrics",
      "/proxies/",
      "/proxies/a/",
      "/proxies/a/b",
      "/proxies/a/toxics/",
      "/proxies/a/toxics/b/c",
      "/other/a",
      "/proxies/a%2Fb%2Fc",
      "/reset/now"
    })
    void answersAnUnknownPathWith404(String path) throws Exception {
      assertThat(api.call("GET", path)).isEqualTo("404 404 page not found");
    }

    @Test
    void ignoresAQuery() throws Exception {
      assertThat(api.call("GET", "/proxies?x=1")).isEqualTo("200 {}");
    }

    private String header(HttpResponse<String> response, String name) {
      return response.headers().firstValue(name).orElseThrow();
    }
  }

  @Nested
  class Proxies {
    @Test
    void areCreatedAndShownWithTheAddressReallyBound() throws Exception {
      HttpResponse<String> response =
          api.raw(
              "POST",
              "/proxies",
              "{\"name\":\"a\",\"listen\":\"localhost:0\",\"upstream\":\"127.0.0.1:9\"}");
      int port = server.find("a").orElseThrow().port();
      String shown =
          "{\"name\":\"a\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:9\",\"enabled\":true,\"Logger\":{},\"toxics\":[]}"
              .formatted(port);
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.body()).isEqualTo(shown);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(api.call("GET", "/proxies/a")).isEqualTo("200 " + shown);
    }

    @Test
    void areListedByNameInOrder() throws Exception {
      assertThat(api.call("GET", "/proxies")).isEqualTo("200 {}");
      created("b");
      created("a");
      assertThat(api.call("GET", "/proxies")).matches("200 \\{\"a\":\\{.*},\"b\":\\{.*}}");
    }

    @Test
    void areDeleted() throws Exception {
      created("a");
      assertThat(api.call("DELETE", "/proxies/a")).isEqualTo("204");
      assertThat(api.call("GET", "/proxies/a"))
          .isEqualTo("404 {\"error\":\"proxy not found\",\"status\":404}");
      assertThat(api.call("DELETE", "/proxies/a"))
          .isEqualTo("404 {\"error\":\"proxy not found\",\"status\":404}");
    }

    @Test
    void keepTheirTextWhileDisabledAndBindWhenEnabled() throws Exception {
      assertThat(
              api.call(
                  "POST",
                  "/proxies",
                  "{\"name\":\"a\",\"listen\":\"localhost:0\",\"upstream\":\"u:1\",\"enabled\":false}"))
          .contains("\"listen\":\"localhost:0\"", "\"enabled\":false");
      assertThat(api.call("PATCH", "/proxies/a", "{\"enabled\":true}"))
          .contains("\"listen\":\"127.0.0.1:", "\"enabled\":true");
    }

    @Test
    void takeOtherAddressesAndKeepTheirToxics() throws Exception {
      created("a");
      api.call("POST", "/proxies/a/toxics", "{\"type\":\"noop\"}");
      assertThat(api.call("POST", "/proxies/a", "{\"name\":\"z\",\"upstream\":\"127.0.0.1:10\"}"))
          .contains("\"name\":\"a\"", "\"upstream\":\"127.0.0.1:10\"", "noop_downstream");
      String listen = server.find("a").orElseThrow().listen();
      assertThat(api.call("PATCH", "/proxies/a", "{\"listen\":\"127.0.0.1:0\"}"))
          .doesNotContain(listen)
          .contains("\"enabled\":true");
    }

    @Test
    void doNotMoveForAnotherNameOfTheSameAddress() throws Exception {
      String listen = created("a");
      String alias = listen.replace("127.0.0.1", "localhost");
      assertThat(api.call("PATCH", "/proxies/a", "{\"listen\":\"%s\"}".formatted(alias)))
          .contains("\"listen\":\"%s\"".formatted(listen));
    }

    @Test
    void refuseAPortThatIsTaken() throws Exception {
      try (ServerSocket taken = new ServerSocket(0)) {
        String listen = "127.0.0.1:" + taken.getLocalPort();
        HttpResponse<String> response =
            api.raw(
                "POST",
                "/proxies",
                "{\"name\":\"a\",\"listen\":\"%s\",\"upstream\":\"u:1\"}".formatted(listen));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
            .isEqualTo(
                "{\"error\":\"listen tcp %s: bind: address already in use\",\"status\":500}\n"
                    .formatted(listen));
        assertThat(response.headers().firstValue("Content-Type"))
            .contains("text/plain; charset=utf-8");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(api.call("GET", "/proxies")).isEqualTo("200 {}");
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'listen':'127.0.0.1:0'} | 400 {'error':'missing required field: name','status':400}",
          "{'name':'x'} | 400 {'error':'missing required field: upstream','status':400}",
          "null | 400 {'error':'missing required field: name','status':400}",
          "'' | 400 {'error':'bad request body: EOF','status':400}",
          "'  ' | 400 {'error':'bad request body: EOF','status':400}",
          "{ | 400 {'error':'bad request body: unexpected EOF','status':400}",
          "{'name | 400 {'error':'bad request body: unexpected EOF','status':400}",
          "[] | 400 {'error':'bad request body: json: cannot unmarshal array into Go value of type toxiproxy.Proxy','status':400}",
          "{'name':1} | 400 {'error':'bad request body: json: cannot unmarshal number into Go struct field Proxy.name of type string','status':400}",
          "{'enabled':'yes'} | 400 {'error':'bad request body: json: cannot unmarshal string into Go struct field Proxy.enabled of type bool','status':400}",
          "{'name':'x','upstream':'u:1','listen':'nonsense'} | 500 {'error':'listen tcp: address nonsense: missing port in address','status':500}",
          "{'name':'x','upstream':'u:1','listen':'1.2.3.4:1'} | 500 {'error':'listen tcp 1.2.3.4:1: bind: cannot assign requested address','status':500}",
          "{'name':'<&>'} | 400 {'error':'missing required field: upstream','status':400}"
        })
    void refuseWhatToxiproxyRefuses(String body, String answer) throws Exception {
      assertThat(api.call("POST", "/proxies", body.replace('\'', '"')))
          .isEqualTo(answer.replace('\'', '"'));
    }

    @Test
    void areRefusedTwice() throws Exception {
      created("a");
      assertThat(
              api.call(
                  "POST",
                  "/proxies",
                  "{\"name\":\"a\",\"listen\":\"\",\"upstream\":\"127.0.0.1:9\"}"))
          .isEqualTo("409 {\"error\":\"proxy already exists\",\"status\":409}");
    }

    @Test
    void readNamesInAnyCaseAndIgnoreTheRest() throws Exception {
      assertThat(
              api.call(
                  "POST",
                  "/proxies",
                  " {\"NAME\":\"a<b\\\"}&\",\"Upstream\":\"u:1\",\"listen\":\"127.0.0.1:0\",\"enabled\":null,\"new\":[1]} more"))
          .startsWith("201 {\"name\":\"a\\u003cb\\\"}\\u0026\"")
          .contains("\"enabled\":true");
    }

    @Test
    void areFoundByAnEscapedName() throws Exception {
      created("a b+c");
      assertThat(api.call("GET", "/proxies/a%20b+c")).contains("\"name\":\"a b+c\"");
    }

    @Test
    void tellABadAddressInAnUpdateAsToxiproxyDoes() throws Exception {
      created("a");
      assertThat(api.call("PATCH", "/proxies/a", "{\"listen\":\"garbage\"}"))
          .isEqualTo("500 {\"error\":\"address garbage: missing port in address\",\"status\":500}");
      assertThat(api.call("PATCH", "/proxies/none", "{"))
          .isEqualTo("404 {\"error\":\"proxy not found\",\"status\":404}");
      assertThat(api.call("PATCH", "/proxies/a", "{"))
          .isEqualTo("400 {\"error\":\"bad request body: unexpected EOF\",\"status\":400}");
    }
  }

  @Nested
  class Toxics {
    private static final String LATENCY =
        "{\"attributes\":{\"latency\":5,\"jitter\":0},\"name\":\"latency_downstream\",\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1}";

    @Test
    void areAddedShownChangedAndRemoved() throws Exception {
      created("a");
      assertThat(api.call("GET", "/proxies/a/toxics")).isEqualTo("200 []");
      assertThat(
              api.call(
                  "POST",
                  "/proxies/a/toxics",
                  "{\"type\":\"latency\",\"attributes\":{\"Latency\":5,\"x\":1}}"))
          .isEqualTo("200 " + LATENCY);
      assertThat(api.call("GET", "/proxies/a/toxics/latency_downstream"))
          .isEqualTo("200 " + LATENCY);
      assertThat(api.call("GET", "/proxies/a/toxics")).isEqualTo("200 [" + LATENCY + "]");
      assertThat(
              api.call(
                  "PATCH",
                  "/proxies/a/toxics/latency_downstream",
                  "{\"attributes\":{\"jitter\":2},\"toxicity\":0.1,\"name\":\"n\",\"type\":\"noop\"}"))
          .isEqualTo(
              "200 {\"attributes\":{\"latency\":5,\"jitter\":2},\"name\":\"latency_downstream\",\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":0.1}");
      assertThat(api.call("POST", "/proxies/a/toxics/latency_downstream", "{}"))
          .contains("\"jitter\":2", "\"toxicity\":0.1");
      assertThat(api.call("DELETE", "/proxies/a/toxics/latency_downstream")).isEqualTo("204");
      assertThat(api.call("GET", "/proxies/a/toxics")).isEqualTo("200 []");
    }

    @Test
    void areListedUpstreamFirst() throws Exception {
      created("a");
      api.call("POST", "/proxies/a/toxics", "{\"name\":\"d1\",\"type\":\"noop\"}");
      api.call(
          "POST",
          "/proxies/a/toxics",
          "{\"name\":\"u1\",\"type\":\"slicer\",\"stream\":\"UPSTREAM\"}");
      assertThat(api.call("GET", "/proxies/a/toxics"))
          .isEqualTo(
              "200 [{\"attributes\":{\"average_size\":0,\"size_variation\":0,\"delay\":0},\"name\":\"u1\",\"type\":\"slicer\",\"stream\":\"upstream\",\"toxicity\":1},"
                  + "{\"attributes\":{},\"name\":\"d1\",\"type\":\"noop\",\"stream\":\"downstream\",\"toxicity\":1}]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'type':'latency','stream':'sideways'} | 400 {'error':'stream was invalid, can be either upstream or downstream','status':400}",
          "{'type':'latency','stream':''} | 400 {'error':'stream was invalid, can be either upstream or downstream','status':400}",
          "{'type':'down'} | 400 {'error':'invalid toxic type','status':400}",
          "{} | 400 {'error':'invalid toxic type','status':400}",
          "{'name':'taken','type':'noop'} | 409 {'error':'toxic already exists','status':409}",
          "{'type':'latency','attributes':{'latency':1.5}} | 400 {'error':'bad request body: json: cannot unmarshal number 1.5 into Go struct field LatencyToxic.attributes.latency of type int64','status':400}",
          "{'type':'latency','attributes':{'latency':15.0}} | 400 {'error':'bad request body: json: cannot unmarshal number 15.0 into Go struct field LatencyToxic.attributes.latency of type int64','status':400}",
          "{'type':'latency','attributes':{'latency':'15'}} | 400 {'error':'bad request body: json: cannot unmarshal string into Go struct field LatencyToxic.attributes.latency of type int64','status':400}",
          "{'type':'latency','attributes':{'latency':9223372036854775808}} | 400 {'error':'bad request body: json: cannot unmarshal number 9223372036854775808 into Go struct field LatencyToxic.attributes.latency of type int64','status':400}",
          "{'type':'latency','attributes':true} | 400 {'error':'bad request body: json: cannot unmarshal bool into Go struct field .attributes of type toxics.LatencyToxic','status':400}",
          "{'type':'latency','toxicity':'1'} | 400 {'error':'bad request body: json: cannot unmarshal string into Go struct field ToxicWrapper.toxicity of type float32','status':400}",
          "{'type':'latency','toxicity':1e300} | 400 {'error':'bad request body: json: cannot unmarshal number 1.0E300 into Go struct field ToxicWrapper.toxicity of type float32','status':400}",
          "7 | 400 {'error':'bad request body: json: cannot unmarshal number into Go value of type toxics.ToxicWrapper','status':400}"
        })
    void areRefusedAsToxiproxyDoes(String body, String answer) throws Exception {
      created("a");
      api.call("POST", "/proxies/a/toxics", "{\"name\":\"taken\",\"type\":\"noop\"}");
      assertThat(api.call("POST", "/proxies/a/toxics", body.replace('\'', '"')))
          .isEqualTo(answer.replace('\'', '"'));
    }

    @Test
    void areNotHalfChangedByAnUpdateThatFails() throws Exception {
      created("a");
      api.call(
          "POST", "/proxies/a/toxics", "{\"type\":\"latency\",\"attributes\":{\"latency\":15}}");
      assertThat(
              api.call(
                  "PATCH",
                  "/proxies/a/toxics/latency_downstream",
                  "{\"attributes\":{\"latency\":99,\"jitter\":\"x\"}}"))
          .startsWith("400 {\"error\":\"bad request body: ");
      assertThat(api.call("GET", "/proxies/a/toxics/latency_downstream"))
          .contains("\"latency\":15");
    }

    @ParameterizedTest
    @CsvSource({
      "GET, /proxies/x/toxics, proxy", "POST, /proxies/x/toxics, proxy",
      "GET, /proxies/x/toxics/y, proxy", "DELETE, /proxies/x/toxics/y, proxy",
      "PATCH, /proxies/x/toxics/y, proxy", "GET, /proxies/a/toxics/y, toxic",
      "PATCH, /proxies/a/toxics/y, toxic", "POST, /proxies/a/toxics/y, toxic",
      "DELETE, /proxies/a/toxics/y, toxic"
    })
    void areNotFound(String method, String path, String what) throws Exception {
      created("a");
      assertThat(api.call(method, path, "{}"))
          .isEqualTo("404 {\"error\":\"%s not found\",\"status\":404}".formatted(what));
    }

    @ParameterizedTest
    @CsvSource({
      "0.1, 0.1",
      "1, 1",
      "7.25, 7.25",
      "-1, -1",
      "0.123456789, 0.12345679",
      "0.3, 0.3",
      "0, 0"
    })
    void showToxicityAsA32BitNumber(String sent, String shown) throws Exception {
      created("a");
      assertThat(
              api.call(
                  "POST",
                  "/proxies/a/toxics",
                  "{\"type\":\"noop\",\"toxicity\":%s}".formatted(sent)))
          .endsWith("\"toxicity\":" + shown + "}");
    }
  }

  @Nested
  class Populating {
    @Test
    void createsAllWithADefaultOfEnabled() throws Exception {
      assertThat(
              api.call(
                  "POST",
                  "/populate",
                  "[{\"name\":\"a\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"u:1\"},"
                      + "{\"name\":\"b\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"u:1\",\"enabled\":false}]"))
          .matches(
              "201 \\{\"proxies\":\\[\\{\"name\":\"a\".*\"enabled\":true,\"Logger\":\\{},\"toxics\":\\[]},\\{\"name\":\"b\".*\"enabled\":false.*}]}");
    }

    @Test
    void leavesAnEqualProxyAloneAndReplacesADifferentOne() throws Exception {
      String listen = created("a");
      api.call("POST", "/proxies/a/toxics", "{\"type\":\"noop\"}");
      String same =
          "[{\"name\":\"a\",\"listen\":\"%s\",\"upstream\":\"127.0.0.1:9\",\"enabled\":false}]"
              .formatted(listen);
      assertThat(api.call("POST", "/populate", same))
          .contains("\"enabled\":true", "noop_downstream");
      assertThat(api.call("POST", "/populate", same.replace("127.0.0.1:9\"", "127.0.0.1:10\"")))
          .contains("\"enabled\":false", "\"toxics\":[]", "\"upstream\":\"127.0.0.1:10\"");
      assertThat(
              api.call(
                  "POST",
                  "/populate",
                  "[{\"name\":\"a\",\"listen\":\"%s\",\"upstream\":\"u:3\"}]".formatted(listen)))
          .contains("\"enabled\":true", "\"listen\":\"%s\"".formatted(listen));
    }

    @Test
    void createsNothingWhenOneIsIncomplete() throws Exception {
      HttpResponse<String> response =
          api.raw(
              "POST",
              "/populate",
              "[{\"name\":\"a\",\"upstream\":\"u:1\"},{\"upstream\":\"u:2\"}]");
      assertThat(response.body())
          .isEqualTo(
              "{\"error\":\"missing required field: name at proxy 2\",\"status\":400,\"proxies\":null}");
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(api.call("GET", "/proxies")).isEqualTo("200 {}");
    }

    @Test
    void stopsAtTheFirstFailureAndTellsWhatWasDone() throws Exception {
      assertThat(
              api.call(
                  "POST",
                  "/populate",
                  "[{\"name\":\"a\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"u:1\"},{\"name\":\"b\",\"listen\":\"bad\",\"upstream\":\"u:1\"},"
                      + "{\"name\":\"c\",\"upstream\":\"u:1\"}]"))
          .startsWith(
              "500 {\"error\":\"listen tcp: address bad: missing port in address\",\"status\":500,\"proxies\":[{\"name\":\"a\"");
      assertThat(server.proxies()).extracting(Proxy::name).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[] | 201 {'proxies':null}",
          "null | 201 {'proxies':null}",
          "[1] | 400 {'error':'bad request body: json: cannot unmarshal number into Go value of type toxiproxy.Proxy','status':400,'proxies':null}",
          "{} | 400 {'error':'bad request body: json: cannot unmarshal object into Go value of type []toxiproxy.Proxy','status':400,'proxies':null}",
          "[{'name':'a'}] | 400 {'error':'missing required field: upstream at proxy 1','status':400,'proxies':null}"
        })
    void answersOddBodies(String body, String answer) throws Exception {
      assertThat(api.call("POST", "/populate", body.replace('\'', '"')))
          .isEqualTo(answer.replace('\'', '"'));
    }
  }

  @Nested
  class Resetting {
    @Test
    void enablesAllProxiesAndRemovesAllToxics() throws Exception {
      created("a");
      api.call("POST", "/proxies/a/toxics", "{\"type\":\"noop\"}");
      api.call("PATCH", "/proxies/a", "{\"enabled\":false}");
      assertThat(api.call("POST", "/reset", "anything")).isEqualTo("204");
      assertThat(api.call("GET", "/proxies/a")).contains("\"enabled\":true", "\"toxics\":[]");
    }

    @Test
    void failsWhenAProxyCannotListenAgain() throws Exception {
      String listen = created("a");
      api.call("PATCH", "/proxies/a", "{\"enabled\":false}");
      try (ServerSocket taken = new ServerSocket(server.find("a").orElseThrow().port())) {
        assertThat(taken.isBound()).isTrue();
        assertThat(api.call("POST", "/reset"))
            .isEqualTo(
                "500 {\"error\":\"listen tcp %s: bind: address already in use\",\"status\":500}"
                    .formatted(listen));
      }
    }

    @Test
    void leavesASeveredProxyDown() throws Exception {
      created("a");
      server.find("a").orElseThrow().sever();
      assertThat(api.call("POST", "/reset")).isEqualTo("204");
      assertThat(api.call("GET", "/proxies/a")).contains("\"enabled\":false");
      assertThat(api.call("PATCH", "/proxies/a", "{\"enabled\":true}"))
          .startsWith("500 {\"error\":\"PROXY_SEVERED: the proxy 'a' was severed. ");
    }
  }
}
