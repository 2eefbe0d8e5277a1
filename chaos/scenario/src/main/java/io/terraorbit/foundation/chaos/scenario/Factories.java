package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import org.jspecify.annotations.Nullable;

/** Finds the classes that a scenario names. Stateless. */
final class Factories {
  private Factories() {}

  /**
   * Makes the factory of a controller.
   *
   * @throws AppException {@code SCENARIO_FACTORY_UNKNOWN} if there is no such class, or it is none
   */
  static ControllerFactory load(ControllerSpec controller) {
    Class<?> found;
    try {
      found = Class.forName(controller.factory(), true, loader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw unusable(controller, "is not on the class path", e);
    }
    if (!ControllerFactory.class.isAssignableFrom(found)) {
      throw unusable(controller, "is no ControllerFactory", null);
    }
    try {
      return (ControllerFactory) found.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw unusable(controller, "has no public constructor without parameters that works", e);
    }
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? Factories.class.getClassLoader() : context;
  }

  private static AppException unusable(
      ControllerSpec controller, String why, @Nullable Throwable cause) {
    return new AppException(
        new AppError(
            ErrorKind.VALIDATION,
            "SCENARIO_FACTORY_UNKNOWN",
            "the controller '%s' is made by '%s', which %s"
                .formatted(controller.name(), controller.factory(), why),
            "A factory is a public class that implements ControllerFactory",
            "Correct the name, or put the class on the class path."),
        cause);
  }
}
