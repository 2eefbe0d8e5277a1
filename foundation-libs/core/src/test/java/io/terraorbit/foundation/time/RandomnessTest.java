package io.terraorbit.foundation.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomnessTest {
  @Test
  void repeatsItselfForTheSameSeed() {
    assertThat(numbers(42)).isEqualTo(numbers(42)).isNotEqualTo(numbers(43));
  }

  @Test
  void doesNotRepeatItselfWithoutOne() {
    assertThat(Randomness.system().nextLong()).isNotEqualTo(Randomness.system().nextLong());
  }

  private static long[] numbers(long seed) {
    return LongStream.generate(Randomness.seeded(seed)::nextLong).limit(5).toArray();
  }
}
