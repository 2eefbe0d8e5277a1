package io.terraorbit.foundation.kubernetes;

import java.util.Collection;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * Another way to look objects up: a typed handle, made once and given to {@link
 * ResourceCache#index} and {@link ResourceCache#by}. Immutable.
 *
 * @param values what an object is found under; pure, and must not change the object
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Index<T, V>(String name, Function<? super T, ? extends Collection<V>> values) {}
