package io.terraorbit.foundation.junit.harness;

import org.apiguardian.api.API;

/**
 * A test's own namespace, and how to reach the API around it. Immutable.
 *
 * @param url of the API, without a slash at its end
 * @param token of a user that the test shares with nobody
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record KubernetesEnv(String url, String token, String namespace) {}
