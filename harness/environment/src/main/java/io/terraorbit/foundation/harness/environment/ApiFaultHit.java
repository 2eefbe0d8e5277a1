package io.terraorbit.foundation.harness.environment;

import java.time.Instant;
import org.apiguardian.api.API;

/**
 * A request that a fault hit. Immutable.
 *
 * @param call the request's number among those that the fault can act on, from 1
 * @param when by the server's clock
 * @param revision the store's newest when the fault acted
 * @param what happened, in words
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ApiFaultHit(
    ApiFault fault, long call, Instant when, long revision, ApiRequest request, String what) {}
