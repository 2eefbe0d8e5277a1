package io.terraorbit.foundation.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Merges a configuration into a live value. Stateless. */
final class Merging {
  private Merging() {}

  static @Nullable Object merge(FieldType type, @Nullable Object live, @Nullable Object config) {
    if (Absent.is(config) || live == config) {
      return live;
    }
    return switch (type.form(config)) {
      case SCALAR -> config;
      case LIST -> {
        List<?> old = Absent.list(live);
        List<?> said = Absent.list(config);
        boolean whole = type.listShape().atomic() || (old.isEmpty() && said.isEmpty());
        yield whole ? config : lists(type.listShape(), old, said);
      }
      case MAP -> {
        Map<?, ?> old = Absent.map(live);
        Map<?, ?> said = Absent.map(config);
        boolean whole = type.mapShape().atomic() || (old.isEmpty() && said.isEmpty());
        yield whole ? config : maps(type.mapShape(), old, said);
      }
    };
  }

  private static Object maps(MapShape shape, Map<?, ?> live, Map<?, ?> config) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    live.forEach(
        (key, value) -> {
          String name = (String) key;
          merged.put(name, merge(shape.member(name), value, Absent.member(config, name)));
        });
    config.forEach(
        (key, value) -> {
          String name = (String) key;
          if (!live.containsKey(name)) {
            merged.put(name, merge(shape.member(name), Absent.ABSENT, value));
          }
        });
    return Collections.unmodifiableMap(merged);
  }

  private static Object lists(ListShape shape, List<?> live, List<?> config) {
    return new ListMerge(shape, live, config).merged();
  }

  /**
   * One merge of two lists with identities. What both have comes in the order of the configuration;
   * what only the live list has keeps its place between its neighbours; what only the configuration
   * has stands behind what is before it there.
   */
  private static final class ListMerge {
    private final FieldType type;
    private final List<?> live;
    private final List<PathElement> liveOrder = new ArrayList<>();
    private final List<PathElement> configOrder = new ArrayList<>();
    private final Map<PathElement, @Nullable Object> liveValues = new TreeMap<>();
    private final Map<PathElement, @Nullable Object> configValues = new TreeMap<>();

    /** What both have and is not merged yet, in the order of the configuration. */
    private final List<PathElement> shared;

    private final Set<PathElement> done = new TreeSet<>();
    private final List<@Nullable Object> merged = new ArrayList<>();

    ListMerge(ListShape shape, List<?> live, List<?> config) {
      this.type = shape.element().get();
      this.live = live;
      for (Object element : live) {
        PathElement identity = shape.identity(element);
        // Of several with one identity none is merged: the configuration replaces them.
        Object known = liveValues.containsKey(identity) ? null : element;
        liveValues.put(identity, known);
        liveOrder.add(identity);
      }
      for (Object element : config) {
        PathElement identity = shape.identity(element);
        if (configValues.containsKey(identity)) {
          throw new MismatchException("duplicate entries for key " + identity);
        }
        configValues.put(identity, element);
        configOrder.add(identity);
      }
      this.shared = new ArrayList<>(configOrder.stream().filter(liveValues::containsKey).toList());
    }

    List<@Nullable Object> merged() {
      int left = 0;
      int right = 0;
      while (left < liveOrder.size() || right < configOrder.size()) {
        PathElement old = left < liveOrder.size() ? liveOrder.get(left) : null;
        PathElement said = right < configOrder.size() ? configOrder.get(right) : null;
        if (old != null && said != null && old.compareTo(said) == 0) {
          take(said);
          left++;
          right++;
        } else if (old != null && !configValues.containsKey(old)) {
          merged.add(live.get(left));
          left++;
        } else if (old != null && said != null && !isNextShared(old)) {
          left++; // its turn is later, or was before
        } else {
          left += old != null && done.contains(old) ? 1 : 0;
          if (said != null) {
            take(said);
            right++;
          }
        }
      }
      return Collections.unmodifiableList(merged);
    }

    private boolean isNextShared(PathElement element) {
      return shared.isEmpty() || shared.get(0).compareTo(element) == 0;
    }

    private void take(PathElement identity) {
      Object old = liveValues.getOrDefault(identity, Absent.ABSENT);
      merged.add(merge(type, old, configValues.get(identity)));
      done.add(identity);
      if (!shared.isEmpty() && isNextShared(identity)) {
        shared.remove(0);
      }
    }
  }
}
