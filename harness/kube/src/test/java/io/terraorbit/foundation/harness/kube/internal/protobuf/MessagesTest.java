package io.terraorbit.foundation.harness.kube.internal.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.kube.internal.typed.StructType;
import io.terraorbit.foundation.harness.kube.internal.typed.StructTypes;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  @ParameterizedTest
  @ValueSource(strings = {"not", "items"})
  void aMessageThatIsNestedWithoutEndIsRefused(String field) {
    StructType schema = type("apiextensions/v1.JSONSchemaProps");
    byte[] message = {};
    for (int i = 0; i < 3000; i++) {
      message = part(schema, field, field.equals("items") ? part(1, message) : message);
    }
    ByteBuffer nested = ByteBuffer.wrap(message);

    assertThatThrownBy(() -> Messages.decode(schema, nested))
        .isInstanceOf(UndecodableException.class)
        .hasMessage("proto: message nested deeper than 500");
  }

  @Test
  void integersMayBePacked() {
    StructType context = type("core/v1.PodSecurityContext");
    byte[] packed = part(context, "supplementalGroups", HexFormat.of().parseHex("01ac02"));

    assertThat(Messages.decode(context, ByteBuffer.wrap(packed)))
        .isEqualTo(Map.of("supplementalGroups", List.of(1L, 300L)));
  }

  @Test
  void aStructureThatComesInTwoPartsIsOne() {
    StructType pod = type("core/v1.Pod");
    byte[] name = part(pod, "metadata", part(1, new byte[] {'n'}));
    byte[] namespace = part(pod, "metadata", part(3, new byte[] {'s'}));

    assertThat(Messages.decode(pod, ByteBuffer.wrap(joined(name, namespace))))
        .isEqualTo(Map.of("metadata", Map.of("name", "n", "namespace", "s")));
  }

  @Test
  void anEntryWithoutKeyOrValueHasZeroValues() {
    StructType map = type("core/v1.ConfigMap");

    assertThat(Messages.decode(map, ByteBuffer.wrap(part(map, "data", new byte[] {}))))
        .isEqualTo(Map.of("data", Map.of("", "")));
  }

  @Test
  void anIntegerThatNeverEndsIsRefused() {
    StructType spec = type("apps/v1.DeploymentSpec");
    byte[] endless = HexFormat.of().parseHex("08" + "ff".repeat(11));

    assertThatThrownBy(() -> Messages.decode(spec, ByteBuffer.wrap(endless)))
        .hasMessage("proto: integer overflow");
  }

  private static StructType type(String name) {
    return StructTypes.builtIn().find(name).orElseThrow();
  }

  private static byte[] part(StructType owner, String field, byte[] content) {
    return part(owner.fields().get(field).numbers().get(0), content);
  }

  /** A field that is bytes. */
  private static byte[] part(int number, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, number << 3 | WireReader.LENGTH);
    varint(out, content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7f) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
