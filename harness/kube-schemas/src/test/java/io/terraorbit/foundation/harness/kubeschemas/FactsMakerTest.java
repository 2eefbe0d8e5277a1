package io.terraorbit.foundation.harness.kubeschemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsMakerTest {
  private static final List<String> CORE =
      """
      package v1

      import (
      \t"k8s.io/apimachinery/pkg/api/resource"
      \tmetav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
      )

      // Color is a color.
      // +enum
      type Color string

      const (
      \t// Red is red.
      \tRed Color = "Red"
      \tBlue Color = "Blue" // is blue
      )

      type Amounts map[Color]resource.Quantity

      // Key selects.
      // +structType=atomic
      type Key struct {
      \t// +default=""
      \tName string `json:"name,omitempty" protobuf:"bytes,1,opt,name=name"`
      }

      type Box struct {
      \tmetav1.TypeMeta `json:",inline"`
      \tmetav1.ObjectMeta `json:"metadata,omitempty"`
      \tKey `json:",inline" protobuf:"bytes,1,opt,name=key"`
      \t// +optional
      \tLid *Key `json:"lid,omitempty"`
      \t// +patchMergeKey=name
      \t// +patchStrategy=merge
      \t// +listType=map
      \t// +listMapKey=name
      \t// +listMapKey=color
      \tThings []Key `json:"things" patchStrategy:"merge" patchMergeKey:"name"`
      \t// +default=ref(Red)
      \tColor Color `json:"color"` // a color
      \tColors []*Color `json:"colors,omitempty"`
      \tAmounts Amounts `json:"amounts,omitempty"`
      \tByColor map[Color]string `json:"byColor,omitempty"`
      \tSeen metav1.Time `json:"seen,omitempty,omitzero"`
      \tHow metav1.Verb `json:"how,omitempty"`
      \tHidden string `json:"-"`

      \tPlain string `json:"plain,omitempty"`
      }
      """
          .lines()
          .toList();
  private static final List<String> META =
      List.of("package v1", "", "type Verb string", "", "type Time struct {", "}");

  private final FactsMaker maker = new FactsMaker();

  @Test
  void readsWhatGoDeclaresAndMarks() {
    maker.add("core/v1", CORE);
    maker.add("meta/v1", META);

    assertThat(maker.lines())
        .containsExactly(
            "core/v1.Box\tamounts\tv1.Amounts\t-\t-\t-\t-\t-\t-\t-",
            "core/v1.Box\tbyColor\tmap[v1.Color]string\t-\t-\t-\t-\t-\t-\t-",
            "core/v1.Box\tcolor\tv1.Color\ta\t-\t-\t-\t-\t\"Red\"\tRed|Blue",
            "core/v1.Box\tcolors\t[]*v1.Color\t-\t-\t-\t-\t-\t-\t-",
            "core/v1.Box\thow\tv1.Verb\t-\t-\t-\t-\t-\t-\t-",
            "core/v1.Box\tlid\t-\tp\t-\t-\t-\t-\t-\t-",
            "core/v1.Box\tname\t-\t-\t-\t-\t-\t-\t\"\"\t-",
            "core/v1.Box\tseen\t-\tz\t-\t-\t-\t-\t-\t-",
            "core/v1.Box\tthings\t-\ta\tmap\tname,color\tmerge\tname\t-\t-",
            "core/v1.Key\t(type)\t-\t-\tatomic\t-\t-\t-\t-\t-",
            "core/v1.Key\tname\t-\t-\t-\t-\t-\t-\t\"\"\t-");
  }

  @Test
  void readsFoldersAndWritesTheTable(@TempDir Path folder) throws IOException {
    Path core = Files.createDirectories(folder.resolve("api/core/v1"));
    Path meta = Files.createDirectories(folder.resolve("meta/v1"));
    Path table = folder.resolve("table.tsv");
    Files.write(core.resolve("types.go"), CORE);
    Files.write(core.resolve("register.go"), List.of("type Lost struct {", "}"));
    Files.write(meta.resolve("types_more.go"), META);

    FactsMaker.main(new String[] {table.toString(), core.toString(), meta.toString()});

    assertThat(Files.readAllLines(table))
        .hasSize(4 + 11)
        .first()
        .asString()
        .startsWith("# What no jar says");
    assertThat(SchemaCompiler.facts(Files.readAllLines(table)))
        .containsOnlyKeys("core/v1.Box", "core/v1.Key");
  }

  @Test
  void refusesATableThatIsBroken() {
    assertThatThrownBy(() -> Fact.parse("core/v1.Box\tlid"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a fact has 10 columns, got 2: core/v1.Box\tlid");
  }
}
