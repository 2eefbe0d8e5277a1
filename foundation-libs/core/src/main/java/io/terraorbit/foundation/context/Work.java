package io.terraorbit.foundation.context;

import org.apiguardian.api.API;

/**
 * Something to do that gives a value and may fail.
 *
 * @param <T> what it gives
 * @param <E> how it may fail; inferred as unchecked where it throws nothing that is checked
 */
@FunctionalInterface
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Work<T, E extends Exception> {
  T run() throws E;
}
