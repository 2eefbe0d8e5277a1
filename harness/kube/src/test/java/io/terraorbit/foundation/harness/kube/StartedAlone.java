package io.terraorbit.foundation.harness.kube;

import io.terraorbit.foundation.harness.kube.InProcessApi.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A program that starts a server, creates an object, reads it, and ends. */
final class StartedAlone {
  private StartedAlone() {}

  public static void main(String[] args) throws Exception {
    try (KubeApiServer server = KubeApiServer.start()) {
      InProcessApi api = server.inProcess("tester");
      String maps = "/api/v1/namespaces/default/configmaps";
      String map = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}";
      Map<String, String> json = Map.of("Content-Type", "application/json");
      for (Request request :
          new Request[] {
            new Request("POST", maps, json, map.getBytes(StandardCharsets.UTF_8)),
            new Request("GET", maps + "/a", Map.of(), new byte[0])
          }) {
        try (InProcessApi.Answer answer = api.send(request)) {
          System.out.println(answer.code());
        }
      }
    }
  }
}
