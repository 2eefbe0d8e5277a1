package io.terraorbit.foundation.harness.embedded.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.errors.AppException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledTest {
  @TempDir Path temporary;

  @Test
  void namesTheFileByItsContentInAJarAndOutsideAlike() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("folder"));
    Files.writeString(folder.resolve("tool-1.0-x.txz"), "content");
    Path jar = temporary.resolve("tool.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("tool-1.0-x.txz"));
      out.write("content".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    Bundled inFolder = find(folder.toUri().toURL());
    Bundled inJar = find(jar.toUri().toURL());

    assertThat(inFolder.key()).isEqualTo(inJar.key()).isEqualTo("tool-1.0-x-fec530a9-7");
    try (InputStream in = inJar.open()) {
      assertThat(in).hasContent("content");
    }
  }

  @Test
  void namesTheMissingArtifact() throws Exception {
    assertThatThrownBy(() -> find(temporary.toUri().toURL()))
        .isInstanceOf(AppException.class)
        .hasMessage(
            "ENV_BINARIES_ABSENT: 'tool-1.0-x.txz' is not on the class path. It comes with"
                + " org.example:tool.%nAdd that artifact to the test dependencies.".formatted());
  }

  private static Bundled find(URL location) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {location}, null)) {
      return Bundled.find(loader, "tool-1.0-x.txz", "org.example:tool");
    }
  }
}
