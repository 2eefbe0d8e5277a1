package io.terraorbit.foundation.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.kubernetes.internal.models.ModelEvent;
import io.terraorbit.foundation.kubernetes.internal.models.ModelJson;
import io.terraorbit.foundation.kubernetes.internal.rest.LineStream;
import io.terraorbit.foundation.kubernetes.internal.rest.StatusErrors;
import io.terraorbit.foundation.kubernetes.internal.rest.TransportErrors;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** One event per line. */
final class HttpWatchStream<T extends HasMetadata> implements WatchStream<T> {
  private final LineStream lines;
  private final Class<T> type;

  HttpWatchStream(LineStream lines, Class<T> type) {
    this.lines = lines;
    this.type = type;
  }

  @Override
  public Optional<WatchEvent<T>> next() {
    byte[] line = lines.next();
    return line == null ? Optional.empty() : Optional.of(read(line));
  }

  @Override
  public void close() {
    lines.close();
  }

  private WatchEvent<T> read(byte[] line) {
    try {
      return event(ModelJson.readEvent(line, type));
    } catch (IOException e) {
      throw TransportErrors.malformed(lines.toString(), "event of " + type.getSimpleName(), e);
    }
  }

  private WatchEvent<T> event(ModelEvent<T> event) throws IOException {
    T object = event.object();
    if (object == null) {
      throw refusal(event.status());
    }
    return switch (event.type()) {
      case "ADDED" -> new WatchEvent.Added<>(object);
      case "MODIFIED" -> new WatchEvent.Modified<>(object);
      case "DELETED" -> new WatchEvent.Deleted<>(object);
      case "BOOKMARK" ->
          new WatchEvent.Bookmark<>(
              ResourceVersion.of(object)
                  .orElseThrow(() -> new IOException("a bookmark without a numeric version")));
      default -> throw new IOException("unknown event type '" + event.type() + "'");
    };
  }

  private AppException refusal(Map<String, Object> status) {
    int code = status.get("code") instanceof Number number ? number.intValue() : 500;
    return StatusErrors.of(lines.toString(), code, status);
  }
}
