package io.terraorbit.foundation.errors;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The world failed us: the exception that carries an {@link AppError}.
 *
 * <p>{@link #withoutStack} makes one that costs a hundredth, for failures that are part of normal
 * work on a hot path, such as a key that is not there.
 */
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

  private AppException(AppError error, boolean withStack) {
    super(error.message(), null, true, withStack);
    this.error = error;
  }

  /** An exception that does not know where it was thrown. */
  public static AppException withoutStack(AppError error) {
    return new AppException(error, false);
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
