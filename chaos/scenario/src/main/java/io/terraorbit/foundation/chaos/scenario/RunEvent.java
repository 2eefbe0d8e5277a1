package io.terraorbit.foundation.chaos.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * An entry of a {@link RunHistory}. Immutable.
 *
 * @param seq its place, from 1, without gaps
 * @param micros microseconds since the run began; never less than that of an earlier entry
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RunEvent(long seq, long micros, Fact fact) {
  /** The entry as a line of {@code events.jsonl}. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seq", seq);
    json.put("t", micros);
    json.put("kind", fact.kind());
    json.putAll(fact.fields());
    return json;
  }
}
