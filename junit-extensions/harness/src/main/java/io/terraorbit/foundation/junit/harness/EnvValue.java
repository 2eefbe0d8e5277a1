package io.terraorbit.foundation.junit.harness;

import io.terraorbit.foundation.harness.environment.Service;
import java.util.function.Function;

/** A value that a test has anyway. */
record EnvValue<T>(Class<T> type, Service service, Function<TestEnv, T> from)
    implements ValueProvider<T> {
  @Override
  public T provide(TestEnv test) {
    return from.apply(test);
  }
}
