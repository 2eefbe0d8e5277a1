package io.terraorbit.foundation.chaos.proxy;

import org.apiguardian.api.API;

/**
 * What a proxy has carried since it was created. Immutable.
 *
 * @param openConnections accepted and not yet closed on both sides
 * @param totalConnections accepted so far
 * @param bytesUp handed to upstream sockets
 * @param bytesDown handed to client sockets
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ProxyStats(
    int openConnections, long totalConnections, long bytesUp, long bytesDown) {}
