package io.terraorbit.foundation.junit.harness;

import io.terraorbit.foundation.harness.environment.Service;
import java.lang.reflect.Type;
import org.apiguardian.api.API;

/**
 * Makes parameters of one type; found by {@link java.util.ServiceLoader}. Stateless.
 *
 * <p>A provider whose type is not on the class path is passed over.
 *
 * @param <T> the type of the parameters
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ValueProvider<T> {
  /** The type of the parameters, exactly. */
  Class<T> type();

  /** The service that must run for it. */
  Service service();

  /**
   * Whether it makes parameters of this generic form of its type; the type itself where the
   * compiler kept no more, as in constructors of inner classes.
   */
  default boolean supports(Type declared) {
    return true;
  }

  /**
   * Makes the value of one test; called once for each test that asks for it. What must be closed
   * after the test goes to {@link TestEnv#closeLater}.
   */
  T provide(TestEnv test);
}
