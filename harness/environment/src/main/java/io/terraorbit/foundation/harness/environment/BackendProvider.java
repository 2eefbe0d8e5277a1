package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/** Starts backends of one kind for one service; found by {@link java.util.ServiceLoader}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface BackendProvider {
  Service service();

  /** {@code embedded}, {@code containers} or {@code external}. */
  String kind();

  /**
   * Starts a server and returns when it answers.
   *
   * @throws io.terraorbit.foundation.errors.AppException if it cannot; nothing is left running then
   */
  Backend start(BackendOptions options);
}
