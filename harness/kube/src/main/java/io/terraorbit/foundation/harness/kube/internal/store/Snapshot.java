package io.terraorbit.foundation.harness.kube.internal.store;

import java.util.Collection;
import java.util.Optional;
import org.pcollections.TreePMap;

/** All that the store held at one revision. Immutable; shares structure with its neighbours. */
public final class Snapshot<V> {
  private final long revision;
  private final TreePMap<String, Entry<V>> entries;

  Snapshot(long revision, TreePMap<String, Entry<V>> entries) {
    this.revision = revision;
    this.entries = entries;
  }

  public long revision() {
    return revision;
  }

  public Optional<Entry<V>> find(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The entries whose key starts with {@code prefix}, in the order of their keys. */
  public Collection<Entry<V>> list(String prefix) {
    return from(prefix, prefix);
  }

  /** As {@link #list}, beginning at the first key that is not less than {@code start}. */
  public Collection<Entry<V>> from(String prefix, String start) {
    String first = start.compareTo(prefix) < 0 ? prefix : start;
    String end = prefix + Character.MAX_VALUE;
    return first.compareTo(end) > 0
        ? TreePMap.<String, Entry<V>>empty().values()
        : entries.subMap(first, end).values();
  }

  public int size() {
    return entries.size();
  }

  Snapshot<V> with(Entry<V> entry) {
    return new Snapshot<>(entry.revision(), entries.plus(entry.key(), entry));
  }

  Snapshot<V> without(String key, long newRevision) {
    return new Snapshot<>(newRevision, entries.minus(key));
  }
}
