package io.terraorbit.foundation.harness.kube.internal.http;

/** A body. Whoever makes it hands the array over and leaves it alone from then on. */
final class Bytes {
  static final Bytes NONE = new Bytes(new byte[0]);

  private final byte[] content;

  Bytes(byte[] content) {
    this.content = content;
  }

  /** The content itself, not to be changed. */
  byte[] content() {
    return content;
  }

  int size() {
    return content.length;
  }
}
