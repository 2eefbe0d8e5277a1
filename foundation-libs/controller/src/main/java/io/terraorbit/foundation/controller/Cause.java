package io.terraorbit.foundation.controller;

import org.apiguardian.api.API;

/**
 * Why a key was queued; the queue keeps the causes that it merged into one run. Immutable.
 *
 * @param type one of {@code added}, {@code updated}, {@code deleted}, {@code resync}, {@code
 *     retry}, {@code reminder}, {@code signal}
 * @param detail what exactly, such as {@code ResourceQuota/team-a/workspace at 17}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Cause(String type, String detail) {}
