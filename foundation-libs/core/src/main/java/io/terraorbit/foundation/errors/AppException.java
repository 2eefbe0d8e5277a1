package io.terraorbit.foundation.errors;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The world failed us: the exception that carries an {@link AppError}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class AppException extends RuntimeException {
  private final transient AppError error;

  public AppException(AppError error, @Nullable Throwable cause) {
    super(error.message(), cause);
    this.error = error;
  }

  public AppException(AppError error) {
    this(error, null);
  }

  /** Shorthand for the parts of an {@link AppError} in their order. */
  public static AppException of(
      ErrorKind kind, String code, String found, String expected, String remedy) {
    return new AppException(new AppError(kind, code, found, expected, remedy));
  }

  public AppError error() {
    return error;
  }

  public ErrorKind kind() {
    return error.kind();
  }

  public String code() {
    return error.code();
  }
}
