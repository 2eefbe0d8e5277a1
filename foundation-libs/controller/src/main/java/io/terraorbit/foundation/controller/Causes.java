package io.terraorbit.foundation.controller;

import java.util.ArrayList;
import java.util.List;

/** The causes merged into one run: the first few, each once, and how many more there were. */
final class Causes {
  static final int KEPT = 16;

  private final List<Cause> kept = new ArrayList<>(2);
  private int dropped;

  void add(Cause cause) {
    if (kept.contains(cause)) {
      return;
    }
    if (kept.size() < KEPT) {
      kept.add(cause);
    } else {
      dropped++;
    }
  }

  List<Cause> kept() {
    return List.copyOf(kept);
  }

  int dropped() {
    return dropped;
  }
}
