package io.terraorbit.foundation.controller;

import io.terraorbit.foundation.kubernetes.ObjectKey;

/** Takes keys that want to be looked at. */
@FunctionalInterface
interface KeySink {
  void accept(ObjectKey key, Band band, Cause cause);
}
