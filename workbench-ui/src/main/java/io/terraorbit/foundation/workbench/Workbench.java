package io.terraorbit.foundation.workbench;

import io.terraorbit.foundation.chaos.scenario.Runner;
import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.time.Randomness;
import io.terraorbit.foundation.time.TimeSource;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code workbench}. */
@Command(
    name = "workbench",
    description = "Runs reconcile scenarios against real services, with faults.",
    mixinStandardHelpOptions = false,
    synopsisSubcommandLabel = "COMMAND")
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Workbench implements Runnable {
  /** Read by logback.xml. */
  private static final String LOG_LEVEL = "foundation.log.level";

  private static final String VERBOSE = "--verbose";

  @Spec private CommandSpec spec = CommandSpec.create();

  private Workbench() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (Arrays.asList(args).contains(VERBOSE)) {
      System.setProperty(LOG_LEVEL, "INFO");
    }
    Terminal terminal = new Terminal(utf8(System.out), utf8(System.err));
    Runner runner = Runner.create(TimeSource.system(), Randomness.system());
    System.exit(execute(terminal, runner, TimeSource.system(), args));
  }

  /** Runs a command and returns its exit code. */
  static int execute(Terminal terminal, Runner runner, TimeSource time, String... args) {
    CommandLine line = new CommandLine(new Workbench());
    line.addSubcommand("run", new RunCommand(terminal, runner, time));
    line.addSubcommand("kube", new KubeCommand(terminal));
    line.addSubcommand("lint", new LintCommand(terminal));
    line.addSubcommand("version", new VersionCommand(terminal));
    line.getSubcommands().values().forEach(Workbench::addGeneralOptions);
    addGeneralOptions(line);
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler((e, unused) -> misused(terminal, e));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> failed(terminal, e, Arrays.asList(args).contains(VERBOSE)));
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .sorted((a, b) -> Integer.compare(a.code(), b.code()))
        .forEach(code -> codes.put(" " + code.code(), code.meaning()));
    line.getCommandSpec().usageMessage().exitCodeListHeading("Exit codes:%n").exitCodeList(codes);
    return line.execute(args);
  }

  /** No command: that is a question, not an order. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command was given");
  }

  private static void addGeneralOptions(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build())
        .addOption(
            OptionSpec.builder(VERBOSE).description("Log what happens to standard error.").build());
  }

  private static int misused(Terminal terminal, ParameterException e) {
    CommandLine command = e.getCommandLine();
    terminal.error(
        new AppError(
            ErrorKind.VALIDATION,
            "WORKBENCH_USAGE",
            decapitalized(String.valueOf(e.getMessage())),
            "",
            suggestion(e)
                + "See './%s --help'.".formatted(command.getCommandSpec().qualifiedName(" "))));
    return ExitCode.USAGE.code();
  }

  /** What a mistyped word may have been meant to be. */
  private static String suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    return unmatched.getSuggestions().stream()
        .findFirst()
        .map("Did you mean '%s'? "::formatted)
        .orElse("");
  }

  private static int failed(Terminal terminal, Exception e, boolean verbose) {
    if (e instanceof AppException known) {
      terminal.error(known.error());
      return ExitCode.of(known).code();
    }
    terminal.error(
        new AppError(
            ErrorKind.INTERNAL,
            "WORKBENCH_INTERNAL",
            e.toString(),
            "This is a mistake of the workbench's own",
            "Report it with the output of the same command and --verbose."));
    if (verbose) {
      e.printStackTrace(terminal.err());
      terminal.err().flush();
    }
    return ExitCode.INTERNAL.code();
  }

  private static String decapitalized(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static PrintWriter utf8(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
