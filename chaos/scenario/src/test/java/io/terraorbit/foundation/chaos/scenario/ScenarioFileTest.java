package io.terraorbit.foundation.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.environment.RequestMatch;
import io.terraorbit.foundation.harness.environment.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioFileTest {
  private static final String WHOLE =
      """
      apiVersion: foundation.terraorbit.io/v1alpha1
      kind: ReconcileScenario
      metadata: {name: survives, labels: {suite: failover}}
      spec:
        description: The quota is right again.
        seed: 42
        time: real
        timeouts: {apply: 1s, assert: 2s, error: 3s, delete: 4s, cleanup: 5s, exec: 6s}
        environment:
          services: [kubernetes, postgres, redis]
          crds: [crd.yaml]
        controllers:
          - name: workspaces
            factory: com.acme.Factory
            replicas: 2
            leaderElection: {lease: workspaces, namespace: system, leaseDuration: 2s, renewEvery: 300ms}
        bindings: [{name: ns, value: team-a}, {name: both, value: "(join('-', [$ns, $namespace]))"}]
        steadyStateHypothesis:
          title: at rest
          probes: [{name: converged, type: probe, tolerance: true, provider: {type: harness, func: converged}}]
        steps:
          - name: create
            try:
              - apply: {file: crd.yaml, timeout: 9s}
              - assert: {resource: {apiVersion: v1, kind: Pod, metadata: {name: ($ns)}}}
              - error: {resource: {apiVersion: v1, kind: Pod}}
              - patch: {resource: {apiVersion: v1, kind: Pod, metadata: {name: a}}, subresource: status}
          - try:
              - fault: {id: slow, link: postgres, type: latency, stream: upstream, attributes: {latency: 300, jitter: 50}, toxicity: 0.5}
              - fault: {link: redis, type: timeout}
              - fault: {id: conflicts, api: reject, match: {verb: write, kind: Namespace, name: ($ns)}, code: 409, count: 2}
              - killLeader: {lease: workspaces, when: {afterWrite: {kind: ResourceQuota, verb: update, occurrence: 3}}, restartAfter: 2s}
              - wait: {apiVersion: v1, kind: Pod, name: ($ns), namespace: b, for: {condition: {name: Ready, value: "False"}}, timeout: 7s}
              - wait: {apiVersion: v1, kind: Pod, name: a, for: {deletion: {}}}
              - wait: {apiVersion: v1, kind: Pod, name: a, for: {creation: {}}}
              - delete: {ref: {apiVersion: v1, kind: Pod, name: a}}
              - sleep: {duration: 10ms}
              - heal: {id: slow}
              - {heal: {all: true}, description: better now, continueOnError: true}
            catch: [{events: {}}, {history: {last: 50}}]
            finally: [{history: {}}]
        rollbacks: [{heal: {all: true}}]
        checks:
          - singleLeader: {lease: workspaces}
          - converges: {within: 60s}
          - noWritesAtFixpoint: {}
          - never: {resource: {kind: Namespace}, event: DELETED}
          - sometimes: {event: leader-change}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void addManifest() throws IOException {
    Files.writeString(
        folder.resolve("crd.yaml"),
        "{apiVersion: v1, kind: A}\n---\n---\n{apiVersion: v1, kind: B}\n");
  }

  @Nested
  class Reading {
    private Scenario scenario;

    @BeforeEach
    void read() {
      scenario = ScenarioText.read(folder, WHOLE);
    }

    @Test
    void readsTheHead() {
      assertThat(scenario.name()).isEqualTo("survives");
      assertThat(scenario.description()).isEqualTo("The quota is right again.");
      assertThat(scenario.seed()).isEqualTo(OptionalLong.of(42));
      assertThat(scenario.services())
          .isEqualTo(Set.of(Service.KUBERNETES, Service.POSTGRES, Service.REDIS));
      assertThat(scenario.crds()).extracting(crd -> crd.get("kind")).containsExactly("A", "B");
      assertThat(scenario.timeouts().apply()).isEqualTo(Duration.ofSeconds(1));
      assertThat(scenario.timeouts().exec()).isEqualTo(Duration.ofSeconds(6));
      assertThat(scenario.ownNamespace()).isFalse();
      assertThat(scenario.bindings())
          .containsExactly(
              new Scenario.Binding("ns", "team-a"),
              new Scenario.Binding("both", "(join('-', [$ns, $namespace]))"));
      assertThat(scenario.steadyState())
          .containsExactly(new Scenario.Probe("converged", "converged", true));
      assertThat(scenario.controllers())
          .containsExactly(
              new ControllerSpec(
                  "workspaces",
                  "com.acme.Factory",
                  2,
                  Optional.of(
                      new ReplicaContext.Election(
                          "system", "workspaces", Duration.ofSeconds(2), Duration.ofMillis(300)))));
    }

    @Test
    void readsObjectOperations() {
      List<Action> actions = actions(0);
      assertThat(((Action.Apply) actions.get(0)).resources()).hasSize(2);
      assertThat(((Action.Apply) actions.get(0)).timeout()).contains(Duration.ofSeconds(9));
      assertThat(actions)
          .extracting(Action::describe)
          .containsExactly("apply A, B", "assert Pod/($ns)", "error Pod", "patch Pod/a");
      assertThat(((Action.Patch) actions.get(3)).subresource()).isEqualTo("status");
    }

    @Test
    void readsFaultsAndTheRest() {
      assertThat(actions(1))
          .containsExactly(
              new Action.DisturbLinks(
                  "slow",
                  Service.POSTGRES,
                  new Action.LinkToxic(
                      "latency", "upstream", Map.of("latency", 300L, "jitter", 50L), 0.5)),
              new Action.DisturbLinks(
                  "timeout_downstream",
                  Service.REDIS,
                  new Action.LinkToxic("timeout", "downstream", Map.of(), 1.0)),
              new Action.DisturbApi(
                  new ApiFault.Reject(
                      "conflicts",
                      new RequestMatch("write", "Namespace", "", "($ns)", ""),
                      409,
                      2)),
              new Action.KillLeader(
                  "system",
                  "workspaces",
                  Optional.of(
                      new WriteMatch(new RequestMatch("update", "ResourceQuota", "", "", ""), 3)),
                  Optional.of(Duration.ofSeconds(2))),
              new Action.Wait(
                  new ObjectRef("v1", "Pod", "b", "($ns)"),
                  new Action.Until.Condition("Ready", "False"),
                  Optional.of(Duration.ofSeconds(7))),
              new Action.Wait(pod(), new Action.Until.Deleted(), Optional.empty()),
              new Action.Wait(pod(), new Action.Until.Created(), Optional.empty()),
              new Action.Delete(pod(), Optional.empty()),
              new Action.Sleep(Duration.ofMillis(10)),
              new Action.Heal(Optional.of("slow")),
              new Action.Heal(Optional.empty()));
      assertThat(actions(1))
          .extracting(Action::describe)
          .containsExactly(
              "fault 'slow': latency on postgres",
              "fault 'timeout_downstream': timeout on redis",
              "fault 'conflicts' on the Kubernetes API",
              "killLeader workspaces after update 3 of ResourceQuota",
              "wait for Ready=False of Pod/b/($ns)",
              "wait for deletion of Pod/a",
              "wait for creation of Pod/a",
              "delete Pod/a",
              "sleep 10ms",
              "heal 'slow'",
              "heal all");
    }

    @Test
    void readsNamesLinesAndOptionsOfOperations() {
      assertThat(scenario.steps()).extracting(Step::name).containsExactly("create", "step 2");
      Operation last = scenario.steps().get(1).attempt().get(10);
      assertThat(last.title()).isEqualTo("better now");
      assertThat(last.continueOnError()).isTrue();
      assertThat(scenario.steps().get(0).attempt().get(0).line()).isEqualTo(24);
      assertThat(scenario.steps().get(1).onFailure())
          .extracting(Operation::action)
          .containsExactly(new Action.ShowEvents(), new Action.ShowHistory(50));
      assertThat(scenario.steps().get(1).always())
          .extracting(Operation::title)
          .containsExactly("history");
      assertThat(scenario.rollbacks()).hasSize(1);
    }

    @Test
    void readsChecks() {
      assertThat(scenario.checks())
          .containsExactly(
              new SingleLeader("system/workspaces"),
              new Converges(Duration.ofSeconds(60)),
              new NoWritesAtFixpoint(),
              new Never(Map.of("kind", "Namespace"), ApiCommit.Change.DELETED),
              new Sometimes(Sometimes.Event.LEADER_CHANGE));
    }

    private List<Action> actions(int step) {
      return scenario.steps().get(step).attempt().stream().map(Operation::action).toList();
    }

    private static ObjectRef pod() {
      return new ObjectRef("v1", "Pod", "", "a");
    }
  }

  @Nested
  class Defaults {
    @Test
    void areThoseOfTheFormat() {
      Scenario scenario =
          ScenarioText.read(
              folder,
              ScenarioText.spec(
                  """
                  controllers: [{name: a, factory: b, leaderElection: {lease: l}}]
                  steps: [{try: [{fault: {link: postgres, type: noop}}]}]"""));
      assertThat(scenario.seed()).isEmpty();
      assertThat(scenario.timeouts()).isEqualTo(Timeouts.DEFAULT);
      assertThat(scenario.services()).isEqualTo(Set.of(Service.KUBERNETES, Service.POSTGRES));
      assertThat(scenario.controllers().get(0).replicas()).isEqualTo(1);
      assertThat(scenario.controllers().get(0).election())
          .contains(
              new ReplicaContext.Election(
                  "default", "l", Duration.ofSeconds(3), Duration.ofMillis(500)));
    }

    @Test
    void runAChainsawTestInANamespaceOfItsOwn() {
      Scenario scenario =
          ScenarioText.read(
              folder,
              """
              apiVersion: chainsaw.kyverno.io/v1alpha1
              kind: Test
              metadata: {name: quick-start}
              spec:
                steps:
                - try:
                  - apply: {file: crd.yaml}
                  - assert: {resource: {apiVersion: v1, kind: A, metadata: {namespace: ($namespace)}}}
              """);
      assertThat(scenario.ownNamespace()).isTrue();
      assertThat(scenario.services()).containsExactly(Service.KUBERNETES);
    }
  }

  @Nested
  class Mistakes {
    @Test
    void areToldAllAtOnceByLine() {
      assertThat(
              mistakes(
                  """
                  sptes: []
                  seed: many
                  steps:
                    - try: [{sleep: {duration: 3}}]
                      name: 5"""))
          .containsExactly(
              """
              SCENARIO_KEY_UNKNOWN: pg.yaml:5 has the key 'sptes', which 'spec' does not know.
              Did you mean 'steps'?""",
              """
              SCENARIO_TYPE_WRONG: pg.yaml:6 has the text 'many' as 'seed'. It is a whole number.
              Correct the value.""",
              """
              SCENARIO_DURATION_INVALID: pg.yaml:8 has the number 3 as 'duration'. A duration is written as in Go.
              Write for example 300ms, 2s or 1m30s.""",
              """
              SCENARIO_TYPE_WRONG: pg.yaml:9 has the number 5 as 'name'. It is a text.
              Correct the value.""");
    }

    @Test
    void nameAKeyThatIsMissing() {
      assertThat(mistakes("steps: [{name: a}]"))
          .containsExactly(
              """
              SCENARIO_KEY_MISSING: pg.yaml:5 has no 'try' in 'steps'. It is required.
              Add 'try: …'.""");
      assertThat(ScenarioText.mistakes(folder, "{}")).hasSize(2);
    }

    @Test
    void nameAFileOfAnotherKind() {
      assertThat(ScenarioText.mistakes(folder, "apiVersion: v1\nkind: Pod\n"))
          .containsExactly(
              """
              SCENARIO_KIND_UNKNOWN: pg.yaml:2 is a Pod of v1. A scenario is a ReconcileScenario of \
              foundation.terraorbit.io/v1alpha1, or Chainsaw's Test of chainsaw.kyverno.io/v1alpha1.
              Correct apiVersion and kind.""");
    }

    @Test
    void nameAnOperationThatDoesNothingOrTooMuch() {
      assertThat(operations("- {}\n- {sleep: {duration: 1s}, heal: {all: true}}\n- text"))
          .containsExactly(
              """
              SCENARIO_OPERATION_EMPTY: pg.yaml:8 has an operation that does nothing. An operation has one of \
              [apply, assert, error, patch, wait, delete, sleep, fault, heal, killLeader, events, history].
              Add one, or remove the operation.""",
              """
              SCENARIO_OPERATION_AMBIGUOUS: pg.yaml:9 has [sleep, heal] in one operation. An operation does one thing.
              Begin a new operation with '- heal: …'.""",
              """
              SCENARIO_TYPE_WRONG: pg.yaml:10 has the text 'text' as 'an operation'. It is a mapping.
              Correct the value.""");
    }

    @Test
    void refuseByNameWhatIsNotBuiltYet() {
      assertThat(operations("- script: {content: echo}"))
          .containsExactly(
              """
              SCENARIO_OPERATION_UNSUPPORTED: pg.yaml:8 has 'script' in 'an operation'. \
              The format knows it, this version does not do it.
              Remove it, or wait for a version that does.""");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "time: virtual\nsteps: []",
          "explore: {depth: 1}\nsteps: []",
          "controllers: [{name: a, command: [./a]}]\nsteps: []",
          "steps: [{use: {template: a}, try: []}]",
          "steps: [{try: [{create: {file: a}}]}]",
          "steps: [{try: [{delete: {file: a}}]}]",
          "steps: [{try: [{wait: {apiVersion: v1, kind: A, name: a, for: {jsonPath: {path: a}}}}]}]",
          "steps: [{try: [{fault: {api: staleView, code: 409}}]}]",
          "steps: []\nchecks: [{attempts: {}}]",
          "steps: []\nsteadyStateHypothesis: {probes: [{name: a, type: probe, tolerance: true,"
              + " provider: {type: http, url: a}}]}",
          "controllers: [{name: a, factory: b, leaderElection: {lease: l}}]\n"
              + "steps: [{try: [{killLeader: {lease: l, when: {beforeWrite: {kind: A}}}}]}]"
        })
    void refuseByNameEverythingThatIsNotBuiltYet(String spec) {
      assertThat(mistakes(spec))
          .isNotEmpty()
          .allSatisfy(
              message ->
                  assertThat(message).startsWith("SCENARIO_OPERATION_UNSUPPORTED: pg.yaml:"));
    }

    @Test
    void nameALinkThatTheEnvironmentDoesNotHave() {
      assertThat(
              mistakes(
                  """
                  environment: {services: [postgres]}
                  steps:
                    - try:
                        - fault: {link: postgers, type: noop}
                        - fault: {link: redis, type: noop, id: b}"""))
          .containsExactly(
              """
              SCENARIO_LINK_UNKNOWN: pg.yaml:8 disturbs the link 'postgers', but this environment has only [kubernetes, postgres].
              Did you mean 'postgres'?""",
              """
              SCENARIO_LINK_UNKNOWN: pg.yaml:9 disturbs the link 'redis', but this environment has only [kubernetes, postgres].
              Use one of [kubernetes, postgres]""");
    }

    @Test
    void nameAServiceThatThereIsNot() {
      assertThat(mistakes("environment: {services: [postgresql]}\nsteps: []"))
          .containsExactly(
              """
              SCENARIO_SERVICE_UNKNOWN: pg.yaml:5 asks for the service 'postgresql'. There is [kubernetes, postgres, redis].
              Did you mean 'postgres'?""");
    }

    @Test
    void nameALeaseThatNobodyElectsOn() {
      assertThat(operations("- killLeader: {lease: workspace}"))
          .containsExactly(
              """
              SCENARIO_LEASE_UNKNOWN: pg.yaml:8 names the lease 'workspace', but controllers elect on [] only.
              Remove it.""");
    }

    @Test
    void nameFaultsThatAreThereTwiceOrNotAtAll() {
      assertThat(
              operations(
                  """
                  - fault: {id: a, link: postgres, type: noop}
                  - fault: {id: a, api: reject, code: 409}
                  - heal: {id: b}"""))
          .containsExactly(
              """
              SCENARIO_FAULT_DUPLICATE: pg.yaml:9 has a second fault 'a'; the first is in line 8. An id names one fault.
              Give one of them another id.""",
              """
              SCENARIO_FAULT_UNKNOWN: pg.yaml:10 heals the fault 'b', but only [a] come before it.
              Did you mean 'a'?""");
    }

    @Test
    void nameAFileThatIsMissing() {
      assertThat(operations("- apply: {file: none.yaml}"))
          .containsExactly(
              """
              SCENARIO_FILE_MISSING: pg.yaml:8 refers to the file 'none.yaml', and none.yaml cannot be read. \
              Names are relative to the scenario's folder.
              Correct the name, or add the file.""");
    }

    @Test
    void areFoundInFilesThatAreReferredTo() throws IOException {
      Files.writeString(
          folder.resolve("a.yaml"), "{apiVersion: v1, kind: A,\n name: ($nons)}\n---\n[1]\n");
      assertThat(operations("- apply: {file: a.yaml}"))
          .containsExactly(
              """
              SCENARIO_BINDING_UNKNOWN: a.yaml:2 uses $nons, which is not bound.
              Use one of [namespace]""",
              """
              SCENARIO_RESOURCE_INVALID: a.yaml:4 has a list where a Kubernetes object is due. An object has at least apiVersion and kind.
              Add them.""");
    }

    @Test
    void nameExpressionsThatCannotBeRead() {
      assertThat(operations("- assert: {resource: {apiVersion: v1, kind: A, \"(a[?)\": 1}}"))
          .containsExactly(
              """
              SCENARIO_EXPRESSION_INVALID: pg.yaml:8 has an expression that cannot be read: (a[?) is not JMESPath.
              Correct it; for a text that begins with a parenthesis write \\(…)\\.""");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "- fault: {link: postgres, type: latncy} | as 'type'",
          "- fault: {link: postgres, type: latency, attributes: {latncy: 3}} | as 'attributes'",
          "- fault: {link: postgres, type: noop, toxicity: 2} | has 2.0 as 'toxicity'. It is from 0 to 1.",
          "- fault: {link: postgres, type: noop, toxicity: a} | as 'toxicity'. It is a number.",
          "- fault: {link: postgres, type: noop, stream: up} | has 'up' as 'stream'. It is one of",
          "- fault: {link: postgres, api: reject, code: 409} | both 'api' and 'link'",
          "- fault: {api: refuse, code: 409} | has 'refuse' as 'api'",
          "- fault: {api: reject, code: 418} | has 418 as 'code'. It is one of [409, 429, 500, 503, 504].",
          "- fault: {api: reject, code: 409, count: 0} | has 0 as 'count'. It is from 1 to 1000000.",
          "- fault: {type: noop} | has no 'link' in 'fault'",
          "- fault: {api: reject, code: 409, match: {verb: put}} | has 'put' as 'verb'",
          "- heal: {} | has nothing as 'id'. Either an id or 'all: true'.",
          "- heal: {all: yes} | It is true or false",
          "- apply: {} | has nothing as 'resource'. Either a 'file' or a 'resource'.",
          "- apply: {resource: {kind: A}} | has a mapping where a Kubernetes object is due",
          "- delete: {ref: {apiVersion: '', kind: A, name: a}} | has nothing as 'apiVersion'. It is a text.",
          "- apply: {resource: text} | where a Kubernetes object is due",
          "- wait: {apiVersion: v1, kind: A, name: a, for: {creation: {}, deletion: {}}} | It is one of them",
          "- wait: {apiVersion: v1, kind: A, name: a} | has no 'for' in 'wait'",
          "- assert: 3 | has the number 3 as 'assert'. It is a mapping.",
        })
    void nameValuesThatAreWrong(String operation, String expected) {
      assertThat(operations(operation))
          .anySatisfy(message -> assertThat(message).contains(expected));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "time: fast | has 'fast' as 'time'. It is one of [real, virtual].",
          "bindings: {a: b} | has a mapping as 'bindings'. It is a list.",
          "controllers: [{name: a, factory: b, replicas: 0}] | has 0 as 'replicas'. It is from 1 to 20.",
          "controllers: [{name: a, factory: b, leaderElection: {lease: l, renewEvery: 2s}}]"
              + " | has 2s as 'renewEvery'. It is at most half of leaseDuration, which is 3s.",
          "checks: [{converge: {within: 1s}}] | Did you mean 'converges'?",
          "checks: [{converges: {within: 1s}, noWritesAtFixpoint: {}}] | One check per entry",
          "checks: [{never: {resource: {name: A}, event: ADDED}}] | has a mapping where a Kubernetes object is due",
          "checks: [{never: {resource: {kind: A}, event: REMOVED}}] | It is one of [ADDED, MODIFIED, DELETED].",
          "checks: [{sometimes: {event: leaderchange}}] | Did you mean 'leader-change'?",
          "steadyStateHypothesis: {probes: [{name: a, type: action, provider: {type: harness, func: converged}}]}"
              + " | has 'action' as 'type'",
          "environment: {services: [redis, 5]} | has the number 5 as 'services'. It is a text.",
        })
    void nameValuesOfTheSpecThatAreWrong(String line, String expected) {
      assertThat(mistakes(line + "\nsteps: []")).singleElement().asString().contains(expected);
    }

    @Test
    void nameAFileThatCannotBeReadAtAll() throws IOException {
      Path missing = folder.resolve("missing.yaml");
      assertThatThrownBy(() -> ScenarioFile.load(missing))
          .isInstanceOf(AppException.class)
          .hasMessage(
              "SCENARIO_FILE_UNREADABLE: %s:1 cannot be read: there is no such file.%nCorrect the file's name."
                  .formatted(missing));
      Files.write(folder.resolve("pg.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
      assertThat(ScenarioFile.read(folder.resolve("pg.yaml")).mistakes().get(0).found())
          .endsWith("it is not UTF-8");
      assertThat(ScenarioFile.read(folder).mistakes()).hasSize(1);
    }

    @Test
    void nameAFileWithSeveralDocumentsOrNone() {
      assertThat(ScenarioText.mistakes(folder, WHOLE + "---\na: 1\n"))
          .containsExactly(
              """
              SCENARIO_DOCUMENT_COUNT: pg.yaml:50 holds 2 documents. A scenario file holds exactly one.
              Put each scenario into a file of its own.""");
      assertThat(ScenarioText.mistakes(folder, ""))
          .singleElement()
          .asString()
          .contains("0 documents");
      assertThat(ScenarioText.mistakes(folder, "[1]"))
          .singleElement()
          .asString()
          .contains("has a list as 'the file'");
      assertThat(ScenarioText.mistakes(folder, "a: [")).hasSize(1);
    }

    @Test
    void areThrownTogether() {
      Path file = ScenarioText.write(folder, ScenarioText.spec("a: 1\nb: 1\nsteps: []"));
      assertThatThrownBy(() -> ScenarioFile.load(file))
          .isInstanceOf(AppException.class)
          .hasMessageStartingWith("SCENARIO_INVALID: %s has 2 mistakes.".formatted(file))
          .hasMessageContaining("has the key 'a'")
          .hasMessageContaining("has the key 'b'");
    }
  }

  @Test
  void tellsScenariosFromOtherYaml() throws IOException {
    assertThat(ScenarioFile.claimsToBeOne(ScenarioText.write(folder, WHOLE))).isTrue();
    assertThat(ScenarioFile.claimsToBeOne(folder.resolve("crd.yaml"))).isFalse();
    assertThat(ScenarioFile.claimsToBeOne(folder.resolve("none.yaml"))).isFalse();
    Files.writeString(folder.resolve("b.yaml"), "apiVersion: chainsaw.kyverno.io/v1alpha1");
    assertThat(ScenarioFile.claimsToBeOne(folder.resolve("b.yaml"))).isTrue();
  }

  private List<String> mistakes(String spec) {
    return ScenarioText.mistakes(folder, ScenarioText.spec(spec));
  }

  private List<String> operations(String operations) {
    return ScenarioText.mistakes(folder, ScenarioText.operations(operations));
  }
}
