package io.terraorbit.foundation.chaos.proxy.internal.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An address cannot be listened on; the message is the one that Go's net package gives. */
public final class ListenFailure extends IOException {
  ListenFailure(String goText, @Nullable Throwable cause) {
    super(goText, cause);
  }
}
