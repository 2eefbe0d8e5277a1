package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;

/** The failures of proxies and their toxics, with their texts. */
final class ProxyFailures {
  private ProxyFailures() {}

  static AppException exists(String name) {
    return AppException.of(
        ErrorKind.CONFLICT,
        "PROXY_EXISTS",
        "there is a proxy '%s' already".formatted(name),
        "names are unique within a server",
        "Choose another name, or delete the old proxy first.");
  }

  static AppException deleted(String name) {
    return AppException.of(
        ErrorKind.NOT_FOUND,
        "PROXY_DELETED",
        "the proxy '%s' was deleted".formatted(name),
        "a deleted proxy does not come back",
        "Create it anew.");
  }

  static AppException severed(String name) {
    return AppException.of(
        ErrorKind.PRECONDITION_FAILED,
        "PROXY_SEVERED",
        "the proxy '%s' was severed".formatted(name),
        "that is for good, as the crash of a machine is for its processes",
        "Delete the proxy and create it anew.");
  }

  static AppException portTaken(String name, String address, Exception cause) {
    return new AppException(
        new AppError(
            ErrorKind.UNAVAILABLE,
            "PROXY_PORT_TAKEN",
            "proxy '%s' cannot listen on %s (%s)".formatted(name, address, cause.getMessage()),
            "the address has to be this machine's and its port free",
            "Choose another port (0 takes a free one), or end what listens there."),
        cause);
  }

  static AppException apiPortTaken(String host, int port, Exception cause) {
    return new AppException(
        new AppError(
            ErrorKind.UNAVAILABLE,
            "PROXY_API_PORT_TAKEN",
            "the control API cannot listen on %s:%d (%s)".formatted(host, port, cause.getMessage()),
            "the address has to be this machine's and its port free",
            "Choose another port (0 takes a free one, -1 means no API)."),
        cause);
  }

  static AppException addressInvalid(String name, String address, Exception cause) {
    return new AppException(
        new AppError(
            ErrorKind.VALIDATION,
            "PROXY_ADDRESS_INVALID",
            "proxy '%s' has the address '%s' (%s)".formatted(name, address, cause.getMessage()),
            "an address is host:port, such as 127.0.0.1:0",
            "Correct the address."),
        cause);
  }

  static AppException toxicExists(String proxy, String toxic) {
    return AppException.of(
        ErrorKind.CONFLICT,
        "TOXIC_EXISTS",
        "proxy '%s' has a toxic '%s' already".formatted(proxy, toxic),
        "names are unique within a proxy, over both streams",
        "Choose another name, update the toxic, or remove it first.");
  }

  static AppException toxicNotFound(String proxy, String toxic) {
    return AppException.of(
        ErrorKind.NOT_FOUND,
        "TOXIC_NOT_FOUND",
        "proxy '%s' has no toxic '%s'".formatted(proxy, toxic),
        "a toxic without a name of its own is called <type>_<stream>",
        "Correct the name, or add the toxic first.");
  }

  static AppException toxicTypeFixed(String toxic, String is, String asked) {
    return AppException.of(
        ErrorKind.VALIDATION,
        "TOXIC_TYPE_FIXED",
        "toxic '%s' is of type %s and was to become %s".formatted(toxic, is, asked),
        "an update changes attributes and toxicity only",
        "Remove the toxic and add another.");
  }
}
