package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.CacheListener;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** Turns what happens to the objects of one cache into keys of the reconciled type. */
final class KeyListener<C extends HasMetadata> implements CacheListener<C> {
  private final Function<? super C, ? extends Collection<ObjectKey>> mapper;
  private final KeySink sink;

  KeyListener(Function<? super C, ? extends Collection<ObjectKey>> mapper, KeySink sink) {
    this.mapper = mapper;
    this.sink = sink;
  }

  @Override
  public void added(C object, boolean initial) {
    Cause cause = cause("added", object);
    mapper
        .apply(object)
        .forEach(k -> sink.accept(k, initial ? Band.BACKGROUND : Band.NORMAL, cause));
  }

  /** Tells both owners when an object changes hands. */
  @Override
  public void updated(C before, C after, boolean resync) {
    Set<ObjectKey> keys = new LinkedHashSet<>(mapper.apply(after));
    keys.addAll(mapper.apply(before));
    Cause cause = cause(resync ? "resync" : "updated", after);
    keys.forEach(k -> sink.accept(k, resync ? Band.BACKGROUND : Band.NORMAL, cause));
  }

  @Override
  public void deleted(C object, boolean finalStateUnknown) {
    Cause cause = cause("deleted", object);
    mapper.apply(object).forEach(k -> sink.accept(k, Band.NORMAL, cause));
  }

  static Cause cause(String type, HasMetadata object) {
    return new Cause(
        type,
        "%s/%s at %s"
            .formatted(
                object.getKind(), ObjectKey.of(object), object.getMetadata().getResourceVersion()));
  }
}
