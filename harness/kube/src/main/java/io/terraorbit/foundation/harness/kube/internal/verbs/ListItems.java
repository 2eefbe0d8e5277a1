package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.json.WrittenObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects as lists show them, each with its text, which is kept for as long as the object is the
 * same: most objects of a list are those of the list before. Safe for many threads.
 *
 * <p>What is kept is found by the object's uid and used only for the very object and type that it
 * was made of, so it cannot be stale. When the texts pass a bound, all are forgotten.
 */
final class ListItems {
  private static final long MOST_CHARACTERS = 32L << 20;
  private static final int LONGEST = 64 << 10;

  private final Map<String, Item> kept = new ConcurrentHashMap<>();
  private final AtomicLong characters = new AtomicLong();

  @SuppressWarnings("ReferenceEquality") // only of the very same is the text known
  Map<String, Object> of(ResourceType type, Map<String, Object> object) {
    String uid = Values.string(object, "metadata", "uid").orElse("");
    Item item = kept.get(uid);
    if (item != null && item.source == object && item.type == type) {
      return item.shown;
    }
    WrittenObject shown = WrittenObject.of(shown(type, object));
    if (shown.length() <= LONGEST) {
      keep(uid, new Item(type, object, shown));
    }
    return shown;
  }

  private void keep(String uid, Item item) {
    Item before = kept.put(uid, item);
    long grown = item.shown.length() - (before == null ? 0L : before.shown.length());
    if (characters.addAndGet(grown) > MOST_CHARACTERS) {
      kept.clear();
      characters.set(0);
    }
  }

  /** Items of lists of built-in kinds have no kind and apiVersion, as a real server's. */
  private static Map<String, Object> shown(ResourceType type, Map<String, Object> object) {
    Map<String, Object> versioned = Versioned.as(type, object);
    if (type.custom()) {
      return versioned;
    }
    Map<String, Object> item = new LinkedHashMap<>(versioned);
    item.remove("kind");
    item.remove("apiVersion");
    return item;
  }

  private record Item(ResourceType type, Map<String, Object> source, WrittenObject shown) {}
}
