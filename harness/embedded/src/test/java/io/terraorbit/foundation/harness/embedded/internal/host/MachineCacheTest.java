package io.terraorbit.foundation.harness.embedded.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCacheTest {
  /** No process has it: above the largest pid_max of Linux. */
  private static final String DEAD = "99999999";

  @TempDir Path temporary;
  private Path root;
  private final AtomicInteger fillings = new AtomicInteger();

  @BeforeEach
  void chooseARootThatDoesNotExistYet() {
    root = temporary.resolve("deep/down");
  }

  @Test
  void fillsADirectoryOnceForAllJvms() throws Exception {
    Path first = cache().get("tool-1", this::fill);
    Path second = cache().get("tool-1", this::fill);

    assertThat(first).isEqualTo(second).isEqualTo(root.resolve("tool-1"));
    assertThat(first.resolve("content")).hasContent("whole");
    assertThat(fillings).hasValue(1);
    assertThat(entries()).containsExactly("tool-1");
  }

  @Test
  void letsTwoFillTheSameDirectoryAtOnce() throws Exception {
    CyclicBarrier bothFilled = new CyclicBarrier(2);
    MachineCache.Filler filler =
        directory -> {
          fill(directory);
          await(bothFilled);
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Path>> got = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        MachineCache cache = cache(); // one each, as two JVMs would have
        got.add(threads.submit(() -> cache.get("tool-1", filler)));
      }
      for (Future<Path> path : got) {
        assertThat(path.get(30, TimeUnit.SECONDS).resolve("content")).hasContent("whole");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(fillings).hasValue(2);
    assertThat(entries()).containsExactly("tool-1");
  }

  @Test
  void leavesNothingBehindWhenFillingFails() throws Exception {
    assertThatThrownBy(
            () ->
                cache()
                    .get(
                        "tool-1",
                        directory -> {
                          fill(directory);
                          throw new IOException("disk full");
                        }))
        .isInstanceOf(AppException.class)
        .hasMessage(
            ("ENV_CACHE_UNUSABLE: the cache directory '%s' cannot be made: java.io.IOException:"
                    + " disk full. Server binaries are unpacked there once, about 100 MB.%nFree"
                    + " some room, mend the permissions, or set XDG_CACHE_HOME to another"
                    + " directory.")
                .formatted(root.resolve("tool-1")));

    assertThat(entries()).isEmpty();
  }

  @Test
  void replacesADirectoryThatSomebodysCleanUpHasEatenAPartOf() throws Exception {
    Files.createDirectories(root.resolve("tool-1/half"));

    Path tool = cache().get("tool-1", this::fill);

    assertThat(tool.resolve("content")).hasContent("whole");
    assertThat(tool.resolve("half")).doesNotExist();
  }

  @Test
  void sweepsAwayWhatAKilledJvmLeftHalfFilled() throws Exception {
    Path abandoned = partial("tool-1.partial-" + DEAD + "-1", Duration.ofMinutes(11));
    Path nameless = partial("tool-1.partial-what", Duration.ofMinutes(11));

    cache().get("tool-1", this::fill);

    assertThat(abandoned).doesNotExist();
    assertThat(nameless).doesNotExist();
  }

  @Test
  void keepsWhatAnotherJvmMayStillBeFilling() throws Exception {
    Path alive =
        partial("tool-1.partial-" + ProcessHandle.current().pid() + "-9", Duration.ofHours(1));
    Path ofAnotherContainer = partial("tool-1.partial-" + DEAD + "-1", Duration.ofMinutes(9));

    cache().get("tool-1", this::fill);

    assertThat(alive).exists();
    assertThat(ofAnotherContainer).exists();
  }

  @Test
  void saysWhenTheRootIsNoDirectory() throws Exception {
    Files.createDirectories(root.resolve(".."));
    Files.createFile(root);

    assertThatThrownBy(() -> cache().get("tool-1", this::fill))
        .isInstanceOf(AppException.class)
        .hasMessageStartingWith("ENV_CACHE_UNUSABLE");
  }

  private MachineCache cache() {
    return new MachineCache(root, TimeSource.system());
  }

  private void fill(Path directory) throws IOException {
    fillings.incrementAndGet();
    Files.writeString(directory.resolve("content"), "whole");
  }

  private Path partial(String name, Duration age) throws IOException {
    Path partial = Files.createDirectories(root.resolve(name));
    Files.setLastModifiedTime(partial, FileTime.from(TimeSource.system().instant().minus(age)));
    return partial;
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
