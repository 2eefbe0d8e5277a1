package io.terraorbit.foundation.harness.kubeschemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.harness.kubeschemas.TypeRow.FieldRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCompilerTest {
  private static final Path TABLE = Path.of("src/main/facts/kubernetes-1.36.tsv");

  private static Map<String, Map<String, Fact>> facts = Map.of();
  private static Map<String, TypeRow> types = Map.of();

  @BeforeAll
  static void compile() throws IOException {
    facts = SchemaCompiler.facts(Files.readAllLines(TABLE));
    types =
        SchemaCompiler.compile(facts).stream()
            .collect(Collectors.toMap(TypeRow::name, Function.identity()));
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1.DeploymentSpec, replicas, 1, i, ''",
    "apps/v1.DeploymentSpec, template, 3, ., core/v1.PodTemplateSpec",
    "core/v1.Probe, httpGet, 1.2, ., core/v1.HTTPGetAction",
    "core/v1.Probe, terminationGracePeriodSeconds, 7, l, ''",
    "core/v1.EphemeralContainer, env, 1.7, [., core/v1.EnvVar",
    "core/v1.ServicePort, targetPort, 4, o, ''",
    "core/v1.Secret, data, 2, {y, ''",
    "core/v1.Secret, stringData, 4, {s, ''",
    "core/v1.ResourceRequirements, limits, 1, {q, ''",
    "core/v1.Event, eventTime, 10, m, ''",
    "events/v1.Event, eventTime, 2, m, ''",
    "coordination/v1.LeaseSpec, renewTime, 4, m, ''",
    "meta/v1.ObjectMeta, creationTimestamp, 8, t, ''",
    "meta/v1.OwnerReference, uid, 4, s, ''",
    "meta/v1.ManagedFieldsEntry, fieldsV1, 7, a, ''",
    "apps/v1.ControllerRevision, data, 2, a, ''",
    "authorization/v1.SubjectAccessReviewSpec, extra, 5, {[s, ''",
    "admissionregistration/v1.NamedRuleWithOperations, apiGroups, 2.2.1, [s, ''",
    "apiextensions/v1.JSONSchemaProps, properties, 29, {., apiextensions/v1.JSONSchemaProps",
    "apiextensions/v1.JSONSchemaProps, $ref, 3, s, ''",
    "apiextensions/v1.JSONSchemaProps, x-kubernetes-list-type, 42, s, ''",
    "apiextensions/v1.CustomResourceSubresources, status, 1, ., apiextensions/v1.CustomResourceSubresourceStatus",
    "autoscaling/v2.MetricTarget, averageValue, 3, q, ''",
    "autoscaling/v1.Scale, spec, 2, ., autoscaling/v1.ScaleSpec",
    "authentication/v1.TokenRequest, spec, 2, ., authentication/v1.TokenRequestSpec",
    "policy/v1.Eviction, deleteOptions, 2, ., meta/v1.DeleteOptions",
    "resource/v1.DeviceAttribute, int, 2, l, ''",
    "apiregistration/v1.APIServiceSpec, caBundle, '', y, ''",
    "apiregistration/v1.APIService, metadata, '', ., meta/v1.ObjectMeta",
  })
  void knowsNumbersShapesAndTypesOfFields(
      String type, String field, String path, String shape, String of) {
    FieldRow row = row(type, field);

    assertThat(row.path()).isEqualTo(path);
    assertThat(row.shape()).isEqualTo(shape);
    assertThat(row.type()).isEqualTo(of);
  }

  @Test
  void knowsWhatNoJarSays() {
    FieldRow ports = row("core/v1.Container", "ports");
    FieldRow protocol = row("core/v1.ContainerPort", "protocol");
    FieldRow policy = row("core/v1.PodSpec", "restartPolicy");

    assertThat(ports.fact().keys()).isEqualTo("containerPort,protocol");
    assertThat(ports.fact().mergeKey()).isEqualTo("containerPort");
    assertThat(protocol.fact().defaultValue()).isEqualTo("\"TCP\"");
    assertThat(row("core/v1.LocalObjectReference", "name").fact().defaultValue()).isEqualTo("\"\"");
    assertThat(policy.fact().goType()).isEqualTo("v1.RestartPolicy");
    assertThat(policy.fact().values()).isEqualTo("Always|OnFailure|Never");
    assertThat(row("core/v1.Container", "name").required()).isTrue();
    assertThat(row("core/v1.Container", "image").required()).isFalse();
    assertThat(Objects.requireNonNull(types.get("core/v1.LocalObjectReference")).atomic()).isTrue();
  }

  @Test
  void refersOnlyToTypesThatItHas() {
    List<String> missing = new ArrayList<>();
    for (TypeRow type : types.values()) {
      for (FieldRow field : type.fields()) {
        if (field.shape().endsWith(".") && !types.containsKey(field.type())) {
          missing.add(type.name() + "." + field.name());
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(types).hasSizeGreaterThan(480);
  }

  @Test
  void hasAFactOfNoFieldThatThereIsNot() {
    List<String> unknown = new ArrayList<>();
    facts.forEach(
        (type, fields) -> {
          TypeRow row = types.get(type);
          if (row != null) {
            fields.keySet().stream()
                .filter(name -> !name.equals(Fact.WHOLE))
                .filter(name -> row.fields().stream().noneMatch(f -> f.name().equals(name)))
                .forEach(name -> unknown.add(type + "." + name));
          }
        });

    assertThat(unknown).isEmpty();
  }

  /** The public snapshot has every list, with its type, keys and patch strategy. */
  @Test
  void agreesWithThePublishedMarkers() throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (String line : published()) {
      String[] cells = line.split("\t", -1);
      Fact fact = facts.getOrDefault(cells[0], Map.of()).get(cells[1]);
      String ours =
          fact == null
              ? ""
              : String.join(
                  "\t",
                  List.of(fact.listType(), fact.keys(), fact.patchStrategy(), fact.mergeKey())
                      .stream()
                      .map(cell -> cell.isEmpty() ? "-" : cell)
                      .toList());
      if (!line.equals(cells[0] + "\t" + cells[1] + "\t" + ours)) {
        differences.add(line + " but we have " + ours);
      }
      compared++;
    }

    assertThat(differences).isEmpty();
    assertThat(compared).isEqualTo(338);
  }

  /** Server-side apply cannot do without these. */
  @Test
  void hasADefaultForEveryListKeyThatIsNotRequired() {
    List<String> without = new ArrayList<>();
    for (TypeRow type : types.values()) {
      for (FieldRow list : type.fields()) {
        for (String key : list.fact().keys().split(",")) {
          if (!key.isEmpty() && list.shape().endsWith(".")) {
            FieldRow row = row(list.type(), key);
            if (!row.required() && row.fact().defaultValue().isEmpty()) {
              without.add(list.type() + "." + key);
            }
          }
        }
      }
    }

    assertThat(without.stream().distinct().sorted())
        .containsExactly(
            "core/v1.ObjectReference.name",
            "flowcontrol/v1.FlowSchemaCondition.type",
            "flowcontrol/v1.PriorityLevelConfigurationCondition.type",
            "resource/v1.AllocatedDeviceStatus.shareID");
  }

  @Test
  void writesTheResourceOnlyWhenItIsOld(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("deep/types.bin");
    String[] args = {TABLE.toString(), target.toString()};

    SchemaCompiler.main(args);
    byte[] written = Files.readAllBytes(target);
    Files.write(target, new byte[] {1});
    SchemaCompiler.main(args);
    assertThat(Files.readAllBytes(target)).hasSize(1);

    Files.setLastModifiedTime(target, FileTime.fromMillis(0));
    SchemaCompiler.main(args);
    assertThat(Files.readAllBytes(target)).isEqualTo(written).hasSizeLessThan(100_000);
  }

  @Test
  void saysWhichArtifactLacksAType() {
    assertThatThrownBy(() -> new Compilation(Map.of()).add("apps/v1.Nothing"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no model class is known for apps/v1.Nothing; is the artifact client-java-api"
                + " complete?");
  }

  private static List<String> published() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    SchemaCompilerTest.class.getResourceAsStream("markers-1.36.tsv")),
                StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static FieldRow row(String type, String field) {
    return Objects.requireNonNull(types.get(type), type).fields().stream()
        .filter(row -> row.name().equals(field))
        .findFirst()
        .orElseThrow(() -> new AssertionError(type + " has no " + field));
  }
}
