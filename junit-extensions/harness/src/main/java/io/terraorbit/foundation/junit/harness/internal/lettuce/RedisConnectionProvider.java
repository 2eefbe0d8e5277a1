package io.terraorbit.foundation.junit.harness.internal.lettuce;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.junit.harness.TestEnv;
import io.terraorbit.foundation.junit.harness.ValueProvider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;

/** A connection of strings to the test's logical database. */
@SuppressWarnings("rawtypes")
public final class RedisConnectionProvider implements ValueProvider<StatefulRedisConnection> {
  @Override
  public Class<StatefulRedisConnection> type() {
    return StatefulRedisConnection.class;
  }

  @Override
  public Service service() {
    return Service.REDIS;
  }

  @Override
  public boolean supports(Type declared) {
    return !(declared instanceof ParameterizedType generic)
        || Arrays.stream(generic.getActualTypeArguments()).allMatch(String.class::equals);
  }

  @Override
  public StatefulRedisConnection provide(TestEnv test) {
    StatefulRedisConnection<String, String> connection =
        test.shared(SharedClient.class, SharedClient::open)
            .client()
            .connect(RedisURI.create(test.redis().uri()));
    test.closeLater(connection);
    return connection;
  }
}
