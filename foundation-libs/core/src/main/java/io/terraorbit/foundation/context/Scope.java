package io.terraorbit.foundation.context;

import org.apiguardian.api.API;

/** Something that holds for this thread until it is closed, by the same thread. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Scope extends AutoCloseable {
  /** Brings back what held before. */
  @Override
  void close();
}
