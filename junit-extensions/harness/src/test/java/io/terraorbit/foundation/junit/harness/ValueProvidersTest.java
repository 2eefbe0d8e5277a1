package io.terraorbit.foundation.junit.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueProvidersTest {
  private static final String OWN = PostgresEnv.class.getPackageName() + ".";

  @TempDir Path temporary;

  @Test
  void knowsEveryTypeWhoseLibraryIsThere() {
    assertThat(names())
        .containsExactlyInAnyOrder(
            PostgresEnv.class.getName(),
            RedisEnv.class.getName(),
            KubernetesEnv.class.getName(),
            DataSource.class.getName(),
            Connection.class.getName(),
            StatefulRedisConnection.class.getName(),
            KubernetesClient.class.getName());
  }

  @Test
  void doesWithoutTheLibrariesThatAreNot() throws Exception {
    assertThat(namesWithout("lettuce|fabric8|kubernetes-", List.of()))
        .contains(OWN + "PostgresEnv", "javax.sql.DataSource")
        .doesNotContain(StatefulRedisConnection.class.getName(), KubernetesClient.class.getName())
        .hasSize(5);
  }

  @Test
  void passesOnThatAProviderIsBroken() throws Exception {
    Path services = Files.createDirectories(temporary.resolve("META-INF/services"));
    Files.writeString(services.resolve(ValueProvider.class.getName()), "no.such.Provider\n");

    assertThatThrownBy(() -> namesWithout("nothing", List.of(temporary.toUri().toURL())))
        .isInstanceOf(ServiceConfigurationError.class)
        .hasMessageContaining("no.such.Provider");
  }

  /** Called in a class loader of its own, too. */
  static List<String> names() {
    return ValueProviders.load().all().stream().map(provider -> provider.type().getName()).toList();
  }

  private static List<String> namesWithout(String absent, List<URL> more) throws Exception {
    List<URL> urls = new ArrayList<>(more);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : classPath.split(Pattern.quote(File.pathSeparator))) {
      if (!Pattern.compile(absent).matcher(Path.of(entry).getFileName().toString()).find()) {
        urls.add(url(entry));
      }
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Method names =
          loader.loadClass(ValueProvidersTest.class.getName()).getDeclaredMethod("names");
      names.setAccessible(true);
      return ((List<?>) names.invoke(null)).stream().map(String::valueOf).toList();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL url(String entry) throws MalformedURLException {
    return Path.of(entry).toUri().toURL();
  }
}
