package io.terraorbit.foundation.harness.kube.internal.access;

import java.util.List;

/** Decides who may do what. Safe for many threads. */
public interface Authorizer {
  /** Lets everyone do everything. */
  Authorizer ALWAYS_ALLOW =
      new Authorizer() {
        @Override
        public Decision decide(Caller caller, RequestInfo request) {
          return new Decision(true, "");
        }

        @Override
        public List<PolicyRule> rules(Caller caller, String namespace) {
          List<String> all = List.of("*");
          return List.of(
              new PolicyRule(all, all, all, List.of(), List.of()),
              new PolicyRule(all, List.of(), List.of(), List.of(), all));
        }
      };

  /**
   * A decision.
   *
   * @param reason in words; empty when there is none to tell
   */
  record Decision(boolean allowed, String reason) {}

  Decision decide(Caller caller, RequestInfo request);

  /** All that a caller may do in a namespace, and outside of all. */
  List<PolicyRule> rules(Caller caller, String namespace);
}
