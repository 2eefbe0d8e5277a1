package io.terraorbit.foundation.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunnerTest {
  private static final String WIDGET =
      "{apiVersion: acme/v1, kind: Widget, metadata: {name: w}, spec: {size: ($size)}}";

  private static final String APPLY = "- apply: {resource: " + WIDGET + "}";

  private static final String READY =
      "- wait: {apiVersion: acme/v1, kind: Widget, name: w, for: {condition: {name: Ready}}}";

  private static final String PART =
      "{apiVersion: v1, kind: Part, metadata: {name: w}, spec: {size: ($size)}}";

  private static final String CONVERGED =
      """
      steadyStateHypothesis:
        probes: [{name: rest, type: probe, tolerance: true, provider: {type: harness, func: converged}}]
      """;

  private static final String KILL =
      "- killLeader: {lease: widgets, when: {afterWrite: {kind: Widget, verb: update}}, restartAfter: 10ms}";

  @TempDir private Path folder;

  private final FakeKube kube = new FakeKube();

  @Nested
  class AGoodController {
    @Test
    void passesThroughAKillBetweenTwoWrites() throws Exception {
      RunResult result =
          run(
              "Good",
              """
              - fault: {id: conflict, api: reject, match: {verb: write, kind: Part}, code: 409, count: 2}
              """
                  + String.join("\n", KILL, APPLY, READY, "- assert: {resource: " + PART + "}"),
              "- singleLeader: {lease: widgets}",
              "- converges: {within: 20s}",
              "- noWritesAtFixpoint: {}",
              "- never: {resource: {kind: Widget, metadata: {name: w}}, event: DELETED}",
              "- sometimes: {event: leader-change}");
      assertThat(result.verdict()).isEqualTo(new Verdict.Passed("all checks hold"));
      assertThat(result.checks()).extracting(check -> check.verdict().word()).containsOnly("pass");
      assertThat(LeaderTerm.of(result.history())).hasSizeGreaterThanOrEqualTo(2);
      assertThat(kube.closed()).isTrue();
    }

    @Test
    void isKilledOnceRightAfterTheWriteThatIsMeant() throws Exception {
      RunResult result = run("Good", String.join("\n", KILL, APPLY, READY));
      List<Fact.ReplicaLife> kills =
          facts(result, Fact.ReplicaLife.class)
              .filter(life -> life.turn() == Fact.ReplicaLife.Turn.KILL)
              .toList();
      assertThat(kills).hasSize(1);
      String victim = kills.get(0).replica();
      assertThat(kills.get(0).detail()).isEqualTo("right after it wrote Widget/w");
      List<Fact.Revision> writes =
          facts(result, Fact.Revision.class)
              .filter(write -> write.commit().user().equals(victim) && !write.isLease())
              .toList();
      assertThat(writes).hasSize(1);
      String restarted = victim.replaceAll("-1$", "-2");
      assertThat(Replicas.leases(result.history())).containsKey(restarted);
    }

    @Test
    void isKilledAtOnceWhenNoWriteIsNamed() throws Exception {
      RunResult result =
          run("Good", String.join("\n", APPLY, READY, "- killLeader: {lease: widgets}"));
      assertThat(result.verdict().passes()).isTrue();
      assertThat(FaultRecord.of(result.history()))
          .singleElement()
          .satisfies(
              fault -> {
                assertThat(fault.type()).isEqualTo("killLeader");
                assertThat(fault.fired()).isTrue();
              });
    }

    @Test
    void hasTheSameHistoryInTheRecording() throws Exception {
      RunResult result = run("Good", String.join("\n", KILL, APPLY, READY));
      Path directory = folder.resolve("recording");
      Recording.write(result, directory);
      List<Map<String, Object>> lines =
          Files.readAllLines(directory.resolve("events.jsonl")).stream()
              .map(Json::readObject)
              .toList();
      assertThat(lines).hasSameSizeAs(result.history());
      assertThat(lines)
          .extracting(line -> line.get("kind"))
          .contains("env", "proc", "lead", "rev", "q.add", "rec.start", "rec.end", "step", "mark")
          .contains("fault.on", "fault.hit", "inv");
      for (Map<String, Object> line : lines) {
        if (line.get("kind").equals("rev")) {
          assertThat(directory.resolve("objects").resolve(line.get("body") + ".json")).exists();
        }
      }
      assertThat(Json.readObject(Files.readString(directory.resolve("meta.json"))))
          .containsEntry("verdict", "pass")
          .containsEntry("seed", 7L)
          .containsEntry("events", (long) lines.size());
    }

    @Test
    void isVoidWhenTheSteadyStateIsNotMetBefore() throws Exception {
      // Rest takes half a second to be believed.
      RunResult result = play(spec("Good", APPLY, "timeouts: {assert: 100ms}\n" + CONVERGED));
      assertThat(result.verdict())
          .isEqualTo(
              new Verdict.Inconclusive(
                  "the steady state was not met before the first step: probe 'rest'"));
      assertThat(facts(result, Fact.StepProgress.class)).isEmpty();
    }

    @Test
    void failsWhenTheSteadyStateDeviatesAfterwards() throws Exception {
      RunResult result =
          play(
              spec("Good", "- killLeader: {lease: widgets}", "timeouts: {assert: 4s}\n" + CONVERGED)
                  .replace("replicas: 2", "replicas: 1"));
      assertThat(result.verdict())
          .isEqualTo(
              new Verdict.Failed(
                  "steadyStateHypothesis",
                  "the steady state deviated: probe 'rest' no longer holds after the steps",
                  List.of()));
    }
  }

  @Nested
  class AWrongController {
    @Test
    void failsInOneSentenceThatTellsTheCause() throws Exception {
      RunResult result =
          run(
              "Forgetful",
              String.join(
                  "\n", KILL, APPLY, READY, "- assert: {timeout: 1s, resource: " + PART + "}"));
      assertThat(result.verdict()).isInstanceOf(Verdict.Failed.class);
      assertThat(result.verdict().reason())
          .matches(
              "Part/w is missing after 1s in step 'one': widgets-\\d-1 was killed at [0-9.]+ s right"
                  + " after it wrote Widget/w, and widgets-\\d-[12], leading since [0-9.]+ s, never"
                  + " wrote a Part\\.");
    }

    @Test
    void failsWhenItWritesAtRest() throws Exception {
      RunResult result = run("Chatty", String.join("\n", APPLY, READY), "- noWritesAtFixpoint: {}");
      assertThat(result.verdict()).isInstanceOf(Verdict.Failed.class);
      assertThat(result.verdict().reason())
          .startsWith("nothing had changed, and yet a resync led to ");
    }

    @Test
    void failsWhenItWritesWithoutLeading() throws Exception {
      RunResult result =
          run("Usurper", String.join("\n", APPLY, READY), "- singleLeader: {lease: widgets}");
      assertThat(result.verdict()).isInstanceOf(Verdict.Failed.class);
      assertThat(result.verdict().reason())
          .matches(
              "3 of 3 writes were made without holding the lease default/widgets; the first: at"
                  + " [0-9.]+ s widgets-\\d-1 wrote Widget/w \\(update, revision \\d+\\) while"
                  + " widgets-\\d-1 held the lease");
    }

    @Test
    void isInconclusiveWhenItCannotStart() throws Exception {
      RunResult result =
          play(spec("Unable", "- sleep: {duration: 1ms}", "timeouts: {assert: 100ms}"));
      assertThat(result.verdict())
          .isEqualTo(
              new Verdict.Inconclusive(
                  "the replica widgets-0-1 could not start: java.lang.IllegalStateException: no licence"));
    }

    @Test
    void isRefusedWhenThereIsNoSuchClass() {
      assertThatThrownBy(() -> run("Missing", APPLY))
          .isInstanceOf(AppException.class)
          .hasMessage(
              """
              SCENARIO_FACTORY_UNKNOWN: the controller 'widgets' is made by \
              'io.terraorbit.foundation.chaos.scenario.FakeControllers$Missing', which is not on the class path. \
              A factory is a public class that implements ControllerFactory.
              Correct the name, or put the class on the class path."""
                  .replace("\n", System.lineSeparator()));
      assertThatThrownBy(() -> run("Hidden", APPLY))
          .hasMessageContaining("has no public constructor without parameters");
      assertThatThrownBy(
              () ->
                  play(
                      spec("Good", APPLY, "")
                          .replaceAll("factory: .*", "factory: java.lang.String")))
          .hasMessageContaining("is no ControllerFactory");
    }
  }

  @Nested
  class Steps {
    @Test
    void doWhatTheySay() throws Exception {
      RunResult result =
          runWithoutControllers(
              """
              - apply: {resource: {apiVersion: v1, kind: Part, metadata: {name: p, labels: {a: b}}, spec: {size: ($size)}}}
              - assert: {resource: {apiVersion: v1, kind: Part, metadata: {name: p, namespace: default}}}
              - assert: {resource: {apiVersion: v1, kind: Part, metadata: {labels: {a: b}}, spec: {size: big}}}
              - patch: {resource: {apiVersion: v1, kind: Part, metadata: {name: p}, spec: {size: small}}}
              - patch: {resource: {apiVersion: v1, kind: Part, metadata: {name: p}, status: {ok: true}}, subresource: status}
              - assert: {resource: {apiVersion: v1, kind: Part, spec: {size: small}, status: {ok: true}}}
              - error: {resource: {apiVersion: v1, kind: Part, spec: {size: big}}}
              - wait: {apiVersion: v1, kind: Part, name: p, for: {creation: {}}}
              - sleep: {duration: 1ms}
              - fault: {id: slow, link: kubernetes, type: latency, attributes: {latency: 1}}
              - heal: {id: slow}
              - delete: {ref: {apiVersion: v1, kind: Part, name: p}}
              - wait: {apiVersion: v1, kind: Part, name: p, for: {deletion: {}}}
              """);
      assertThat(stages(result)).doesNotContain(Fact.StepProgress.Stage.FAIL);
      assertThat(result.verdict())
          .isEqualTo(new Verdict.Vacuous("the fault 'slow' on kubernetes never fired"));
    }

    @Test
    void tellWhatIsDifferent() throws Exception {
      RunResult result =
          runWithoutControllers(
              APPLY
                  + "\n- assert: {timeout: 50ms, resource: {apiVersion: acme/v1, kind: Widget,"
                  + " metadata: {name: w}, spec: {size: small}}}");
      assertThat(result.verdict())
          .isInstanceOfSatisfying(
              Verdict.Failed.class,
              failed -> {
                assertThat(failed.rule()).isEqualTo("step 'one'");
                assertThat(failed.reason())
                    .matches(
                        "Widget/w is not as asserted after 50ms in step 'one': it was last written at"
                            + " [0-9.]+ s by scenario-runner\\.");
                assertThat(failed.trace())
                    .containsExactly("spec.size: expected \"small\", got \"big\"");
              });
    }

    @Test
    void tellWhatIsMissingThereAndNotAsItShould() throws Exception {
      assertThat(
              failureOf(
                  "- wait: {timeout: 20ms, apiVersion: acme/v1, kind: Widget, name: w, for: {creation: {}}}"))
          .isEqualTo("Widget/w is missing after 20ms in step 'one': nobody ever wrote a Widget.");
      assertThat(failureOf(APPLY + "\n- error: {timeout: 20ms, resource: " + WIDGET + "}"))
          .startsWith("Widget/w is still there after 20ms, and must not be in step 'one'");
      assertThat(
              failureOf(
                  APPLY
                      + "\n- wait: {timeout: 20ms, apiVersion: acme/v1, kind: Widget, name: w, for: {deletion: {}}}"))
          .startsWith("Widget/w is still there after 20ms");
      assertThat(
              failureOf(APPLY + "\n" + READY.replace("{apiVersion", "{timeout: 20ms, apiVersion")))
          .startsWith("Widget/w has Ready=(none) instead of True after 20ms");
      assertThat(
              failureOf(
                  "- assert: {timeout: 20ms, resource: {apiVersion: v1, kind: Unknown, metadata: {namespace: a, name: b}}}"))
          .startsWith("Unknown/a/b cannot be read (the API does not serve Unknown) after 20ms");
      assertThat(
              failureOf(
                  "- wait: {timeout: 20ms, apiVersion: v1, kind: Unknown, name: w, for: {deletion: {}}}"))
          .startsWith("Unknown/w cannot be read (the API does not serve Unknown)");
      assertThat(
              failureOf(
                  "- apply: {resource: {apiVersion: v1, kind: Unknown, metadata: {name: b}}}"))
          .startsWith(
              "Unknown/b could not be applied: the API does not serve Unknown in step 'one'");
      assertThat(
              failureOf(
                  "- patch: {timeout: 20ms, resource: {apiVersion: acme/v1, kind: Widget, metadata: {name: none}}}"))
          .startsWith("Widget/none could not be patched: Widget/none is not there");
      assertThat(
              failureOf(
                  "- apply: {resource: {apiVersion: v1, kind: Part, metadata: {name: \"(length(`1`))\"}}}"))
          .startsWith("(length(`1`)) fails: ");
    }

    @Test
    void retryAWriteThatConflicts() throws Exception {
      RunResult result =
          runWithoutControllers(
              "- fault: {api: reject, match: {kind: Widget}, code: 409, count: 2}\n" + APPLY);
      assertThat(result.verdict().word()).isEqualTo("pass");
    }

    @Test
    void showWhatTheyWereToldToWhenOneFails() throws Exception {
      RunResult result =
          runSteps(
              """
              - name: one
                try:
                  - apply: {resource: {apiVersion: v1, kind: Event, metadata: {name: e}, reason: Oops, message: it broke, involvedObject: {kind: Widget, name: w}}}
                  - {sleep: {duration: 1ms}, description: a nap}
                  - delete: {timeout: 20ms, ref: {apiVersion: v1, kind: Unknown, name: p}}
                  - apply: {resource: {apiVersion: v1, kind: Part, metadata: {name: never}}}
                catch: [{events: {}}, {history: {last: 3}}]
                finally: [{history: {last: 1}}]
              - name: two
                try: [{apply: {resource: {apiVersion: v1, kind: Part, metadata: {name: never}}}}]
              """);
      assertThat(result.verdict().word()).isEqualTo("fail");
      assertThat(result.dumps()).hasSize(3);
      assertThat(result.dumps().get(0)).isEqualTo("Events:%n  Oops Widget/w: it broke".formatted());
      assertThat(result.dumps().get(1).lines()).hasSize(4);
      assertThat(facts(result, Fact.StepProgress.class).map(Fact.StepProgress::step))
          .contains("one")
          .doesNotContain("two");
      assertThat(facts(result, Fact.Revision.class))
          .noneMatch(write -> write.commit().object().name().equals("never"));
      assertThat(facts(result, Fact.StepProgress.class).map(Fact.StepProgress::operation))
          .contains("a nap");
    }

    @Test
    void goOnAfterAFailureIfToldToAndFailAllTheSame() throws Exception {
      RunResult result =
          runWithoutControllers(
              """
              - continueOnError: true
                assert: {timeout: 20ms, resource: {apiVersion: v1, kind: Part, metadata: {name: p}}}
              """
                  + APPLY);
      assertThat(result.verdict().word()).isEqualTo("fail");
      assertThat(facts(result, Fact.Revision.class)).hasSize(1);
    }

    @Test
    void rollBackInAnyCase() throws Exception {
      RunResult result =
          play(
              withoutControllers(
                  """
                  steps:
                    - try:
                        - fault: {id: slow, link: kubernetes, type: noop}
                        - fault: {id: conflict, api: reject, match: {kind: Part}, code: 409}
                        - wait: {timeout: 20ms, apiVersion: acme/v1, kind: Widget, name: w, for: {creation: {}}}
                  rollbacks:
                    - assert: {timeout: 20ms, resource: {apiVersion: acme/v1, kind: Widget}}
                    - heal: {all: true}"""));
      assertThat(facts(result, Fact.FaultOff.class).map(Fact.FaultOff::id))
          .containsExactly("conflict", "slow");
    }
  }

  @Nested
  class Vacuity {
    @Test
    void isTheVerdictWhenAKillNeverFires() throws Exception {
      RunResult result =
          run("Good", String.join("\n", KILL.replace("Widget", "Gadget"), APPLY, READY));
      assertThat(result.verdict())
          .isEqualTo(
              new Verdict.Vacuous("the fault 'killLeader widgets' on default/widgets never fired"));
    }

    @Test
    void isOutweighedByAFailure() throws Exception {
      RunResult result =
          run(
              "Good",
              String.join(
                  "\n",
                  KILL.replace("Widget", "Gadget"),
                  "- wait: {timeout: 20ms, apiVersion: v1, kind: Part, name: x, for: {creation: {}}}"));
      assertThat(result.verdict().word()).isEqualTo("fail");
    }

    @Test
    void failsAKillOfALeaseThatNobodyHolds() throws Exception {
      RunResult result =
          play(
              spec("Unable", "- killLeader: {lease: widgets}", "timeouts: {assert: 100ms}")
                  .replace("replicas: 2", "replicas: 1"));
      assertThat(facts(result, Fact.StepProgress.class).map(Fact.StepProgress::detail))
          .contains("no replica holds the lease 'default/widgets'");
    }
  }

  @Nested
  class Environments {
    @Test
    void areStoppedWhenOneOfThemDoesNotStart() {
      Path file =
          ScenarioText.write(
              folder, ScenarioText.spec("environment: {services: [redis]}\nsteps: []"));
      assertThatThrownBy(() -> runner().run(ScenarioFile.load(file), RunOptions.DEFAULT, e -> {}))
          .isInstanceOfSatisfying(
              AppException.class, e -> assertThat(e.code()).isEqualTo("ENV_BACKEND_ABSENT"));
      assertThat(kube.closed()).isTrue();
    }

    @Test
    void serveACustomResourceBeforeTheStepsBegin() throws IOException {
      Files.writeString(folder.resolve("crd.yaml"), crd("Gadget"));
      Files.writeString(folder.resolve("odd.yaml"), crd("UnknownGadget"));
      assertThatThrownBy(
              () -> play(ScenarioText.spec("environment: {crds: [crd.yaml, odd.yaml]}\nsteps: []")))
          .isInstanceOfSatisfying(
              AppException.class,
              e ->
                  assertThat(e.error().found())
                      .isEqualTo(
                          "CustomResourceDefinition/UnknownGadgets was applied, and the API still does"
                              + " not serve acme/v1 UnknownGadget"));
    }

    private String crd(String kind) {
      return """
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata: {name: %ss}
          spec: {group: acme, names: {kind: %s}, versions: [{name: v0, served: false}, {name: v1, served: true}]}
          """
          .formatted(kind, kind);
    }

    @Test
    void areStoppedWhenTheRunIsInterrupted() throws Exception {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      CountDownLatch began = new CountDownLatch(1);
      Scenario scenario =
          ScenarioText.read(
              folder, withoutControllers("steps: [{try: [{sleep: {duration: 1h}}]}]"));
      Thread thread =
          new Thread(
              () -> {
                try {
                  runner()
                      .run(
                          scenario,
                          RunOptions.DEFAULT,
                          event -> {
                            if (event.fact() instanceof Fact.StepProgress) {
                              began.countDown();
                            }
                          });
                } catch (InterruptedException | RuntimeException e) {
                  thrown.set(e);
                }
              });
      thread.start();
      assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
      thread.interrupt();
      thread.join(30_000);
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(kube.closed()).isTrue();
    }

    @Test
    void refuseABindingWithoutAValue() {
      assertThatThrownBy(
              () ->
                  play(
                      ScenarioText.spec(
                          "bindings: [{name: a, value: \"(length(`1`))\"}]\nsteps: []")))
          .isInstanceOfSatisfying(
              AppException.class, e -> assertThat(e.code()).isEqualTo("SCENARIO_BINDING_INVALID"));
    }
  }

  @Nested
  class Seeds {
    @Test
    void comeFromTheUserThenTheScenarioThenChance() throws Exception {
      Scenario unseeded = ScenarioText.read(folder, ScenarioText.spec("steps: []"));
      Scenario seeded = ScenarioText.read(folder, ScenarioText.spec("seed: 5\nsteps: []"));
      RunOptions chosen =
          new RunOptions(OptionalLong.of(9), "embedded", Map.of(Service.REDIS, 6379));
      assertThat(runner().run(unseeded, RunOptions.DEFAULT, event -> {}).seed())
          .isEqualTo(Randomness.seeded(1).nextLong(1L << 31));
      assertThat(runner().run(seeded, RunOptions.DEFAULT, event -> {}).seed()).isEqualTo(5);
      assertThat(runner().run(seeded, chosen, event -> {}).seed()).isEqualTo(9);
    }

    @Test
    void tellWhereTheTimeWent() throws Exception {
      assertThat(runWithoutControllers(APPLY).phases().keySet())
          .containsExactly("environment", "controllers", "steps", "checks", "shutdown");
    }
  }

  private String failureOf(String operations) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> assertThat(file.toFile().delete()).isTrue());
    }
    kube.all("Widget").forEach(widget -> kube.remove("test", Words.reference(widget)));
    return runWithoutControllers(operations).verdict().reason();
  }

  private RunResult run(String controller, String operations, String... checks) throws Exception {
    String judged = checks.length == 0 ? "" : "checks:\n" + String.join("\n", checks).indent(2);
    return play(spec(controller, operations, judged));
  }

  private RunResult runWithoutControllers(String operations) throws Exception {
    return runSteps("- name: one\n  try:\n" + operations.indent(4));
  }

  private RunResult runSteps(String steps) throws Exception {
    return play(withoutControllers("steps:\n" + steps.indent(2)));
  }

  private RunResult play(String text) throws Exception {
    return runner().run(ScenarioText.read(folder, text), RunOptions.DEFAULT, event -> {});
  }

  private Runner runner() {
    return new Runner(
        TimeSource.system(), Randomness.seeded(1), List.of(kube.provider()), kube.connector());
  }

  private static String withoutControllers(String spec) {
    return ScenarioText.spec("bindings: [{name: size, value: big}]\n" + spec);
  }

  private static String spec(String controller, String operations, String more) {
    return withoutControllers(
        """
        seed: 7
        controllers:
          - name: widgets
            factory: %s
            replicas: 2
            leaderElection: {lease: widgets}
        %s
        steps:
          - name: one
            try:
        """
                .formatted(FakeControllers.class.getName() + "$" + controller, more.strip())
            + operations.indent(6));
  }

  private static <T extends Fact> Stream<T> facts(RunResult result, Class<T> type) {
    return result.history().stream().map(RunEvent::fact).filter(type::isInstance).map(type::cast);
  }

  private static List<Fact.StepProgress.Stage> stages(RunResult result) {
    return facts(result, Fact.StepProgress.class).map(Fact.StepProgress::stage).toList();
  }

  static Map<String, Object> object(String yaml) {
    return Values.object(Json.read(yaml));
  }
}
