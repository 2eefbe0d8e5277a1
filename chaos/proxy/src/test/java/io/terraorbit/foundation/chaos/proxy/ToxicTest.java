package io.terraorbit.foundation.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToxicTest {
  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of("latency", Map.of("latency", 1L, "jitter", 2L), new Latency(1, 2)),
        Arguments.of("bandwidth", Map.of("rate", 1L), new Bandwidth(1)),
        Arguments.of("slow_close", Map.of("delay", 1L), new SlowClose(1)),
        Arguments.of("timeout", Map.of("timeout", 1L), new Timeout(1)),
        Arguments.of("reset_peer", Map.of("timeout", 1L), new ResetPeer(1)),
        Arguments.of(
            "slicer",
            Map.of("average_size", 1L, "size_variation", 2L, "delay", 3L),
            new Slicer(1, 2, 3)),
        Arguments.of("limit_data", Map.of("bytes", 1L), new LimitData(1)),
        Arguments.of("noop", Map.of(), new Noop()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isBuiltFromItsWireNamesAndShowsThem(
      String type, Map<String, Object> attributes, Toxic toxic) {
    assertThat(Toxic.of(type, attributes)).isEqualTo(toxic);
    assertThat(toxic.type()).isEqualTo(type);
    assertThat(toxic.attributes()).isEqualTo(attributes);
  }

  @Test
  void takesZeroForWhatIsNotGivenAndIntegersForLongs() {
    assertThat(Toxic.of("latency", Map.of("jitter", 7))).isEqualTo(new Latency(0, 7));
  }

  @Test
  void showsItsAttributesInToxiproxysOrder() {
    assertThat(new Slicer(1, 2, 3).attributes().keySet())
        .containsExactly("average_size", "size_variation", "delay");
  }

  @Test
  void refusesATypeThatThereIsNot() {
    assertThatThrownBy(() -> Toxic.of("down", Map.of()))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "TOXIC_TYPE_UNKNOWN: there is no toxic type 'down'. the types are latency, bandwidth, slow_close, timeout, reset_peer, slicer, limit_data, noop.%nCorrect the type. To refuse connections altogether, disable the proxy."
                .formatted());
  }

  @Test
  void refusesAnAttributeThatThereIsNot() {
    assertThatThrownBy(() -> Toxic.of("latency", Map.of("delay", 1L)))
        .hasMessage(
            "TOXIC_ATTRIBUTE_UNKNOWN: toxic latency has no attribute 'delay'. it has latency, jitter.%nCorrect or remove the attribute 'delay'."
                .formatted());
    assertThatThrownBy(() -> Toxic.of("noop", Map.of("delay", 1L)))
        .hasMessageContaining("it takes none");
  }

  @Test
  void refusesAnAttributeThatIsNoWholeNumber() {
    assertThatThrownBy(() -> Toxic.of("latency", Map.of("latency", "1s")))
        .hasMessage(
            "TOXIC_ATTRIBUTE_INVALID: attribute 'latency' of toxic latency is '1s'. attributes are whole numbers of 64 bits.%nCorrect the attribute 'latency'."
                .formatted());
    assertThatThrownBy(() -> Toxic.of("latency", Map.of("latency", 1.5)))
        .hasMessageContaining("TOXIC_ATTRIBUTE_INVALID");
  }

  @Test
  void isNamedAfterTypeAndStreamUnlessNamed() {
    assertThat(ToxicSpec.of(Direction.UPSTREAM, new SlowClose(1)))
        .isEqualTo(new ToxicSpec("slow_close_upstream", Direction.UPSTREAM, 1.0, new SlowClose(1)));
    assertThat(new ToxicSpec("n", Direction.DOWNSTREAM, 0.5, new Noop()).name()).isEqualTo("n");
  }

  @Test
  void refusesAToxicityThatIsNoNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ToxicSpec("n", Direction.DOWNSTREAM, Double.NaN, new Noop()))
        .withMessage("toxicity of toxic 'n' is not a number");
  }
}
