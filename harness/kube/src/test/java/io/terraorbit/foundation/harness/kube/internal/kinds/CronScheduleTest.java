package io.terraorbit.foundation.harness.kube.internal.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "*/5 0-23/2 1,15 jan-DEC mon",
        "? ? ? ? ?",
        "@hourly",
        "@every 1h30m",
        "0 0 31 12 6"
      })
  void takesWhatCronTakes(String schedule) {
    assertThat(CronSchedule.problem(schedule)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * | expected exactly 5 fields, found 4: [* * * *]",
        "60 * * * * | end of range (60) above maximum (59): 60",
        "* * 0 * * | beginning of range (0) below minimum (1): 0",
        "5-1 * * * * | beginning of range (5) beyond end of range (1): 5-1",
        "x * * * * | failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax",
        "*/0 * * * * | step of range should be a positive number: */0",
        "*/x * * * * | failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax",
        "1/2/3 * * * * | too many slashes: 1/2/3",
        "1-2-3 * * * * | too many hyphens: 1-2-3",
        "@often | unrecognized descriptor: @often",
      })
  void saysWhatIsWrong(String schedule, String problem) {
    assertThat(CronSchedule.problem(schedule)).contains(problem);
  }
}
