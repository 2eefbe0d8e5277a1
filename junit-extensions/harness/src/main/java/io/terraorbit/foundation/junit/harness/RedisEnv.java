package io.terraorbit.foundation.junit.harness;

import org.apiguardian.api.API;

/**
 * A test's own logical Redis database. Immutable.
 *
 * @param uri such as {@code redis://127.0.0.1:6379/7}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RedisEnv(String uri) {}
