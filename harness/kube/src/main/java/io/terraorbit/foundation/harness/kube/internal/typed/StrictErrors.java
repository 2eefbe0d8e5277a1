package io.terraorbit.foundation.harness.kube.internal.typed;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a strict decoder finds and a lax one passes over: each finding once, in order of appearance,
 * and no more than a hundred.
 */
public final class StrictErrors {
  private static final int MOST = 100;

  private final Set<String> errors = new LinkedHashSet<>();

  /** A field that the kind does not have. */
  public void unknown(String path) {
    add("unknown field \"" + path + "\"");
  }

  /** A field that comes twice. */
  public void duplicate(String path) {
    add("duplicate field \"" + path + "\"");
  }

  /** Adds the findings of another, sorted by their texts. */
  public void addSorted(StrictErrors others) {
    others.errors.stream().sorted().forEach(this::add);
  }

  private void add(String error) {
    if (errors.size() < MOST) {
      errors.add(error);
    }
  }

  /** The texts so far. */
  public List<String> texts() {
    return List.copyOf(errors);
  }
}
