package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.tree.AssertionTree;
import io.terraorbit.foundation.chaos.scenario.internal.tree.Bindings;
import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.json.Values;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something never happened to an object of a kind.
 *
 * @param resource what the object looks like, as in an assertion
 */
record Never(Map<String, Object> resource, ApiCommit.Change event) implements Check {
  @Override
  public String name() {
    return "never";
  }

  @Override
  public Check bound(UnaryOperator<@Nullable Object> resolve) {
    return new Never(Values.object(Objects.requireNonNull(resolve.apply(resource))), event);
  }

  @Override
  public Verdict judge(List<RunEvent> history) {
    List<String> seen = history.stream().filter(this::met).map(Never::sentence).toList();
    String what = "%s of %s".formatted(event, Words.resource(resource));
    return seen.isEmpty()
        ? new Verdict.Passed("no %s".formatted(what))
        : new Verdict.Failed(
            name(), "%s must never happen, and did: %s".formatted(what, seen.get(0)), seen);
  }

  private boolean met(RunEvent happened) {
    return happened.fact() instanceof Fact.Revision write
        && write.commit().change() == event
        && AssertionTree.match(resource, write.commit().after(), Bindings.none()).isEmpty();
  }

  private static String sentence(RunEvent event) {
    return Replicas.sentence(event);
  }
}
