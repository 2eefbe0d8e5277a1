package io.terraorbit.foundation.harness.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left of a JVM that was killed: neither a process nor a directory. */
@Timeout(120)
class KilledJvmIT {
  @TempDir Path temporary;
  private Process jvm;
  private BufferedReader output;
  private List<Long> bystanders = List.of();

  @AfterEach
  void endWhatMayBeLeft() {
    jvm.destroyForcibly();
    bystanders.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  void leavesNothingWhenItIsKilled() throws Exception {
    start(List.of(), "running");
    awaitOutput();
    List<ProcessHandle> servers = servers();
    assertThat(servers)
        .hasSizeGreaterThan(6); // two watchdogs of two, postmaster and its own, redis
    assertThat(directories()).hasSize(2);

    jvm.destroyForcibly();

    assertNothingIsLeft(servers);
    assertThat(bystanders)
        .as("other children of the JVM, which must not hold the pipes open")
        .allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
  }

  @Test
  void leavesNothingWhenItsWholeProcessGroupIsKilled() throws Exception {
    start(List.of("setsid"), "running");
    awaitOutput();
    List<ProcessHandle> servers = servers();
    assertThat(directories()).hasSize(2);

    run("kill", "-s", "KILL", "--", "-" + jvm.pid());

    assertNothingIsLeft(servers);
  }

  @Test
  void leavesNothingWhenItIsInterruptedFromTheTerminal() throws Exception {
    start(List.of("setsid"), "running");
    awaitOutput();
    List<ProcessHandle> servers = servers();

    run("kill", "-s", "INT", "--", "-" + jvm.pid());

    assertNothingIsLeft(servers);
  }

  @Test
  void leavesNothingWhenItIsKilledWhileTheServersStart() throws Exception {
    start(List.of(), "starting");
    await("the first directory appears", () -> !directories().isEmpty());
    List<ProcessHandle> servers = servers();

    jvm.destroyForcibly();

    assertNothingIsLeft(servers);
  }

  @Test
  void leavesNothingWhenItEndsWithoutClosing() throws Exception {
    start(List.of(), "forgetful");
    awaitOutput();
    assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertNothingIsLeft(List.of());
  }

  private void start(List<String> prefix, String what) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.addAll(List.of(KilledJvmMain.class.getName(), what));
    jvm = new ProcessBuilder(command).redirectError(temporary.resolve("stderr").toFile()).start();
    output = jvm.inputReader();
  }

  private static String classPath() {
    // Surefire and Failsafe may hide the real one behind a jar with nothing but a manifest.
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire != null ? surefire : System.getProperty("java.class.path");
  }

  private void awaitOutput() throws IOException {
    String line = output.readLine();
    assertThat(line).as(Files.readString(temporary.resolve("stderr"))).isNotNull();
    bystanders = Arrays.stream(line.split(" ")).map(Long::valueOf).toList();
  }

  private List<ProcessHandle> servers() {
    return jvm.toHandle()
        .descendants()
        .filter(process -> !bystanders.contains(process.pid()))
        .filter(process -> !process.info().commandLine().orElse("").startsWith("sleep"))
        .filter(process -> !process.info().command().orElse("").endsWith("/sleep"))
        .toList();
  }

  private void assertNothingIsLeft(List<ProcessHandle> servers) throws Exception {
    await("the directories go", () -> directories().isEmpty());
    await("no process names a directory", () -> processesThatName(marker()).isEmpty());
    await("the servers end", () -> servers.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static List<String> processesThatName(String marker) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(marker))
        .toList();
  }

  private String marker() {
    return "-" + jvm.pid() + "-";
  }

  private List<Path> directories() {
    return Stream.of("/dev/shm", "/tmp", System.getProperty("java.io.tmpdir"))
        .map(File::new)
        .filter(File::isDirectory)
        .flatMap(directory -> Arrays.stream(directory.listFiles()))
        .filter(file -> file.getName().matches("foundation-(postgres|redis)" + marker() + ".*"))
        .map(File::toPath)
        .collect(Collectors.toSet())
        .stream()
        .toList();
  }

  private static void await(String what, BooleanSupplier condition) throws Exception {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begun).as(what).isLessThan(TimeUnit.SECONDS.toNanos(30));
      run("sleep", "0.05");
    }
  }

  private static void run(String... command) throws Exception {
    new ProcessBuilder(command).start().waitFor(30, TimeUnit.SECONDS);
  }
}
