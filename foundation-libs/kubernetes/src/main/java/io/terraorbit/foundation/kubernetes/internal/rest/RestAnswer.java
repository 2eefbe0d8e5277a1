package io.terraorbit.foundation.kubernetes.internal.rest;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import java.util.Map;

/**
 * What a server answered to a request, all of it. Immutable.
 *
 * @param contentType as the server calls it; empty when it does not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RestAnswer(RestRequest request, int status, String contentType, byte[] body) {
  private static final int NOT_FOUND = 404;

  /** Whether the server said, in so many words, that the object does not exist. */
  public boolean notFound() {
    return status == NOT_FOUND && StatusErrors.isStatus(body);
  }

  /** Whether the server said so, or that it does not know the path at all. */
  public boolean notServed() {
    return status == NOT_FOUND;
  }

  /**
   * The body of a success.
   *
   * @throws io.terraorbit.foundation.errors.AppException for any status but 2xx
   */
  public byte[] success() {
    if (status < 200 || status > 299) {
      throw StatusErrors.of(this);
    }
    return body;
  }

  /**
   * The JSON object of a success.
   *
   * @throws io.terraorbit.foundation.errors.AppException also if it is none
   */
  public Map<String, Object> object() {
    try {
      return Json.readObject(success());
    } catch (JsonSyntaxException e) {
      throw TransportErrors.malformed(request.toString(), "JSON object", e);
    }
  }
}
