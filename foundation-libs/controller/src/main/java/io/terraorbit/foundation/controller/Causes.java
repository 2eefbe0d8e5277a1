package io.terraorbit.foundation.controller;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The causes merged into one run: the first few, each once, and how many more there were. Most runs
 * have one cause, so that one costs no list.
 */
final class Causes {
  static final int KEPT = 16;

  private final Cause first;
  private @Nullable List<Cause> others;
  private int dropped;

  Causes(Cause first) {
    this.first = first;
  }

  void add(Cause cause) {
    if (cause.equals(first)) {
      return;
    }
    if (others == null) {
      others = new ArrayList<>(2);
    }
    if (others.contains(cause)) {
      return;
    }
    if (others.size() < KEPT - 1) {
      others.add(cause);
    } else {
      dropped++;
    }
  }

  List<Cause> kept() {
    if (others == null) {
      return List.of(first);
    }
    List<Cause> all = new ArrayList<>(others.size() + 1);
    all.add(first);
    all.addAll(others);
    return List.copyOf(all);
  }

  int dropped() {
    return dropped;
  }
}
