package io.terraorbit.foundation.harness.kube.internal.typed;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * The structures of all built-in kinds, from the compiled resource. Safe for many threads.
 *
 * <p>Only the texts and the index are read at first; each structure when it is first asked for. The
 * format is told in the compiler, module {@code harness/kube-schemas}.
 */
public final class StructTypes {
  private static final String RESOURCE = "/io/terraorbit/foundation/harness/kubeschemas/types.bin";
  private static final int FIRST_TEXT_BIT = 16;

  private final String[] texts;
  private final String[] names;
  private final int[] offsets;
  private final ByteBuffer bodies;
  private final AtomicReferenceArray<StructType> read;

  private StructTypes(String[] texts, String[] names, int[] offsets, ByteBuffer bodies) {
    this.texts = texts;
    this.names = names;
    this.offsets = offsets;
    this.bodies = bodies;
    this.read = new AtomicReferenceArray<>(names.length);
  }

  /** Those of the built-in kinds, read on first use. */
  public static StructTypes builtIn() {
    return BuiltIn.TYPES;
  }

  private static final class BuiltIn {
    static final StructTypes TYPES = load();
  }

  static StructTypes load() {
    try (InputStream resource = StructTypes.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(
            "the class path lacks %s; it is the whole of foundation-harness-kube-schemas, which the build makes"
                .formatted(RESOURCE));
      }
      return read(resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StructTypes read(byte[] resource) throws IOException {
    DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(resource));
    String[] texts = new String[in.readUnsignedShort()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readUTF();
    }
    String[] names = new String[in.readUnsignedShort()];
    int[] offsets = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = texts[in.readUnsignedShort()];
      offsets[i] = in.readInt();
    }
    int start = resource.length - in.available();
    return new StructTypes(
        texts, names, offsets, ByteBuffer.wrap(resource, start, in.available()).slice());
  }

  /** The structure of a kind; empty when none was compiled. */
  public Optional<StructType> find(String group, String version, String kind) {
    int dot = group.indexOf('.');
    String first = group.isEmpty() ? "core" : dot < 0 ? group : group.substring(0, dot);
    return find(first + "/" + version + "." + kind);
  }

  /** The structure of a name such as {@code apps/v1.DeploymentSpec}. */
  public Optional<StructType> find(String name) {
    int at = Arrays.binarySearch(names, name);
    return at < 0 ? Optional.empty() : Optional.of(at(at));
  }

  /** The names of all structures, sorted. */
  public Stream<String> names() {
    return Arrays.stream(names);
  }

  private StructType at(int index) {
    StructType known = read.get(index);
    if (known != null) {
      return known;
    }
    StructType made = body(index);
    read.set(index, made);
    return made;
  }

  private StructType body(int index) {
    ByteBuffer in = bodies.duplicate().position(offsets[index]);
    boolean atomic = in.get() != 0;
    int count = in.getShort();
    Map<String, Field> fields = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Field field = field(in);
      fields.put(field.name(), field);
    }
    return new StructType(names[index], atomic, Collections.unmodifiableMap(fields));
  }

  private Field field(ByteBuffer in) {
    String name = text(in);
    String path = text(in);
    String shape = text(in);
    int type = (in.getShort() & 0xffff) - 1;
    int bits = in.getShort() & 0xffff;
    String[] rest = new String[8];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = (bits & (FIRST_TEXT_BIT << i)) == 0 ? "" : text(in);
    }
    boolean merges = !(rest[1] + rest[3] + rest[4]).isEmpty();
    return new Field(
        name,
        shape,
        path,
        bits % FIRST_TEXT_BIT,
        merges
            ? new Field.Merging(rest[1], words(rest[2], ","), rest[3], rest[4])
            : Field.Merging.NONE,
        (rest[0] + rest[7]).isEmpty() ? Field.Spelling.USUAL : new Field.Spelling(rest[0], rest[7]),
        rest[5],
        words(rest[6], "\\|"),
        type < 0 ? null : () -> at(type));
  }

  private String text(ByteBuffer in) {
    return texts[in.getShort() & 0xffff];
  }

  private static List<String> words(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator));
  }
}
