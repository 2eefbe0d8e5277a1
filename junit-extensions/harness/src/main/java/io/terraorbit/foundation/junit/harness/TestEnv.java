package io.terraorbit.foundation.junit.harness;

import java.util.function.Supplier;
import org.apiguardian.api.API;

/** What one test has to itself; each part comes into being when it is first asked for. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TestEnv {
  /** The test's name in the form {@code Class_method}. */
  String name();

  /** The test's own database. */
  PostgresEnv postgres();

  /** The test's own logical database. */
  RedisEnv redis();

  /** The test's own namespace. */
  KubernetesEnv kubernetes();

  /** Has something closed after the test: what came last goes first, and all before the above. */
  void closeLater(AutoCloseable closeable);

  /**
   * What is too dear to open for each test: one for all, opened when it is first asked for and
   * closed at the end of the run.
   */
  <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> open);
}
