package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.chaos.proxy.internal.link.StagePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The toxics of one proxy by name, in the order of addition. Guarded by its proxy's lock. */
final class ToxicChain {
  /** So many names are remembered for their epochs; the oldest starts over. */
  private static final int MAX_EPOCHS = 1024;

  private final String proxy;
  private final Map<String, ToxicSpec> toxics = new LinkedHashMap<>();

  /** How often the toxic of a name has changed, gone ones too: each change draws anew. */
  private final Map<String, Integer> epochs =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MAX_EPOCHS;
        }
      };

  ToxicChain(String proxy) {
    this.proxy = proxy;
  }

  StagePlan add(ToxicSpec spec) {
    if (toxics.putIfAbsent(spec.name(), spec) != null) {
      throw ProxyFailures.toxicExists(proxy, spec.name());
    }
    return plan(spec);
  }

  ToxicSpec get(String name) {
    ToxicSpec spec = toxics.get(name);
    if (spec == null) {
      throw ProxyFailures.toxicNotFound(proxy, name);
    }
    return spec;
  }

  StagePlan update(ToxicSpec spec) {
    String type = get(spec.name()).toxic().type();
    if (!type.equals(spec.toxic().type())) {
      throw ProxyFailures.toxicTypeFixed(spec.name(), type, spec.toxic().type());
    }
    toxics.put(spec.name(), spec);
    return plan(spec);
  }

  void remove(String name) {
    get(name);
    toxics.remove(name);
  }

  List<ToxicSpec> list() {
    return Stream.of(Direction.values()).flatMap(this::list).toList();
  }

  private Stream<ToxicSpec> list(Direction stream) {
    return toxics.values().stream().filter(spec -> spec.stream() == stream);
  }

  private StagePlan plan(ToxicSpec spec) {
    return new StagePlan(
        spec.name(),
        spec.stream() == Direction.UPSTREAM,
        spec.toxicity(),
        epochs.merge(spec.name(), 1, Integer::sum),
        () -> ToxicType.stage(spec.toxic()));
  }
}
