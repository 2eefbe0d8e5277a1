package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.errors.AppError;
import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apiguardian.api.API;

/**
 * A run on disk: {@code meta.json}, {@code events.jsonl} with a line for each entry of the history,
 * and {@code objects/} with every state of every object once, named by its hash.
 *
 * <p>The values of Secrets never leave the process: a keyed hash stands in for each, so that equal
 * values are still seen to be equal within one recording.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Recording {
  /** Version of the layout. */
  public static final long LAYOUT = 1;

  private static final String HMAC = "HmacSHA256";

  private final Path directory;
  private final byte[] key = new byte[32];
  private final Set<String> stored = new HashSet<>();

  private Recording(Path directory) {
    this.directory = directory;
    new SecureRandom().nextBytes(key);
  }

  /**
   * Writes a run into a directory, which is made if need be; files of an earlier run are replaced.
   *
   * @throws AppException {@code RECORDING_NOT_WRITTEN} if the disk does not let it
   */
  public static void write(RunResult result, Path directory) {
    Recording recording = new Recording(directory);
    try {
      Files.createDirectories(directory.resolve("objects"));
      recording.writeEvents(result);
      Files.writeString(directory.resolve("meta.json"), Json.pretty(meta(result)));
    } catch (IOException e) {
      throw new AppException(
          new AppError(
              ErrorKind.UNAVAILABLE,
              "RECORDING_NOT_WRITTEN",
              "the recording could not be written to %s: %s".formatted(directory, e.getMessage()),
              "The directory must be writable",
              "Choose another directory."),
          e);
    }
  }

  /** The facts about a run that its history does not hold. */
  public static Map<String, Object> meta(RunResult result) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("layout", LAYOUT);
    meta.put("scenario", result.scenario().name());
    meta.put("file", result.scenario().file());
    meta.put("seed", result.seed());
    meta.put("verdict", result.verdict().word());
    meta.put("reason", result.verdict().reason());
    meta.put("checks", result.checks().stream().map(Recording::check).toList());
    Map<String, Object> phases = new LinkedHashMap<>();
    result.phases().forEach((phase, took) -> phases.put(phase, took.toMillis()));
    meta.put("phases_ms", phases);
    meta.put("events", (long) result.history().size());
    return meta;
  }

  private static Map<String, Object> check(RunResult.CheckResult result) {
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("check", result.check());
    check.put("verdict", result.verdict().word());
    check.put("reason", result.verdict().reason());
    return check;
  }

  private void writeEvents(RunResult result) throws IOException {
    Path file = directory.resolve("events.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (RunEvent event : result.history()) {
        Map<String, Object> line = new LinkedHashMap<>(event.toJson());
        if (event.fact() instanceof Fact.Revision write) {
          line.put("body", store(write.commit().after()));
          Map<String, Object> before = write.commit().before();
          if (before != null) {
            line.put("prev", store(before));
          }
        }
        out.write(Json.text(line));
        out.write('\n');
      }
    }
  }

  private String store(Map<String, Object> object) throws IOException {
    byte[] body = Json.write(redacted(object));
    String name = HexFormat.of().formatHex(sha256(body));
    if (stored.add(name)) {
      Files.write(directory.resolve("objects").resolve(name + ".json"), body);
    }
    return name;
  }

  private Map<String, Object> redacted(Map<String, Object> object) {
    if (!Values.string(object, "kind").orElse("").equals("Secret")) {
      return object;
    }
    Map<String, Object> safe = object;
    for (String member : new String[] {"data", "stringData"}) {
      Map<String, Object> hidden = new LinkedHashMap<>();
      Values.objectAt(object, member).forEach((name, value) -> hidden.put(name, keyedHash(value)));
      if (!hidden.isEmpty()) {
        safe = Values.with(safe, hidden, member);
      }
    }
    return Values.without(
        safe, "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration");
  }

  private String keyedHash(Object value) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return HexFormat.of().formatHex(mac.doFinal(Json.write(value)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
