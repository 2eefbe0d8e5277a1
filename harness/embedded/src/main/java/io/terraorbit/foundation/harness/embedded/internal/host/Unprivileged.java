package io.terraorbit.foundation.harness.embedded.internal.host;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How to run a command without root's rights, which PostgreSQL refuses. Immutable.
 *
 * <p>A user namespace without a map ({@code unshare -U}) comes first, because files stay ours in
 * it. The others become user {@code nobody}, who must then own what is written and be able to read
 * the rest.
 *
 * @param prefix goes before a command; empty when we are not root
 * @param owner who must own the files that the command writes; empty for ourselves
 */
public record Unprivileged(List<String> prefix, OptionalInt owner) {
  private static final List<String> USER_NAMESPACE = List.of("unshare", "-U", "--");
  private static final List<List<String>> OTHER_USER =
      List.of(
          List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"),
          List.of("runuser", "-u", "nobody", "--"),
          List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "nobody", "--"));

  public Unprivileged {
    prefix = List.copyOf(prefix);
  }

  /** Finds the first way that works here. */
  public static Unprivileged find() throws InterruptedException {
    if (!"0".equals(Shell.run(List.of("id", "-u")).output())) {
      return new Unprivileged(List.of(), OptionalInt.empty());
    }
    if (uidBehind(USER_NAMESPACE).isPresent()) {
      return new Unprivileged(USER_NAMESPACE, OptionalInt.empty());
    }
    return becomeNobody(OTHER_USER);
  }

  static Unprivileged becomeNobody(List<List<String>> ways) throws InterruptedException {
    for (List<String> way : ways) {
      OptionalInt uid = uidBehind(way);
      if (uid.isPresent()) {
        return new Unprivileged(way, uid);
      }
    }
    throw AppException.of(
        ErrorKind.PRECONDITION_FAILED,
        "ENV_ROOT_REFUSED",
        "this JVM runs as root, and none of unshare, setpriv, runuser and su sheds root's rights",
        "PostgreSQL refuses to run as root",
        "Run as another user, install util-linux, or choose the backend 'containers' or"
            + " 'external'.");
  }

  /** The way of one program, such as {@code setpriv}. */
  public static Unprivileged becomeNobodyBy(String program) throws InterruptedException {
    return becomeNobody(OTHER_USER.stream().filter(way -> way.get(0).equals(program)).toList());
  }

  /** The command, behind the prefix. */
  public List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>(prefix);
    wrapped.addAll(command);
    return wrapped;
  }

  /** Gives a file or directory to whoever the command runs as. */
  public void own(Path path) throws IOException {
    if (owner.isPresent()) {
      Files.setAttribute(path, "unix:uid", owner.getAsInt());
    }
  }

  private static OptionalInt uidBehind(List<String> prefix) throws InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("/bin/sh", "-c", "id -un >/dev/null && id -u"));
    Shell.Result result = Shell.run(command);
    return result.succeeded() && result.output().matches("[1-9][0-9]{0,8}")
        ? OptionalInt.of(Integer.parseInt(result.output()))
        : OptionalInt.empty();
  }
}
