package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/**
 * A request that an injected fault refused. Immutable.
 *
 * @param faultId the fault that did it
 * @param code the HTTP status that was answered
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ApiRejection(String faultId, String user, String verb, ObjectRef object, int code) {}
