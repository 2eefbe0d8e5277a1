package io.terraorbit.foundation.chaos.scenario;

import java.util.List;
import org.apiguardian.api.API;

/** What came of a check or of a whole run. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Verdict {
  /** One word: {@code pass}, {@code fail}, {@code vacuous} or {@code inconclusive}. */
  String word();

  /** Why, in one sentence. */
  String reason();

  /** How much it weighs among others: the heaviest is the whole's. */
  int weight();

  default boolean passes() {
    return this instanceof Passed;
  }

  /** The heavier of two; the first of equals. */
  default Verdict and(Verdict other) {
    return other.weight() > weight() ? other : this;
  }

  /** What was asked for holds. */
  record Passed(String reason) implements Verdict {
    @Override
    public String word() {
      return "pass";
    }

    @Override
    public int weight() {
      return 0;
    }
  }

  /** The run ended before it could be told; never treated as success. */
  record Inconclusive(String reason) implements Verdict {
    @Override
    public String word() {
      return "inconclusive";
    }

    @Override
    public int weight() {
      return 1;
    }
  }

  /** The run never met what it was about. */
  record Vacuous(String reason) implements Verdict {
    @Override
    public String word() {
      return "vacuous";
    }

    @Override
    public int weight() {
      return 2;
    }
  }

  /**
   * What was asked for does not hold.
   *
   * @param rule the check or the step that says so
   * @param trace what shows it, line by line
   */
  record Failed(String rule, String reason, List<String> trace) implements Verdict {
    public Failed {
      trace = List.copyOf(trace);
    }

    @Override
    public String word() {
      return "fail";
    }

    @Override
    public int weight() {
      return 3;
    }
  }
}
