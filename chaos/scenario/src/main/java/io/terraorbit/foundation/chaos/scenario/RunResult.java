package io.terraorbit.foundation.chaos.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What came of a run. Immutable.
 *
 * @param seed of everything random in it
 * @param verdict of the whole; its reason says in one sentence what went wrong
 * @param checks what each check says, in the order of the file
 * @param dumps what the scenario asked to be shown when a step failed, as blocks of text
 * @param phases where the time went, in order: {@code environment}, {@code controllers}, {@code
 *     steps}, {@code checks}, {@code shutdown}
 * @param history what became visible
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RunResult(
    Scenario scenario,
    long seed,
    Verdict verdict,
    List<CheckResult> checks,
    List<String> dumps,
    Map<String, Duration> phases,
    List<RunEvent> history) {
  public RunResult {
    checks = List.copyOf(checks);
    dumps = List.copyOf(dumps);
    phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    history = List.copyOf(history);
  }

  /** What a check says. */
  public record CheckResult(String check, Verdict verdict) {}
}
