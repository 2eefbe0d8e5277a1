package io.terraorbit.foundation.harness.environment;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.ErrorKind;

/** A caller's slip, told in three parts. */
final class Mistake {
  private Mistake() {}

  static IllegalArgumentException of(String code, String found, String expected, String remedy) {
    return new IllegalArgumentException(
        new AppError(ErrorKind.VALIDATION, code, found, expected, remedy).message());
  }
}
