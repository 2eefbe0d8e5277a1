package io.terraorbit.foundation.apply;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** A configuration that was not applied, for others own what it would change. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ApplyConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Conflict> conflicts;

  ApplyConflictException(List<Conflict> conflicts) {
    super(text(conflicts));
    this.conflicts = List.copyOf(conflicts);
  }

  /** Each of them, sorted by owner. */
  public List<Conflict> conflicts() {
    return conflicts;
  }

  private static String text(List<Conflict> conflicts) {
    if (conflicts.size() == 1) {
      Conflict only = conflicts.get(0);
      return "Apply failed with 1 conflict: %s: %s".formatted(only.message(), only.path());
    }
    Map<Owner, List<Conflict>> byOwner =
        conflicts.stream()
            .collect(Collectors.groupingBy(Conflict::owner, TreeMap::new, Collectors.toList()));
    StringJoiner lines = new StringJoiner("\n");
    byOwner.forEach(
        (owner, theirs) -> {
          lines.add("conflicts with %s:".formatted(owner.described()));
          theirs.forEach(conflict -> lines.add("- " + conflict.path()));
        });
    return "Apply failed with %d conflicts: %s".formatted(conflicts.size(), lines);
  }
}
