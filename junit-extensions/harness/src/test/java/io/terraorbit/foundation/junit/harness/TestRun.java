package io.terraorbit.foundation.junit.harness;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes as JUnit would, each time in a session of its own. */
final class TestRun {
  private TestRun() {}

  static EngineExecutionResults of(Class<?>... classes) {
    return with(Map.of(), classes);
  }

  static EngineExecutionResults with(Map<String, String> parameters, Class<?>... classes) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
    for (Class<?> type : classes) {
      kit.selectors(selectClass(type));
    }
    return kit.execute();
  }

  /** What failed, tests and containers alike. */
  static List<Throwable> failures(EngineExecutionResults results) {
    return results
        .allEvents()
        .failed()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow())
        .toList();
  }

  static long succeeded(EngineExecutionResults results) {
    return results.testEvents().succeeded().map(Event::getType).count();
  }
}
