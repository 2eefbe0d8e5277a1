package io.terraorbit.foundation.harness.kubeschemas;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/** Compiles messages, model classes and the table of facts into the resource. Run by the build. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SchemaCompiler {
  private static final String MESSAGES = "io.kubernetes.client.proto.";

  /** The outer classes of the generally available versions. */
  private static final List<String> FILES =
      List.of(
          "Meta",
          "V1",
          "V1Admissionregistration",
          "V1Apiextensions",
          "V1Apps",
          "V1Authentication",
          "V1Authorization",
          "V1Autoscaling",
          "V1Batch",
          "V1Certificates",
          "V1Coordination",
          "V1Discovery",
          "V1Events",
          "V1Flowcontrol",
          "V1Networking",
          "V1Node",
          "V1Policy",
          "V1Rbac",
          "V1Resource",
          "V1Scheduling",
          "V1Storage",
          "V2Autoscaling");

  private static final String WITHOUT_MESSAGE = "apiregistration/v1.APIService";

  private SchemaCompiler() {}

  /**
   * Writes the resource, unless it is newer than what it is made of.
   *
   * @param args the table of facts, then the file to write
   */
  public static void main(String[] args) throws IOException {
    Path table = Path.of(args[0]);
    Path target = Path.of(args[1]);
    Path classes =
        Path.of(SchemaCompiler.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    if (isFresh(target, table, classes)) {
      return;
    }
    byte[] resource = Resource.write(compile(facts(Files.readAllLines(table))));
    Files.createDirectories(target.resolveSibling("."));
    Files.write(target, resource);
  }

  private static boolean isFresh(Path target, Path table, Path classes) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    long written = Files.getLastModifiedTime(target).toMillis();
    if (Files.getLastModifiedTime(table).toMillis() > written) {
      return false;
    }
    Path own = classes.resolve(SchemaCompiler.class.getPackageName().replace('.', '/'));
    try (java.util.stream.Stream<Path> files = Files.list(own)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        if (Files.getLastModifiedTime(file).toMillis() > written) {
          return false;
        }
      }
    }
    return true;
  }

  static Map<String, Map<String, Fact>> facts(List<String> lines) {
    Map<String, Map<String, Fact>> facts = new HashMap<>();
    lines.stream()
        .filter(line -> !line.startsWith("#"))
        .map(Fact::parse)
        .forEach(
            fact ->
                facts
                    .computeIfAbsent(fact.type(), type -> new TreeMap<>())
                    .put(fact.field(), fact));
    return facts;
  }

  static Collection<TypeRow> compile(Map<String, Map<String, Fact>> facts) {
    Compilation compilation = new Compilation(facts);
    for (String file : FILES) {
      for (Descriptor message : descriptor(file).getMessageTypes()) {
        compilation.add(message);
      }
    }
    compilation.add(WITHOUT_MESSAGE);
    return compilation.types();
  }

  private static FileDescriptor descriptor(String name) {
    try {
      return (FileDescriptor)
          Class.forName(MESSAGES + name).getMethod("getDescriptor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the artifact client-java-proto has no messages %s%s".formatted(MESSAGES, name), e);
    }
  }
}
