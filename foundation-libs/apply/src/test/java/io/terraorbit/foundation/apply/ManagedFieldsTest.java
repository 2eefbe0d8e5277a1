package io.terraorbit.foundation.apply;

import static io.terraorbit.foundation.apply.Shapes.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedFieldsTest {
  private static final String ENTRIES =
      "[{'manager':'b','operation':'Apply','apiVersion':'v1','time':'2026-01-01T00:00:00Z','fieldsType':'FieldsV1','fieldsV1':{'f:a':{}}},"
          + "{'manager':'a','operation':'Update','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'f:a':{}}},"
          + "{'manager':'z','operation':'Update','apiVersion':'v1','time':'2025-01-01T00:00:00Z','fieldsType':'FieldsV1','fieldsV1':{'f:a':{}},'subresource':'scale'},"
          + "{'manager':'a','operation':'Update','apiVersion':'v1','time':'2026-01-01T00:00:00Z','fieldsType':'FieldsV1','fieldsV1':{'f:a':{}}}]";

  private static List<Object> entries(String json) {
    return Values.listAt(Json.readObject("{\"l\":" + json.replace('\'', '"') + "}"), "l");
  }

  @Test
  void areWrittenByOperationTimeAndName() {
    String shuffled =
        ENTRIES.replace(
            "'manager':'a','operation':'Update','apiVersion':'v1','fieldsType'",
            "'manager':'c','operation':'Update','apiVersion':'v1','fieldsType'");
    List<Object> backwards = new java.util.ArrayList<>(entries(shuffled));
    java.util.Collections.reverse(backwards);

    assertThat(Json.text(ManagedFields.read(backwards).toList()))
        .isEqualTo(Json.text(entries(shuffled)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['x']",
        "[{'operation':'Patch','apiVersion':'v1','fieldsType':'FieldsV1'}]",
        "[{'operation':'Apply','fieldsType':'FieldsV1'}]",
        "[{'operation':'Apply','apiVersion':'v1'}]",
        "[{'operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1','time':'now'}]",
        "[{'operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'q':{}}}]"
      })
  void areRefusedWhenMalformed(String json) {
    assertThatThrownBy(() -> ManagedFields.read(entries(json)))
        .isInstanceOf(MalformedFieldsException.class);
  }

  @Test
  void areResetByAnEmptyListOrOneEmptyEntry() {
    assertThat(ManagedFields.resets(null)).isFalse();
    assertThat(ManagedFields.resets(List.of())).isTrue();
    assertThat(ManagedFields.resets(List.of(Map.of()))).isTrue();
    assertThat(ManagedFields.resets(List.of(Map.of("manager", "")))).isTrue();
    assertThat(ManagedFields.resets(List.of(Map.of(), Map.of()))).isFalse();
    assertThat(ManagedFields.resets(Arrays.asList((Object) null))).isFalse();
    assertThat(ManagedFields.resets(List.of(Map.of("manager", "x")))).isFalse();
  }

  @Test
  void areTheSameWhenOnlyTimesDiffer() {
    Owner owner = Owner.updater("a", "v1", "");
    ManagedFields one =
        ManagedFields.NONE.with(owner, new Ownership("v1", Instant.EPOCH, set("{'f:a':{}}")));
    ManagedFields other =
        ManagedFields.NONE.with(owner, new Ownership("v1", null, set("{'f:a':{}}")));

    assertThat(one.sameFields(other)).isTrue();
    assertThat(one).isNotEqualTo(other);
    assertThat(one.sameFields(one.with(owner, new Ownership("v1", null, set("{'f:b':{}}")))))
        .isFalse();
    assertThat(one.sameFields(ManagedFields.NONE)).isFalse();
    assertThat(one.without(owner)).isEqualTo(ManagedFields.NONE);
    assertThat(one.with(owner, new Ownership("v1", null, FieldSet.EMPTY)).isEmpty()).isTrue();
    assertThat(ManagedFields.read(List.of())).isEqualTo(ManagedFields.NONE);
  }
}
