package io.terraorbit.foundation.harness.kube.internal.schema;

import io.terraorbit.foundation.harness.kube.internal.status.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a check came to: each error once, and how many checks were passed, by which the best of
 * several failed alternatives is chosen.
 */
final class Findings {
  private final Set<FieldError> errors = new LinkedHashSet<>();
  private int passed;

  static Findings of(FieldError error) {
    Findings findings = new Findings();
    findings.add(error);
    return findings;
  }

  static Findings passed() {
    return new Findings().pass();
  }

  void add(FieldError error) {
    errors.add(error);
  }

  Findings pass() {
    passed++;
    return this;
  }

  void merge(Findings other) {
    errors.addAll(other.errors);
    passed += other.passed;
  }

  /** The same without its errors. */
  Findings forgiven() {
    Findings forgiven = new Findings();
    forgiven.passed = passed;
    return forgiven;
  }

  boolean clean() {
    return errors.isEmpty();
  }

  List<FieldError> errors() {
    return new ArrayList<>(errors);
  }

  /** Whether this failure is nearer to a success than another. */
  boolean betterThan(@Nullable Findings other) {
    return other == null || passed > other.passed;
  }
}
