package io.terraorbit.foundation.apply;

import org.apiguardian.api.API;

/**
 * What an apply came to. Immutable.
 *
 * @param object as it is afterwards; the very one it was if nothing changed
 * @param managed who owns what afterwards
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Applied(TypedValue object, ManagedFields managed) {}
