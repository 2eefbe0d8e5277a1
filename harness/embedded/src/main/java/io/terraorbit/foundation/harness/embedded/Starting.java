package io.terraorbit.foundation.harness.embedded;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;

/** Tells what can go wrong in any start in our own words. */
final class Starting {
  private Starting() {}

  /** A start. */
  interface Start<T> {
    T run() throws IOException, InterruptedException;
  }

  static <T> T of(Service service, Start<T> start) {
    try {
      return start.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AppException.of(
          ErrorKind.CANCELLED,
          "ENV_START_INTERRUPTED",
          "the start of the service '%s' was interrupted".formatted(service.key()),
          "",
          "Start it again if it is still wanted.");
    } catch (IOException e) {
      throw new AppException(
          new AppError(
              ErrorKind.UNAVAILABLE,
              "ENV_START_FAILED",
              "the service '%s' cannot be started: %s".formatted(service.key(), e.getMessage()),
              "",
              "Mend what that names, or choose the backend 'containers' or 'external'."),
          e);
    }
  }
}
