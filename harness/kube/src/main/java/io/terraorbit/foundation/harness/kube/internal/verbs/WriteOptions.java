package io.terraorbit.foundation.harness.kube.internal.verbs;

/**
 * How a write is to be done. Immutable.
 *
 * @param verb such as {@code patch}, for those who watch over writes
 * @param dryRun do all but commit
 */
public record WriteOptions(String user, String verb, boolean dryRun, FieldValidation validation) {
  /** What becomes of fields that the kind does not know. */
  public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  /** A deletion by a user. */
  public static WriteOptions delete(String user, DeleteOptions wanted) {
    return new WriteOptions(user, "delete", wanted.dryRun(), FieldValidation.IGNORE);
  }

  /** The same, but for what it commits: nothing, if so wanted. */
  WriteOptions dry(boolean wanted) {
    return new WriteOptions(user, verb, dryRun || wanted, validation);
  }

  /** A write of one of the server's own parts. */
  public static WriteOptions system(String controller, String verb) {
    return new WriteOptions("system:" + controller, verb, false, FieldValidation.IGNORE);
  }
}
