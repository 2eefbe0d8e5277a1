package io.terraorbit.foundation.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorKindTest {
  @ParameterizedTest
  @CsvSource({
    "400, VALIDATION",
    "413, VALIDATION",
    "401, UNAUTHORIZED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "410, NOT_FOUND",
    "405, UNIMPLEMENTED",
    "408, DEADLINE_EXCEEDED",
    "409, CONFLICT",
    "412, PRECONDITION_FAILED",
    "418, VALIDATION",
    "422, VALIDATION",
    "429, RATE_LIMITED",
    "499, CANCELLED",
    "500, INTERNAL",
    "501, UNIMPLEMENTED",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, DEADLINE_EXCEEDED",
    "599, INTERNAL",
    "302, UNKNOWN",
    "200, UNKNOWN"
  })
  void guessesTheKindFromAnHttpStatus(int status, ErrorKind kind) {
    assertThat(ErrorKind.ofHttpStatus(status)).isEqualTo(kind);
  }

  @Test
  void neverTakesAnyStatusForASuccess() {
    assertThat(IntStream.range(0, 1000).mapToObj(ErrorKind::ofHttpStatus))
        .allMatch(kind -> kind.httpStatus() >= 400);
  }

  @Test
  void hasEachGrpcCodeOnce() {
    assertThat(Arrays.stream(ErrorKind.values()).map(ErrorKind::grpcCode).sorted().toList())
        .isEqualTo(IntStream.rangeClosed(1, 16).boxed().toList());
  }

  @ParameterizedTest
  @EnumSource
  void comesBackFromItsGrpcCode(ErrorKind kind) {
    assertThat(ErrorKind.ofGrpcCode(kind.grpcCode())).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 17, 404})
  void takesNoOtherGrpcCodeForASuccess(int code) {
    assertThat(ErrorKind.ofGrpcCode(code)).isEqualTo(ErrorKind.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void blamesTheCallerOnlyBelow500(ErrorKind kind) {
    assertThat(kind.causedByCaller())
        .isEqualTo(kind.httpStatus() < 500 && kind != ErrorKind.RATE_LIMITED);
  }

  @ParameterizedTest
  @EnumSource
  void isTransientOnlyWhereWaitingHelps(ErrorKind kind) {
    boolean waitingHelps =
        switch (kind) {
          case ABORTED, RATE_LIMITED, UNAVAILABLE, DEADLINE_EXCEEDED -> true;
          default -> false;
        };
    assertThat(kind.transientByDefault()).isEqualTo(waitingHelps);
  }

  @Test
  void keepsItsKindOnTheWayThroughHttpWhereTheStatusIsItsOwn() {
    assertThat(
            Arrays.stream(ErrorKind.values())
                .filter(kind -> ErrorKind.ofHttpStatus(kind.httpStatus()) != kind)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            ErrorKind.ABORTED,
            ErrorKind.PRECONDITION_FAILED,
            ErrorKind.OUT_OF_RANGE,
            ErrorKind.UNKNOWN,
            ErrorKind.DATA_LOSS);
  }
}
