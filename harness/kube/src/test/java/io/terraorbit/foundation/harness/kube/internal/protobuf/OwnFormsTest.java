package io.terraorbit.foundation.harness.kube.internal.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.terraorbit.foundation.harness.kube.internal.typed.UndecodableException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnFormsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "1100, 1.1µs",
    "2200000, 2.2ms",
    "-3300000000, -3.3s",
    "60000000000, 1m0s",
    "3600000000001, 1h0m0.000000001s",
    "360000000000000, 100h0m0s",
  })
  void durationsArePrintedAsByGo(long nanos, String text) {
    assertThat(OwnForms.duration(bytes(Meta.Duration.newBuilder().setDuration(nanos).build())))
        .isEqualTo(text);
  }

  @Test
  void timesHaveSecondsOrMicroseconds() {
    ByteBuffer time = bytes(Meta.Time.newBuilder().setSeconds(1).setNanos(2_003_999).build());

    assertThat(OwnForms.time(time.duplicate(), false)).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(OwnForms.time(time.duplicate(), true)).isEqualTo("1970-01-01T00:00:01.002003Z");
    assertThat(OwnForms.time(ByteBuffer.allocate(0), false)).isNull();
  }

  @Test
  void timesThatNobodyCanWriteAreTheLastOrTheFirst() {
    assertThat(
            OwnForms.time(bytes(Meta.Time.newBuilder().setSeconds(Long.MAX_VALUE).build()), false))
        .isEqualTo("9999-12-31T23:59:59Z");
    assertThat(
            OwnForms.time(bytes(Meta.Time.newBuilder().setSeconds(Long.MIN_VALUE).build()), false))
        .isEqualTo("0000-01-01T00:00:00Z");
  }

  @Test
  void anEmptyQuantityIsNone() {
    assertThat(OwnForms.quantity(ByteBuffer.allocate(0))).isEqualTo("0");
  }

  @Test
  void aTypeSaysWhetherItIsATextOrAnInteger() {
    IntStr.IntOrString.Builder both = IntStr.IntOrString.newBuilder().setIntVal(-3).setStrVal("a");

    assertThat(OwnForms.integerOrString(bytes(both.setType(1).build()))).isEqualTo("a");
    assertThat(OwnForms.integerOrString(bytes(both.setType(0).build()))).isEqualTo(-3L);
  }

  @Test
  void aPartThatIsWrittenOtherwiseIsRefused() {
    assertThatThrownBy(() -> OwnForms.integerOrString(ByteBuffer.wrap(new byte[] {0x0a, 0})))
        .isInstanceOf(UndecodableException.class)
        .hasMessage("proto: wrong wireType = 2 for field Type");
    assertThatThrownBy(() -> OwnForms.time(ByteBuffer.wrap(new byte[] {0x0d, 0, 0, 0, 0}), false))
        .hasMessage("proto: wrong wireType = 5 for field Seconds");
    assertThatThrownBy(() -> OwnForms.quantity(ByteBuffer.wrap(new byte[] {0x08, 0})))
        .hasMessage("proto: wrong wireType = 0 for field String");
  }

  private static ByteBuffer bytes(com.google.protobuf.Message message) {
    return ByteBuffer.wrap(message.toByteArray());
  }
}
