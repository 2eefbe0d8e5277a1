package io.terraorbit.foundation.harness.kube.internal.resources;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType.Flag;
import io.terraorbit.foundation.harness.kube.internal.schema.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Syntax of names and labels, with the texts of {@code k8s.io/apimachinery} for what is wrong. */
public final class Names {
  /** How much of its base a generated name keeps, so that five characters more make a label. */
  public static final int MAX_GENERATED_BASE = 58;

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

  private static final Syntax IS_SUBDOMAIN =
      new Syntax(
          SUBDOMAIN,
          253,
          "characters",
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
              + " or '.', and must start and end with an alphanumeric character (e.g."
              + " 'example.com', regex used for validation is '"
              + SUBDOMAIN
              + "')");
  private static final Syntax IS_LABEL =
      new Syntax(
          LABEL,
          63,
          "characters",
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
              + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
              + " '123-abc', regex used for validation is '"
              + LABEL
              + "')");
  private static final Syntax IS_LABEL_1035 =
      new Syntax(
          LABEL_1035,
          63,
          "characters",
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
              + " an alphabetic character, and end with an alphanumeric character (e.g."
              + " 'my-name',  or 'abc-123', regex used for validation is '"
              + LABEL_1035
              + "')");
  private static final Syntax IS_QUALIFIED =
      new Syntax(
          QUALIFIED,
          63,
          "bytes",
          "must consist of alphanumeric characters, '-', '_' or '.', and must start and"
              + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
              + " regex used for validation is '"
              + QUALIFIED
              + "')");
  private static final Syntax IS_LABEL_VALUE =
      new Syntax(
          "(" + QUALIFIED + ")?",
          63,
          "bytes",
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
              + " or '.', and must start and end with an alphanumeric character (e.g. 'MyValue', "
              + " or 'my_value',  or '12345', regex used for validation is '("
              + QUALIFIED
              + ")?')");

  private static final Syntax IS_DATA_KEY =
      new Syntax(
          "[-._a-zA-Z0-9]+",
          253,
          "characters",
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
              + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
              + " '[-._a-zA-Z0-9]+')");

  private static final Syntax IS_PREFIX = new Syntax(SUBDOMAIN, 253, "bytes", IS_SUBDOMAIN.text());

  private static final String NO_KEY =
      "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start"
          + " and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
          + " regex used for validation is '"
          + QUALIFIED
          + "') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";

  private Names() {}

  /** What is wrong with an object's name; empty when nothing is. */
  public static List<String> problems(ResourceType type, String name) {
    if (type.has(Flag.PATH)) {
      return pathProblems(name);
    }
    if (type.has(Flag.LABEL)) {
      return labelProblems(name);
    }
    if (type.has(Flag.ADDRESS)) {
      return addressProblems(name);
    }
    return IS_SUBDOMAIN.problems(name);
  }

  /** What is wrong with the key of a label, an annotation or with a finalizer's name. */
  public static List<String> keyProblems(String key) {
    String[] parts = key.split("/", -1);
    if (parts.length > 2) {
      return List.of(NO_KEY);
    }
    List<String> problems = new ArrayList<>();
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        problems.add("prefix part must be non-empty");
      } else {
        IS_PREFIX.problems(parts[0]).forEach(problem -> problems.add("prefix part " + problem));
      }
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) {
      problems.add("name part must be non-empty");
    }
    IS_QUALIFIED.problems(name).forEach(problem -> problems.add("name part " + problem));
    return problems;
  }

  /** What is wrong with a DNS-1035 label, such as the name of a version or a service. */
  public static List<String> label1035Problems(String name) {
    return IS_LABEL_1035.problems(name);
  }

  /** What is wrong with an RFC 1123 label, such as the name of a container. */
  public static List<String> labelProblems(String name) {
    boolean dotted = IS_SUBDOMAIN.pattern().matcher(name).matches();
    return IS_LABEL.problems(name).stream()
        .map(
            problem ->
                dotted && problem.equals(IS_LABEL.text()) ? "must not contain dots" : problem)
        .toList();
  }

  /** What is wrong with the text of an IP address. */
  public static List<String> addressProblems(String text) {
    return Addresses.isIp(text)
        ? List.of()
        : List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
  }

  /** What is wrong with an RFC 1123 subdomain. */
  public static List<String> subdomainProblems(String name) {
    return IS_SUBDOMAIN.problems(name);
  }

  /** What is wrong with the name of a port (RFC 6335, 15 characters, with a letter in it). */
  public static List<String> portNameProblems(String name) {
    List<String> problems = new ArrayList<>();
    if (name.length() > 15) {
      problems.add("must be no more than 15 characters");
    }
    if (!name.matches("[-a-z0-9]*")) {
      problems.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!name.matches(".*[a-z].*")) {
      problems.add("must contain at least one letter (a-z)");
    }
    if (name.contains("--")) {
      problems.add("must not contain consecutive hyphens");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      problems.add("must not begin or end with a hyphen");
    }
    return problems;
  }

  /** What is wrong with the key of a ConfigMap or Secret. */
  public static List<String> dataKeyProblems(String key) {
    if (key.equals(".") || key.equals("..") || key.startsWith("..")) {
      return List.of(
          key.equals(".") || key.equals("..")
              ? "must not be '" + key + "'"
              : "must not start with '..'");
    }
    return IS_DATA_KEY.problems(key);
  }

  public static List<String> labelValueProblems(String value) {
    return IS_LABEL_VALUE.problems(value);
  }

  /** What is wrong with a name that only has to be a segment of a path. */
  public static List<String> pathProblems(String name) {
    if (name.equals(".") || name.equals("..")) {
      return List.of("may not be '" + name + "'");
    }
    List<String> problems = new ArrayList<>();
    for (String part : List.of("/", "%")) {
      if (name.contains(part)) {
        problems.add("may not contain '" + part + "'");
      }
    }
    return problems;
  }

  private record Syntax(Pattern pattern, int most, String unit, String text) {
    Syntax(String regex, int most, String unit, String text) {
      this(Pattern.compile(regex), most, unit, text);
    }

    List<String> problems(String value) {
      List<String> problems = new ArrayList<>();
      if (value.length() > most) {
        problems.add("must be no more than %d %s".formatted(most, unit));
      }
      if (!pattern.matcher(value).matches()) {
        problems.add(text);
      }
      return problems;
    }
  }
}
