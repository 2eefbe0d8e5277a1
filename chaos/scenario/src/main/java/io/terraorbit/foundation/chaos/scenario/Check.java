package io.terraorbit.foundation.chaos.scenario;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Judges a recorded run: a pure function of its history. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Check
    permits SingleLeader, Converges, NoWritesAtFixpoint, Never, Sometimes, FaultsFired {
  /** As the file has it, such as {@code singleLeader}. */
  String name();

  /** What the history says. */
  Verdict judge(List<RunEvent> history);

  /** The check with the expressions in its parameters replaced by their values. */
  default Check bound(UnaryOperator<@Nullable Object> resolve) {
    return this;
  }
}
