package io.terraorbit.foundation.harness.kube.internal.tables;

import io.terraorbit.foundation.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code k8s.io/client-go/util/jsonpath} that printer columns use: members, also quoted
 * in brackets, indices from either end, {@code *}, and filters that compare a member with a text, a
 * number or a boolean. What it cannot read finds nothing. Immutable.
 */
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.((?:[^.\\[\\\\]|\\\\.)+)" // .member, with \. for a dot in it
              + "|\\[['\"]((?:[^'\"\\\\]|\\\\.)+)['\"]\\]" // ['member']
              + "|\\[(-?\\d{1,9})\\]" // [0]
              + "|\\[(\\*)\\]" // [*]
              + "|\\[\\?\\(\\s*@\\.([\\w./-]+)\\s*(==|!=)\\s*(?:\"([^\"]*)\"|'([^']*)'|([\\w.-]+))\\s*\\)\\]");
  private static final int QUOTED = 2;
  private static final int INDEX = 3;
  private static final int ALL = 4;
  private static final int FILTERED = 5;
  private static final int OPERATOR = 6;
  private static final int FIRST_VALUE = 7;
  private static final int LAST_VALUE = 9;

  private final List<Function<@Nullable Object, List<@Nullable Object>>> steps;

  private JsonPath(List<Function<@Nullable Object, List<@Nullable Object>>> steps) {
    this.steps = List.copyOf(steps);
  }

  static JsonPath parse(String text) {
    List<Function<@Nullable Object, List<@Nullable Object>>> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        return new JsonPath(List.of(value -> List.of()));
      }
      steps.add(step(matcher));
      end = matcher.end();
    }
    return new JsonPath(steps);
  }

  /** All values at the path; empty when there are none. */
  List<@Nullable Object> find(@Nullable Object root) {
    List<@Nullable Object> found = new ArrayList<>();
    found.add(root);
    for (Function<@Nullable Object, List<@Nullable Object>> step : steps) {
      List<@Nullable Object> next = new ArrayList<>();
      found.forEach(value -> next.addAll(step.apply(value)));
      found = next;
    }
    return found;
  }

  private static Function<@Nullable Object, List<@Nullable Object>> step(Matcher matcher) {
    String name = matcher.group(1) == null ? matcher.group(QUOTED) : matcher.group(1);
    if (name != null) {
      String member = name.replaceAll("\\\\(.)", "$1");
      return member.equals("*") ? JsonPath::all : value -> member(value, member);
    }
    if (matcher.group(INDEX) != null) {
      int index = Integer.parseInt(matcher.group(INDEX));
      return value -> element(value, index);
    }
    if (matcher.group(ALL) != null) {
      return JsonPath::all;
    }
    String wanted =
        Stream.iterate(FIRST_VALUE, group -> group <= LAST_VALUE, group -> group + 1)
            .map(matcher::group)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    String[] path = matcher.group(FILTERED).split("\\.", -1);
    boolean equal = matcher.group(OPERATOR).equals("==");
    return value -> filtered(value, path, equal, wanted);
  }

  private static List<@Nullable Object> member(@Nullable Object value, String name) {
    return value instanceof Map<?, ?> members && members.containsKey(name)
        ? one(members.get(name))
        : List.of();
  }

  private static List<@Nullable Object> element(@Nullable Object value, int index) {
    if (!(value instanceof List<?> elements)) {
      return List.of();
    }
    int at = index < 0 ? elements.size() + index : index;
    return at >= 0 && at < elements.size() ? one(elements.get(at)) : List.of();
  }

  private static List<@Nullable Object> all(@Nullable Object value) {
    if (value instanceof List<?> elements) {
      return new ArrayList<>(elements);
    }
    return value instanceof Map<?, ?> members ? new ArrayList<>(members.values()) : List.of();
  }

  private static List<@Nullable Object> filtered(
      @Nullable Object value, String[] path, boolean equal, String wanted) {
    List<@Nullable Object> kept = new ArrayList<>();
    if (value instanceof List<?> elements) {
      for (Object element : elements) {
        String met = Values.at(element, path).map(String::valueOf).orElse(null);
        if (met != null && met.equals(wanted) == equal) {
          kept.add(element);
        }
      }
    }
    return kept;
  }

  private static List<@Nullable Object> one(@Nullable Object value) {
    List<@Nullable Object> one = new ArrayList<>(1);
    one.add(value);
    return one;
  }
}
