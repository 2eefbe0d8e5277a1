package io.terraorbit.foundation.harness.environment;

import io.terraorbit.foundation.time.TimeSource;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * What a backend is started with. Immutable.
 *
 * @param port the port to listen on; empty to take a free one
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BackendOptions(OptionalInt port, TimeSource time) {}
