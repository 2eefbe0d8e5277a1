package io.terraorbit.foundation.apply;

import static io.terraorbit.foundation.apply.Shapes.set;
import static io.terraorbit.foundation.apply.Shapes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsV1Test {
  @Test
  void writesElementsInTheirOrderWithTheDotFirst() {
    FieldSet set =
        set(
            "{'v:true':{},'v:\\'x\\'':{},'v:2':{},'i:3':{},'k:{\\'b\\':1,\\'a\\':\\'z\\'}':{'f:q':{},'.':{}},'f:b':{},'f:a':{'f:c':{}}}");

    assertThat(text(set))
        .isEqualTo(
            "{'f:a':{'f:c':{}},'f:b':{},'k:{\\'a\\':\\'z\\',\\'b\\':1}':{'.':{},'f:q':{}},'v:2':{},'v:\\'x\\'':{},'v:true':{},'i:3':{}}");
  }

  @Test
  void escapesWhatHtmlWouldRead() {
    FieldSet set = FieldSet.of(new FieldPath(java.util.List.of(PathElement.item("<a&b>"))));

    assertThat(Json.text(FieldsV1.write(set)))
        .isEqualTo("{\"v:\\\"\\\\u003ca\\\\u0026b\\\\u003e\\\"\":{}}");
    assertThat(FieldsV1.read(Json.readObject(Json.text(FieldsV1.write(set))))).isEqualTo(set);
  }

  @Test
  void leavesOutElementsOfUnknownKind() {
    assertThat(text(set("{'x:what':{},'f:a':{'z:1':{}}}"))).isEqualTo("{'f:a':{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'f':{}}",
        "{'fa':{}}",
        "{'k:1':{}}",
        "{'i:x':{}}",
        "{'v:null':{}}",
        "{'v:':{}}",
        "{'f:a':1}"
      })
  void refusesWhatIsNoSet(String json) {
    assertThatThrownBy(() -> set(json)).isInstanceOf(MalformedFieldsException.class);
  }

  @Test
  void isAMapLikeAnyOther() {
    Map<String, Object> view = FieldsV1.write(set("{'f:a':{'.':{},'f:b':{}}}"));

    assertThat(view).isEqualTo(Json.readObject("{\"f:a\":{\".\":{},\"f:b\":{}}}")).hasSize(1);
    assertThat(view).isEqualTo(FieldsV1.write(set("{'f:a':{'.':{},'f:b':{}}}")));
    assertThat(view.hashCode())
        .isEqualTo(Json.readObject("{\"f:a\":{\".\":{},\"f:b\":{}}}").hashCode());
    assertThat(view.isEmpty()).isFalse();
    assertThat(FieldsV1.write(FieldSet.EMPTY)).isEmpty();
  }
}
