package io.terraorbit.foundation.harness.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DefinitionTest {
  private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String FOOS = "/apis/ex.io/v1/namespaces/default/foos";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String SCHEMA =
      """
      {"type":"object","properties":{"spec":{"type":"object","properties":{
        "color":{"type":"string"},"size":{"type":"integer"},"on":{"type":"boolean"},
        "list":{"type":"array","items":{"type":"string"}},
        "born":{"type":"string","format":"date-time"}}}}}
      """;
  private static final String VERSION =
      "{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':%s}}";

  private final KubeApiServer server = KubeApiServer.start();
  private final Api api = new Api(server, "tester");

  @AfterEach
  void close() {
    server.close();
  }

  @Nested
  class Names {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '^',
        value = {
          "'plural':'foo','kind':'Other' | PluralConflict | \"foo\" is already in use",
          "'plural':'others','singular':'foos','kind':'Other' | SingularConflict | \"foos\" is already in use",
          "'plural':'others','kind':'Other','shortNames':['fo','foos','ok'] | ShortNamesConflict | [\"fo\" is already in use, \"foos\" is already in use]",
          "'plural':'others','singular':'other','kind':'Foo','listKind':'OtherList' | KindConflict | \"Foo\" is already in use",
          "'plural':'others','singular':'other','kind':'Other','listKind':'FooList' | ListKindConflict | \"FooList\" is already in use"
        })
    void thatAnotherDefinitionOfTheGroupHasAreNotAccepted(
        String names, String reason, String message) {
      define("foos", "'plural':'foos','kind':'Foo','shortNames':['fo']");
      String plural = names.contains("'plural':'foo'") ? "foo" : "others";

      Api.Answer made = define(plural, names);

      assertThat(made.code()).as(made.text()).isEqualTo(201);
      assertThat(condition(plural, "NamesAccepted")).isEqualTo("False " + reason + " " + message);
      assertThat(condition(plural, "Established"))
          .isEqualTo("False NotAccepted not all names are accepted");
      assertThat(api.get("/apis/ex.io/v1/" + plural).code()).isEqualTo(404);
      assertThat(api.get("/apis/ex.io/v1").text()).doesNotContain("\"name\":\"" + plural + "\"");
    }

    @Test
    void areAcceptedOnceTheyAreFree() {
      define("foos", "'plural':'foos','kind':'Foo','shortNames':['fo']");
      define("bars", "'plural':'bars','kind':'Foo'");
      define("bazs", "'plural':'bazs','kind':'Baz','shortNames':['fo']");

      api.merge(CRDS + "/foos.ex.io", "{\"spec\":{\"names\":{\"shortNames\":null}}}");
      assertThat(condition("bazs", "NamesAccepted")).startsWith("True");
      assertThat(api.get("/apis/ex.io/v1/bazs").code()).isEqualTo(200);
      assertThat(condition("bars", "NamesAccepted")).startsWith("False ListKindConflict");

      api.delete(CRDS + "/foos.ex.io");
      assertThat(condition("bars", "Established"))
          .isEqualTo("True InitialNamesAccepted the initial names have been accepted");
      assertThat(api.get("/apis/ex.io/v1/bars").code()).isEqualTo(200);
    }

    @Test
    void thatAreRefusedLaterLeaveTheOldOnesServed() {
      define("foos", "'plural':'foos','kind':'Foo','shortNames':['fo']");
      define("bars", "'plural':'bars','kind':'Bar','shortNames':['ba']");

      api.merge(CRDS + "/bars.ex.io", "{\"spec\":{\"names\":{\"shortNames\":[\"fo\"]}}}");

      assertThat(condition("bars", "NamesAccepted")).startsWith("False ShortNamesConflict");
      assertThat(condition("bars", "Established")).startsWith("True");
      assertThat(api.get(CRDS + "/bars.ex.io").at("status", "acceptedNames", "shortNames"))
          .isEqualTo("[ba]");
      assertThat(api.get("/apis/ex.io/v1").text()).contains("\"shortNames\":[\"ba\"]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://x.example/1 | True ApprovedAnnotation approved in https://x.example/1",
        "unapproved, a test | False UnapprovedAnnotation not approved: \"unapproved, a test\""
      })
  void aProtectedGroupTellsItsApproval(String annotation, String condition) {
    String body =
        definition("foos", "'plural':'foos','kind':'Foo'", version("", SCHEMA))
            .replace("ex.io", "ex.k8s.io")
            .replace(
                "\"metadata\":{",
                "\"metadata\":{\"annotations\":{\"api-approved.kubernetes.io\":\""
                    + annotation
                    + "\"},");

    assertThat(api.post(CRDS, body).code()).isEqualTo(201);
    assertThat(
            condition(api.get(CRDS + "/foos.ex.k8s.io"), "KubernetesAPIApprovalPolicyConformant"))
        .isEqualTo(condition);
    assertThat(api.post(CRDS, body.replace(annotation, "yes")).message())
        .contains("with either a URL or a reason starting with \"unapproved\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'additionalPrinterColumns':[{}] | spec.additionalPrinterColumns[0].name: Required value, spec.additionalPrinterColumns[0].type: Required value: must be one of boolean,date,integer,number,string, spec.additionalPrinterColumns[0].JSONPath: Required value",
        "'additionalPrinterColumns':[{'name':'a','type':'x','format':'y','jsonPath':'z'}] | spec.additionalPrinterColumns[0].type: Invalid value: \"x\": must be one of boolean,date,integer,number,string, spec.additionalPrinterColumns[0].format: Invalid value: \"y\": must be one of byte,date,date-time,double,float,int32,int64,password, spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"z\": must be a simple json path starting with .",
        "'subresources':{'scale':{}} | spec.subresources.scale.specReplicasPath: Required value, spec.subresources.scale.statusReplicasPath: Required value",
        "'subresources':{'scale':{'specReplicasPath':'x','statusReplicasPath':'.spec.x','labelSelectorPath':'.x'}} | spec.subresources.scale.specReplicasPath: Invalid value: \"x\": must be a simple json path starting with ., spec.subresources.scale.statusReplicasPath: Invalid value: \".spec.x\": should be a json path under .status, spec.subresources.scale.labelSelectorPath: Invalid value: \".x\": should be a json path under either .spec or .status",
        "'selectableFields':[{},{'jsonPath':'.spec.no'},{'jsonPath':'.spec.list'},{'jsonPath':'spec'},{'jsonPath':'.spec.color'},{'jsonPath':'.spec.color'}] | spec.selectableFields[0].jsonPath: Required value, spec.selectableFields[1].jsonPath: Invalid value: \".spec.no\": is an invalid path: does not refer to a valid field, spec.selectableFields[2].jsonPath: Invalid value: \".spec.list\": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed., spec.selectableFields[3].jsonPath: Invalid value: \"spec\": is an invalid path: expected [ or . but got: spec, spec.selectableFields[5].jsonPath: Duplicate value: \".spec.color\"",
        "'deprecationWarning':'old' | spec.versions[0].deprecationWarning: Invalid value: \"old\": can only be set for deprecated versions"
      })
  void aVersionIsCheckedAllOver(String members, String errors) {
    Api.Answer refused =
        api.post(
            CRDS,
            definition("foos", "'plural':'foos','kind':'Foo'", version(members + ",", SCHEMA)));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message()).contains(errors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'plural':'foos','kind':'F.o' | spec.names.kind: Invalid value: \"F.o\": may have mixed case, but should otherwise match: a DNS-1035 label",
        "'plural':'foos','kind':'Foo','listKind':'Foo' | spec.names.listKind: Invalid value: \"Foo\": kind and listKind may not be the same",
        "'plural':'foos','kind':'Foo','singular':'F' | spec.names.singular: Invalid value: \"F\": a DNS-1035 label",
        "'plural':'foos','kind':'Foo','shortNames':['F'] | spec.names.shortNames[0]: Invalid value: \"F\"",
        "'plural':'foos','kind':'Foo','categories':['F'] | spec.names.categories[0]: Invalid value: \"F\""
      })
  void namesMustBeLabels(String names, String error) {
    assertThat(define("foos", names).message()).contains(error);
  }

  @Test
  void theWholeIsCheckedToo() {
    String good = definition("foos", "'plural':'foos','kind':'Foo'", version("", SCHEMA));
    String twice = version("", SCHEMA) + "," + version("", SCHEMA);

    assertThat(
            api.post(CRDS, good.replace("\"scope\":", "\"preserveUnknownFields\":true,\"scope\":"))
                .message())
        .contains(
            "spec.preserveUnknownFields: Invalid value: true: cannot set to true, set"
                + " x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                + " instead");
    assertThat(api.post(CRDS, definition("foos", "'plural':'foos','kind':'Foo'", twice)).message())
        .contains("must contain unique version names")
        .contains("must have exactly one version marked as storage version");
    assertThat(
            api.post(
                    CRDS,
                    good.replace(
                        "\"scope\":", "\"conversion\":{\"strategy\":\"Magic\"},\"scope\":"))
                .message())
        .contains(
            "spec.conversion.strategy: Unsupported value: \"Magic\": supported values: \"None\","
                + " \"Webhook\"");
    assertThat(api.post(CRDS, good.replace("\"ex.io\"", "\"E.x\"")).message())
        .contains("spec.group: Invalid value: \"E.x\": a lowercase RFC 1123 subdomain");
    api.post(CRDS, good);
    assertThat(
            api.merge(
                    CRDS + "/foos.ex.io",
                    "{\"spec\":{\"versions\":[%s]}}"
                        .formatted(version("", SCHEMA).replace("\"v1\"", "\"v2\"")))
                .message())
        .contains("status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'type':'array','items':{'type':'string'},'uniqueItems':true} | .uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
        "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':{'type':'string'}} | .additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive",
        "{'type':'object','$ref':'#/x'} | .$ref: Forbidden: $ref is not supported",
        "{'type':'array','items':[{'type':'string'}]} | .items: Forbidden: items must be a schema object and not an array",
        "{'type':'string','allOf':[{'type':'string'}]} | .allOf[0].type: Forbidden: must be empty to be structural",
        "{'type':'string','not':{'default':'x'}} | .not.default: Forbidden: must be undefined to be structural",
        "{'type':'string','anyOf':[{'nullable':true}]} | .anyOf[0].nullable: Forbidden: must be false to be structural",
        "{'type':'object','x-kubernetes-preserve-unknown-fields':false} | .x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined",
        "{'type':'object','x-kubernetes-embedded-resource':true} | .properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields",
        "{'type':'array','x-kubernetes-embedded-resource':true,'x-kubernetes-preserve-unknown-fields':true,'items':{'type':'string'}} | .type: Invalid value: \"array\": must be object if x-kubernetes-embedded-resource is true",
        "{'type':'array','items':{'type':'string'},'x-kubernetes-list-type':'bag'} | .x-kubernetes-list-type: Unsupported value: \"bag\"",
        "{'type':'object','x-kubernetes-list-type':'set'} | .type: Invalid value: \"object\": must be array if x-kubernetes-list-type is specified",
        "{'type':'array','items':{'type':'object'},'x-kubernetes-list-type':'map'} | .x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map",
        "{'type':'array','items':{'type':'object'},'x-kubernetes-list-map-keys':['a']} | .x-kubernetes-list-type: Required value: must be map if x-kubernetes-list-map-keys is non-empty",
        "{'type':'array','items':{'type':'object'},'x-kubernetes-list-type':'set','x-kubernetes-list-map-keys':['a']} | .x-kubernetes-list-type: Invalid value: \"set\": must be map if x-kubernetes-list-map-keys is non-empty",
        "{'type':'array','items':{'type':'object'},'x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['a']} | .x-kubernetes-list-map-keys: Invalid value: [\"a\"]: entries must all be names of item properties",
        "{'type':'array','items':{'type':'object','properties':{'a':{'type':'string'}}},'x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['a']} | .items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"
      })
  void aSchemaIsStructural(String schema, String error) {
    String root = "{\"type\":\"object\",\"properties\":{\"x\":%s}}".formatted(json(schema));

    Api.Answer refused =
        api.post(CRDS, definition("foos", "'plural':'foos','kind':'Foo'", version("", root)));

    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message()).contains("spec.validation.openAPIV3Schema.properties[x]" + error);
  }

  @Test
  void metadataIsImplicitAndIntOrStringMayTellItsTypes() {
    String metadata =
        "{\"type\":\"object\",\"properties\":{\"metadata\":{\"type\":\"object\",\"properties\":{\"labels\":{\"type\":\"object\"}}}}}";
    String either =
        json(
            "{'type':'object','properties':{'x':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}}}");
    String names = "'plural':'foos','kind':'Foo'";

    assertThat(api.post(CRDS, definition("foos", names, version("", metadata))).message())
        .contains(".properties[metadata]: Forbidden: must not specify anything other than name");
    assertThat(api.post(CRDS, definition("foos", names, version("", either))).code())
        .isEqualTo(201);
  }

  @Test
  void isServedAfterTheDelayThatWasAskedFor() {
    VirtualTime time = new VirtualTime();
    try (KubeApiServer slow =
        KubeApiServer.builder()
            .time(time)
            .scheduler(time)
            .establishDelay(Duration.ofSeconds(1))
            .start()) {
      Api client = new Api(slow, "tester");
      client.post(CRDS, definition("foos", "'plural':'foos','kind':'Foo'", version("", SCHEMA)));

      assertThat(condition(client.get(CRDS + "/foos.ex.io"), "Established"))
          .isEqualTo("False Installing the initial names have been accepted");
      assertThat(client.get(FOOS).code()).isEqualTo(404);
      try (KubeApiServer fork = slow.fork(slow.revision())) {
        time.advance(Duration.ofSeconds(1));
        assertThat(new Api(fork, "tester").get(FOOS).code()).isEqualTo(200);
      }
      time.advance(Duration.ofSeconds(1));
      assertThat(condition(client.get(CRDS + "/foos.ex.io"), "Established"))
          .isEqualTo("True InitialNamesAccepted the initial names have been accepted");
      assertThat(client.get(FOOS).code()).isEqualTo(200);

      client.post(CRDS, definition("bars", "'plural':'bars','kind':'Bar'", version("", SCHEMA)));
      client.delete(CRDS + "/bars.ex.io");
      time.advance(Duration.ofSeconds(1));
      assertThat(client.get(CRDS + "/bars.ex.io").code()).isEqualTo(404);
    }
  }

  @Test
  void aDeprecatedVersionIsWarnedOf() {
    String old =
        "{'name':'v1beta1','served':true,'storage':false,'deprecated':true,'schema':{'openAPIV3Schema':{'type':'object'}}}";
    String told =
        old.replace("v1beta1", "v1alpha1")
            .replace("'deprecated':true", "'deprecated':true,'deprecationWarning':'mind it'");
    String future = old.replace("v1beta1", "v3");
    api.post(
        CRDS,
        definition(
            "foos",
            "'plural':'foos','kind':'Foo'",
            version("", SCHEMA) + "," + json(old) + "," + json(told) + "," + json(future)));

    assertThat(api.get(FOOS.replace("/v1/", "/v1beta1/")).header("warning"))
        .isEqualTo("299 - \"ex.io/v1beta1 Foo is deprecated; use ex.io/v1 Foo\"");
    assertThat(api.get(FOOS.replace("/v1/", "/v1alpha1/")).header("warning"))
        .isEqualTo("299 - \"mind it\"");
    assertThat(
            api.post(
                    FOOS.replace("/v1/", "/v3/"),
                    "{\"apiVersion\":\"ex.io/v3\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"f\"}}")
                .header("warning"))
        .isEqualTo("299 - \"ex.io/v3 Foo is deprecated\"");
    assertThat(api.get(FOOS).header("warning")).isEmpty();
  }

  @Test
  void columnsStandInTables() {
    define(
        "'additionalPrinterColumns':["
            + "{'name':'Color','type':'string','jsonPath':'.spec.color','priority':1,'description':'d'},"
            + "{'name':'Size','type':'integer','format':'int32','jsonPath':'.spec.size'},"
            + "{'name':'Sized','type':'number','jsonPath':'.spec.size'},"
            + "{'name':'On','type':'boolean','jsonPath':'.spec.on'},"
            + "{'name':'First','type':'string','jsonPath':'.spec.list[0]'},"
            + "{'name':'All','type':'string','jsonPath':'.spec.list'},"
            + "{'name':'Born','type':'date','jsonPath':'.spec.born'},"
            + "{'name':'Wrong','type':'boolean','jsonPath':'.spec.color'}],");
    foo(
        "a",
        "{\"color\":\"red\",\"size\":3,\"on\":true,\"list\":[\"x\",\"y\"],\"born\":\"1990-01-01T00:00:00Z\"}");
    foo("b", "{}");

    Api.Answer table = api.getAs(TABLE, FOOS);

    List<Object> columns = Values.listAt(table.body(), "columnDefinitions");
    assertThat(columns.get(1))
        .hasToString("{name=Color, type=string, format=, description=d, priority=1}");
    List<Object> rows = Values.listAt(table.body(), "rows");
    assertThat(Json.text(Values.listAt(rows.get(0), "cells")))
        .startsWith("[\"a\",\"red\",3,3,true,\"x\",\"[\\\"x\\\",\\\"y\\\"]\",\"3")
        .endsWith("y\",null]");
    assertThat(Json.text(Values.listAt(rows.get(1), "cells")))
        .isEqualTo("[\"b\",null,null,null,null,null,null,null,null]");
  }

  @Test
  void fieldsCanBeSelectedAndWatched() {
    define("'selectableFields':[{'jsonPath':'.spec.color'},{'jsonPath':'.spec.size'}],");
    foo("a", "{\"color\":\"red\",\"size\":3}");
    foo("b", "{\"color\":\"blue\"}");

    assertThat(api.get(FOOS + "?fieldSelector=spec.color=red").names()).containsExactly("a");
    assertThat(api.get(FOOS + "?fieldSelector=spec.size!=3").names()).containsExactly("b");
    assertThat(api.get(FOOS + "?fieldSelector=spec.on=true").message())
        .isEqualTo("field label not supported: spec.on");
    try (Api.Watch watch =
        api.watch(FOOS + "?fieldSelector=spec.color=red&resourceVersion=" + server.revision())) {
      api.merge(FOOS + "/b", "{\"spec\":{\"color\":\"red\"}}");
      api.merge(FOOS + "/a", "{\"spec\":{\"color\":\"green\"}}");
      assertThat(watch.brief()).isEqualTo("ADDED b");
      assertThat(watch.brief()).isEqualTo("DELETED a");
    }
  }

  private void foo(String name, String spec) {
    Api.Answer made =
        api.post(
            FOOS,
            "{\"apiVersion\":\"ex.io/v1\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"%s\"},\"spec\":%s}"
                .formatted(name, spec));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private void define(String members) {
    Api.Answer made =
        api.post(
            CRDS, definition("foos", "'plural':'foos','kind':'Foo'", version(members, SCHEMA)));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private Api.Answer define(String plural, String names) {
    return api.post(CRDS, definition(plural, names, version("", SCHEMA)));
  }

  private static String version(String members, String schema) {
    return json(VERSION.replace("'name'", members + "'name'")).formatted(schema);
  }

  private static String definition(String plural, String names, String versions) {
    return ("{\"metadata\":{\"name\":\"%s.ex.io\"},\"spec\":{\"group\":\"ex.io\","
            + "\"scope\":\"Namespaced\",\"names\":{%s},\"versions\":[%s]}}")
        .formatted(plural, json(names), versions);
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  private String condition(String plural, String type) {
    return condition(api.get(CRDS + "/" + plural + ".ex.io"), type);
  }

  private static String condition(Api.Answer definition, String type) {
    return Values.listAt(definition.body(), "status", "conditions").stream()
        .filter(condition -> Values.string(condition, "type").orElse("").equals(type))
        .map(
            condition ->
                Values.string(condition, "status").orElse("")
                    + " "
                    + Values.string(condition, "reason").orElse("")
                    + " "
                    + Values.string(condition, "message").orElse(""))
        .findFirst()
        .orElse("");
  }
}
