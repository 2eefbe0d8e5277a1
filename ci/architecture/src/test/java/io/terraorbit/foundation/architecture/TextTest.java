package io.terraorbit.foundation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the texts in the tree must and must not say. */
class TextTest {
  private static final Pattern MACHINE =
      Pattern.compile(
          "(?<![\\w.])/(root|home/\\w+|work|farm)/|repo\\.maven\\.apache|registry\\.npmjs|deb\\.debian");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");

  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- from ([^#\\s]+)#(\\w+) -->\n```java\n(.*?)```", Pattern.DOTALL);

  private final Path root = Path.of("").toAbsolutePath().getParent().getParent();

  @Test
  void noFileNamesAMachineOrARegistry() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      if (file.endsWith("TextTest.java")) {
        continue;
      }
      Matcher matcher = MACHINE.matcher(read(file));
      while (matcher.find()) {
        found.add(root.relativize(file) + ": " + matcher.group());
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyLinkInADocumentLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".md")) {
        Matcher matcher = LINK.matcher(read(file));
        while (matcher.find()) {
          if (!Files.exists(file.resolveSibling(matcher.group(1)))) {
            broken.add(root.relativize(file) + " -> " + matcher.group(1));
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyExampleIsWhatTheCompilerSaw() throws IOException {
    List<String> stale = new ArrayList<>();
    for (Path file : files()) {
      if (file.toString().endsWith(".md")) {
        Matcher matcher = EXAMPLE.matcher(read(file));
        while (matcher.find()) {
          String source = read(file.resolveSibling(matcher.group(1)));
          String tag = matcher.group(2) + "[]";
          String region = source.replaceFirst("(?s).*?tag::" + Pattern.quote(tag) + "\n", "");
          String shown = region.replaceFirst("(?s)\n[^\n]*end::" + Pattern.quote(tag) + ".*", "\n");
          if (!unindented(shown).equals(unindented(matcher.group(3)))) {
            stale.add(root.relativize(file) + ": " + matcher.group(1));
          }
        }
      }
    }
    assertThat(stale).as("examples that differ from their source").isEmpty();
  }

  private static List<String> unindented(String code) {
    return code.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void everyModuleHasAReadme() throws IOException {
    List<String> without = new ArrayList<>();
    for (Path file : files()) {
      if (file.endsWith("pom.xml") && Files.exists(file.resolveSibling("src/main/java"))) {
        if (!Files.exists(file.resolveSibling("README.md"))) {
          without.add(root.relativize(file.getParent()).toString());
        }
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void theRootHoldsNothingElse() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(
              entries
                  .map(entry -> entry.getFileName().toString())
                  .filter(name -> !name.startsWith(".") && !name.equals("target")))
          .containsExactlyInAnyOrder(
              "README.md",
              "pom.xml",
              "workbench",
              "LICENSE",
              "CONTRIBUTING.md",
              "CHANGELOG.md",
              "harness",
              "junit-extensions",
              "chaos",
              "foundation-libs",
              "workbench-ui",
              "fixtures",
              "ci");
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !root.relativize(file).toString().matches("(^|.*/)(target|\\.git)/.*"))
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      return "";
    }
  }
}
