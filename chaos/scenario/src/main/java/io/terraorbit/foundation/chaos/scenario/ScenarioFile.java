package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.chaos.scenario.internal.yaml.Mistakes;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.Section;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlFile;
import io.terraorbit.foundation.chaos.scenario.internal.yaml.YamlNode;
import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.json.Values;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Reads scenarios from YAML files: {@code ReconcileScenario} of {@code
 * foundation.terraorbit.io/v1alpha1}, and {@code Test} of {@code chainsaw.kyverno.io/v1alpha1}.
 * Stateless.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ScenarioFile {
  static final String API_VERSION = "foundation.terraorbit.io/v1alpha1";
  static final String KIND = "ReconcileScenario";
  static final String CHAINSAW_API_VERSION = "chainsaw.kyverno.io/v1alpha1";
  static final String CHAINSAW_KIND = "Test";

  private ScenarioFile() {}

  /**
   * What came of reading a file. Immutable.
   *
   * @param scenario empty when there are mistakes
   * @param mistakes all that is wrong with it, by line
   */
  public record Reading(Optional<Scenario> scenario, List<AppError> mistakes) {
    public Reading {
      mistakes = List.copyOf(mistakes);
    }
  }

  /** Reads a file and finds all its mistakes; files that it refers to are read, too. */
  public static Reading read(Path file) {
    Mistakes mistakes = new Mistakes(file.toString());
    Optional<Scenario> scenario = text(file, mistakes).flatMap(text -> read(file, text, mistakes));
    return new Reading(mistakes.none() ? scenario : Optional.empty(), mistakes.errors());
  }

  /**
   * Reads a file that is to be right.
   *
   * @throws AppException the mistake, or {@code SCENARIO_INVALID} with all of them
   */
  public static Scenario load(Path file) {
    Reading reading = read(file);
    if (reading.mistakes().size() == 1) {
      throw new AppException(reading.mistakes().get(0));
    }
    return reading
        .scenario()
        .orElseThrow(
            () ->
                AppException.of(
                    ErrorKind.VALIDATION,
                    "SCENARIO_INVALID",
                    "%s has %d mistakes".formatted(file, reading.mistakes().size()),
                    "",
                    reading.mistakes().stream()
                        .map(AppError::message)
                        .collect(Collectors.joining(System.lineSeparator()))));
  }

  /** Whether a file says that it is a scenario, right or wrong; false for other YAML. */
  public static boolean claimsToBeOne(Path file) {
    Mistakes ignored = new Mistakes(file.toString());
    return text(file, ignored).map(text -> YamlFile.read(text, ignored)).orElse(List.of()).stream()
        .map(YamlNode::value)
        .map(value -> Values.string(value, "apiVersion").orElse(""))
        .anyMatch(version -> version.equals(API_VERSION) || version.equals(CHAINSAW_API_VERSION));
  }

  private static Optional<Scenario> read(Path file, String text, Mistakes mistakes) {
    List<YamlNode> documents = YamlFile.read(text, mistakes);
    if (documents.size() != 1) {
      if (mistakes.none()) {
        mistakes.add(
            documents.isEmpty() ? 1 : documents.get(1).line(),
            "SCENARIO_DOCUMENT_COUNT",
            "holds %d documents".formatted(documents.size()),
            "A scenario file holds exactly one",
            "Put each scenario into a file of its own.");
      }
      return Optional.empty();
    }
    Section root = Section.of(documents.get(0), "the file", mistakes);
    return checkedKind(root) ? Optional.of(new SpecReader(file, root).read()) : Optional.empty();
  }

  private static boolean checkedKind(Section root) {
    String apiVersion = root.text("apiVersion");
    String kind = root.text("kind");
    boolean ours = apiVersion.equals(API_VERSION) && kind.equals(KIND);
    boolean chainsaw = apiVersion.equals(CHAINSAW_API_VERSION) && kind.equals(CHAINSAW_KIND);
    boolean named = root.keys().containsAll(List.of("apiVersion", "kind"));
    if (named && !ours && !chainsaw) {
      root.mistakes()
          .add(
              root.line("kind"),
              "SCENARIO_KIND_UNKNOWN",
              "is a %s of %s".formatted(kind, apiVersion),
              "A scenario is a %s of %s, or Chainsaw's %s of %s"
                  .formatted(KIND, API_VERSION, CHAINSAW_KIND, CHAINSAW_API_VERSION),
              "Correct apiVersion and kind.");
    }
    return ours || chainsaw;
  }

  private static Optional<String> text(Path file, Mistakes mistakes) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      unreadable(mistakes, "there is no such file");
    } catch (CharacterCodingException e) {
      unreadable(mistakes, "it is not UTF-8");
    } catch (IOException e) {
      unreadable(mistakes, Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
    return Optional.empty();
  }

  private static void unreadable(Mistakes mistakes, String why) {
    mistakes.add(
        1, "SCENARIO_FILE_UNREADABLE", "cannot be read: " + why, "", "Correct the file's name.");
  }
}
