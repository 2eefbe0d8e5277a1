package io.terraorbit.foundation.kubernetes;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Walks through a list and fetches each page when it is reached. Confined to one thread. */
final class Pages<T> implements Iterator<T> {
  private final Function<String, Page<T>> fetch;
  private Iterator<T> items = Collections.emptyIterator();
  private Optional<String> next = Optional.of("");

  private Pages(Function<String, Page<T>> fetch) {
    this.fetch = fetch;
  }

  /**
   * @param fetch gives the page of a continue token; the first one's is empty
   */
  static <T> Stream<T> stream(Function<String, Page<T>> fetch) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Pages<>(fetch), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (!items.hasNext() && next.isPresent()) {
      Page<T> page = fetch.apply(next.get());
      items = page.items().iterator();
      next = page.continueToken();
    }
    return items.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the list has no more objects");
    }
    return items.next();
  }
}
