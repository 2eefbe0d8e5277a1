package io.terraorbit.foundation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The size ratchet: no main source file over {@value #FILE_LIMIT} lines, no method over {@value
 * #METHOD_LIMIT}. What is already over is listed in {@code size-ratchet.txt} and may only shrink.
 */
class SizeTest {
  private static final int FILE_LIMIT = 500;
  private static final int METHOD_LIMIT = 70;

  private final Path root = Path.of("").toAbsolutePath().getParent().getParent();

  @Test
  void nothingGrowsAcrossTheLine() throws IOException {
    Map<String, Integer> allowed = ratchet();
    List<String> over = new ArrayList<>();
    Map<String, Integer> sizes = new TreeMap<>();
    for (Path source : sources()) {
      sizes.put(name(source), Files.readAllLines(source).size());
    }
    sizes.forEach((name, lines) -> judge(name, lines, FILE_LIMIT, allowed, over));
    methods().forEach((name, lines) -> judge(name, lines, METHOD_LIMIT, allowed, over));

    assertThat(over).as("over the line; split them, or explain in size-ratchet.txt").isEmpty();
  }

  @Test
  void nothingIsListedThatIsGone() throws IOException {
    Map<String, Integer> sizes = new TreeMap<>(methods());
    for (Path source : sources()) {
      sizes.put(name(source), Files.readAllLines(source).size());
    }
    assertThat(ratchet().keySet()).isSubsetOf(sizes.keySet());
  }

  @Test
  void noWorkIsLeftWithoutAnIssue() throws IOException {
    List<String> loose = new ArrayList<>();
    for (Path source : sources()) {
      for (String line : Files.readAllLines(source)) {
        if (line.matches(".*//.*\\b(TODO|FIXME|XXX)\\b.*") && !line.matches(".*#\\d+.*")) {
          loose.add(name(source) + ": " + line.strip());
        }
      }
    }
    assertThat(loose).isEmpty();
  }

  private static void judge(
      String name, int lines, int limit, Map<String, Integer> allowed, List<String> over) {
    int bound = allowed.getOrDefault(name, limit);
    if (lines > bound) {
      over.add("%s has %d lines, %d are allowed".formatted(name, lines, bound));
    }
  }

  private Map<String, Integer> ratchet() throws IOException {
    Map<String, Integer> allowed = new TreeMap<>();
    for (String line : Files.readAllLines(root.resolve("ci/architecture/size-ratchet.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split("\\s+", 3);
        allowed.put(parts[0], Integer.parseInt(parts[1]));
      }
    }
    return allowed;
  }

  private List<Path> sources() {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Integer> methods() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, Integer> lengths = new TreeMap<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        measure(unit, positions, lengths);
      }
    }
    return lengths;
  }

  private void measure(
      CompilationUnitTree unit, SourcePositions positions, Map<String, Integer> lengths) {
    LineMap lines = unit.getLineMap();
    String file = name(Path.of(unit.getSourceFile().toUri()));
    unit.accept(
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethod(MethodTree method, Void nothing) {
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long end = positions.getEndPosition(unit, method);
            if (end > 0) {
              lengths.merge(
                  file + "#" + method.getName(),
                  (int) (lines.getLineNumber(end) - first + 1),
                  Math::max);
            }
            return super.visitMethod(method, nothing);
          }
        },
        null);
  }

  private String name(Path source) {
    return root.relativize(source).toString().replace('\\', '/');
  }
}
