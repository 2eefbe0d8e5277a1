package io.terraorbit.foundation.harness.kube.internal.tables;

/**
 * In which form objects are asked for. Immutable.
 *
 * @param version of {@code meta.k8s.io}; {@code v1} or {@code v1beta1}, empty for {@link
 *     Kind#WHOLE}
 * @param include what the rows of a table carry of their objects
 */
public record Form(Kind kind, String version, Include include) {
  /** Objects as they are. */
  public static final Form WHOLE = new Form(Kind.WHOLE, "", Include.METADATA);

  /** The forms that objects have. */
  public enum Kind {
    WHOLE,
    TABLE,
    METADATA,
    METADATA_LIST
  }

  /** What the rows of a table carry. */
  public enum Include {
    NONE,
    METADATA,
    OBJECT
  }

  public boolean whole() {
    return kind == Kind.WHOLE;
  }

  String apiVersion() {
    return "meta.k8s.io/" + version;
  }
}
