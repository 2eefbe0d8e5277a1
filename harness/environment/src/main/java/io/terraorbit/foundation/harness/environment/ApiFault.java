package io.terraorbit.foundation.harness.environment;

import org.apiguardian.api.API;

/** A fault at the level of the Kubernetes API. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface ApiFault {
  /** Name in records and messages. */
  String id();

  /** Which requests it acts on. */
  RequestMatch match();

  /**
   * Refuses a request before anything is stored, with the Status that a real server sends for the
   * code.
   *
   * @param code 409, 429, 500, 503 or 504
   * @param count how many matching requests are refused; then the fault is spent. One or more
   */
  record Reject(String id, RequestMatch match, int code, int count) implements ApiFault {
    public Reject {
      if (count < 1) {
        throw new IllegalArgumentException("a fault acts once or more, got count=" + count);
      }
      switch (code) {
        case 409, 429, 500, 503, 504 -> {}
        default ->
            throw new IllegalArgumentException(
                "a request is refused with 409, 429, 500, 503 or 504, got code=" + code);
      }
    }
  }
}
