package io.terraorbit.foundation.harness.kube;

import static io.terraorbit.foundation.harness.kube.Api.CONFIG_MAPS;
import static io.terraorbit.foundation.harness.kube.Api.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TableTest {
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
  private static final String METADATA_LIST =
      "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

  private final VirtualTime time = new VirtualTime();
  private final KubeApiServer server = KubeApiServer.builder().time(time).scheduler(time).start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aListIsATableWithARowForEachObject() {
    api.post(CONFIG_MAPS, configMap("a", "1"));
    time.advance(Duration.ofSeconds(90));

    Api.Answer table = api.getAs(TABLE, CONFIG_MAPS + "?limit=1");

    assertThat(table.at("kind")).isEqualTo("Table");
    assertThat(table.at("apiVersion")).isEqualTo("meta.k8s.io/v1");
    assertThat(table.at("metadata", "resourceVersion")).isEqualTo("" + server.revision());
    assertThat(table.at("metadata", "remainingItemCount")).isEqualTo("1");
    assertThat(table.at("metadata", "continue")).isNotEmpty();
    assertThat(Json.text(Values.listAt(table.body(), "columnDefinitions").get(0)))
        .isEqualTo(
            "{\"name\":\"Name\",\"type\":\"string\",\"format\":\"name\",\"description\":\"\","
                + "\"priority\":0}");
    assertThat(cells(table)).isEqualTo("[[\"a\",1,\"90s\"]]");
    assertThat(object(table, "kind")).isEqualTo("PartialObjectMetadata");
    assertThat(object(table, "apiVersion")).isEqualTo("meta.k8s.io/v1");
    assertThat(object(table, "metadata", "name")).isEqualTo("a");
    assertThat(object(table, "data")).isEmpty();
  }

  @Test
  void oneObjectIsATableOfOneRowWithItsResourceVersion() {
    Api.Answer made = api.post(CONFIG_MAPS, configMap("a", "1"));

    Api.Answer table = api.getAs(TABLE, CONFIG_MAPS + "/a");

    assertThat(cells(table)).isEqualTo("[[\"a\",1,\"0s\"]]");
    assertThat(table.at("metadata"))
        .isEqualTo("{resourceVersion=" + made.at("metadata", "resourceVersion") + "}");
  }

  @Test
  void rowsCarryAsMuchOfTheObjectAsIsAskedFor() {
    api.post(CONFIG_MAPS, configMap("a", "1"));

    assertThat(api.getAs(TABLE, CONFIG_MAPS + "/a?includeObject=None").text())
        .contains("\"object\":null");
    Api.Answer whole = api.getAs(TABLE, CONFIG_MAPS + "?limit=1&includeObject=Object");
    assertThat(object(whole, "data", "k")).isEqualTo("1");
    assertThat(object(whole, "kind")).isEqualTo("ConfigMap");
    assertThat(object(whole, "apiVersion")).isEqualTo("v1");
    Api.Answer unknown = api.getAs(TABLE, CONFIG_MAPS + "?includeObject=Some");
    assertThat(unknown.code()).isEqualTo(422);
    assertThat(unknown.message())
        .isEqualTo(
            "TableOptions.meta.k8s.io \"\" is invalid: includeObject: Invalid value: \"Some\":"
                + " must be 'Metadata', 'Object', 'None', or empty");
  }

  @Test
  void metadataIsAllThatPartialObjectsHave() {
    api.post(CONFIG_MAPS, configMap("a", "1"));

    Api.Answer one = api.getAs(METADATA, CONFIG_MAPS + "/a");
    Api.Answer list = api.getAs(METADATA_LIST.replace("v=v1;", "v=v1beta1;"), CONFIG_MAPS);

    assertThat(one.body().keySet()).containsExactly("kind", "apiVersion", "metadata");
    assertThat(one.at("kind")).isEqualTo("PartialObjectMetadata");
    assertThat(one.at("metadata", "name")).isEqualTo("a");
    assertThat(list.at("kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(list.at("apiVersion")).isEqualTo("meta.k8s.io/v1beta1");
    assertThat(list.at("metadata", "resourceVersion")).isEqualTo("" + server.revision());
    assertThat(list.names()).containsExactly("a", "kube-root-ca.crt");
    assertThat(list.items().toString())
        .contains("apiVersion=meta.k8s.io/v1beta1")
        .doesNotContain(" data=");
  }

  @Test
  void aListIsNoPartialObjectAndAnObjectNoList() {
    Api.Answer list = api.getAs(METADATA, CONFIG_MAPS);
    Api.Answer one = api.getAs(METADATA_LIST, CONFIG_MAPS + "/kube-root-ca.crt");

    assertThat(list.code()).isEqualTo(406);
    assertThat(list.reason()).isEqualTo("NotAcceptable");
    assertThat(list.message())
        .startsWith("you requested PartialObjectMetadata, but the requested object is a list");
    assertThat(one.code()).isEqualTo(406);
    assertThat(one.message())
        .startsWith(
            "you requested PartialObjectMetadataList, but the requested object is not a list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "application/json;as=Table;v=v9;g=meta.k8s.io, application/json | ConfigMapList",
        "application/json, application/json;as=Table;v=v1;g=meta.k8s.io | ConfigMapList",
        "application/json;q=0.5, application/json;as=Table;v=v1;g=meta.k8s.io | Table",
        "application/json;as=Table;v=v1;g=meta.k8s.io;q=0, */* | ConfigMapList",
        "text/html, application/json;as=Table;v=v1;g=meta.k8s.io | Table",
        "*/*, application/json;as=Table;g=meta.k8s.io;v=\"v1beta1\" | Table",
        "application/vnd.kubernetes.protobuf, application/* | ConfigMapList"
      })
  void theFirstAcceptableFormIsTaken(String accept, String kind) {
    assertThat(api.getAs(accept, CONFIG_MAPS).at("kind")).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/json;q=0",
        "application/json;as=Table;v=v1;g=example.com",
        "application/json;as=Card;v=v1;g=meta.k8s.io"
      })
  void whatCannotBeGivenIsNotAcceptable(String accept) throws IOException {
    Api.Answer refused =
        api.exchange(
            "POST", CONFIG_MAPS, "application/json", configMap("a", "1"), "Accept", accept);

    assertThat(refused.code()).isEqualTo(406);
    assertThat(refused.reason()).isEqualTo("NotAcceptable");
    assertThat(refused.message())
        .matches(
            "(?s)(only the following media types are accepted: |406: Not Acceptable\n\nAvailable"
                + " representations: )application/json, application/yaml");
    assertThat(api.get(CONFIG_MAPS + "/a").code()).isEqualTo(404);
  }

  @Test
  void answersToWritesHaveTheFormToo() throws IOException {
    Api.Answer made =
        api.exchange("POST", CONFIG_MAPS, "application/json", configMap("a", "1"), "Accept", TABLE);
    Api.Answer all = api.exchange("DELETE", CONFIG_MAPS, "", "", "Accept", METADATA_LIST);
    Api.Answer gone =
        api.exchange("DELETE", "/api/v1/namespaces/default/secrets/x", "", "", "Accept", TABLE);

    assertThat(made.code()).isEqualTo(201);
    assertThat(cells(made)).isEqualTo("[[\"a\",1,\"0s\"]]");
    assertThat(all.names()).contains("a");
    assertThat(all.at("kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(gone.at("kind")).isEqualTo("Status");
  }

  @Test
  void aWatchTellsTheColumnsOnceAndBookmarksInTheSameForm() {
    api.post(CONFIG_MAPS, configMap("a", "1"));
    try (Api.Watch watch =
        api.watchAs(
            TABLE,
            CONFIG_MAPS
                + "?sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true&labelSelector=!x&fieldSelector=metadata.name=a")) {
      Map<String, Object> first = watch.next();
      Map<String, Object> end = watch.next();
      api.merge(CONFIG_MAPS + "/a", "{\"data\":{\"l\":\"2\"}}");
      Map<String, Object> modified = watch.next();

      assertThat(Values.listAt(first, "object", "columnDefinitions")).hasSize(3);
      assertThat(Json.text(first.get("object"))).contains("\"cells\":[\"a\",1,\"0s\"]");
      assertThat(end).containsEntry("type", "BOOKMARK");
      assertThat(Values.string(end, "object", "kind")).contains("Table");
      assertThat(Json.text(Values.listAt(end, "object", "rows").get(0)))
          .contains("\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}");
      assertThat(Json.text(modified.get("object")))
          .contains("\"columnDefinitions\":null")
          .contains("\"cells\":[\"a\",2,\"0s\"]");
    }
  }

  @Test
  void aWatchOfMetadataSendsPartialObjectsAndErrorsAsStatus() {
    api.post(CONFIG_MAPS, configMap("a", "1"));
    try (Api.Watch watch = api.watchAs(METADATA_LIST, CONFIG_MAPS + "/a")) {
      assertThat(Values.string(watch.next(), "object", "kind")).contains("PartialObjectMetadata");
    }
    try (KubeApiServer small = KubeApiServer.builder().revisionsKept(1).start();
        Api.Watch watch =
            new Api(small, "tester").watchAs(TABLE, CONFIG_MAPS + "?resourceVersion=2")) {
      assertThat(Values.string(watch.next(), "object", "kind")).contains("Status");
    }
  }

  @Test
  void aKindWithoutColumnsOfItsOwnHasNameAndAge() {
    api.post(
        "/apis/resource.k8s.io/v1/deviceclasses", "{\"metadata\":{\"name\":\"gpu\"},\"spec\":{}}");

    assertThat(cells(api.getAs(TABLE, "/apis/resource.k8s.io/v1/deviceclasses")))
        .isEqualTo("[[\"gpu\",\"0s\"]]");
  }

  private static String cells(Api.Answer table) {
    return Json.text(
        Values.listAt(table.body(), "rows").stream()
            .map(row -> Values.listAt(row, "cells"))
            .toList());
  }

  private static String object(Api.Answer table, String... path) {
    List<Object> rows = Values.listAt(table.body(), "rows");
    return Values.at(Values.objectAt(rows.get(0), "object"), path).map(String::valueOf).orElse("");
  }
}
