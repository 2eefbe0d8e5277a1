package io.terraorbit.foundation.junit.harness.internal.jdbc;

import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.junit.harness.TestEnv;
import io.terraorbit.foundation.junit.harness.ValueProvider;
import javax.sql.DataSource;

/** A {@code DataSource} of the test's database, without a pool. */
public final class DataSourceProvider implements ValueProvider<DataSource> {
  @Override
  public Class<DataSource> type() {
    return DataSource.class;
  }

  @Override
  public Service service() {
    return Service.POSTGRES;
  }

  @Override
  public DataSource provide(TestEnv test) {
    TestDataSource source = new TestDataSource(test.postgres(), test.name());
    test.closeLater(source);
    return source;
  }
}
