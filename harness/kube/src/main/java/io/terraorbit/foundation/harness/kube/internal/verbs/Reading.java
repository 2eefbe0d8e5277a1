package io.terraorbit.foundation.harness.kube.internal.verbs;

import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.store.Entry;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionStore;
import io.terraorbit.foundation.harness.kube.internal.store.RevisionUnavailableException;
import io.terraorbit.foundation.harness.kube.internal.store.Snapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of get and list. */
final class Reading {
  private static final String CONTINUE_TOO_OLD =
      "The provided continue parameter is too old to display a consistent list result. You can"
          + " start a new list without the continue parameter, or use the continue token in this"
          + " response to retrieve the remainder of the results. Continuing with the provided"
          + " token results in an inconsistent list - objects that were created, modified, or"
          + " deleted between the time the first chunk was returned and now may show up in the"
          + " list.";
  private static final String LIST_TOO_OLD =
      "The resourceVersion for the provided list is too old.";

  private final RevisionStore<Map<String, Object>> store;
  private final ListItems items = new ListItems();

  Reading(RevisionStore<Map<String, Object>> store) {
    this.store = store;
  }

  Map<String, Object> get(Target target, ListOptions options) {
    checkNotFuture(options.revision());
    return newest(options)
        .find(target.key())
        .map(entry -> Versioned.as(target.type(), entry.value()))
        .orElseThrow(() -> Refusals.notFound(target.subject()));
  }

  Map<String, Object> list(Target target, ListOptions options) {
    options.check();
    Snapshot<Map<String, Object>> first =
        options.continueToken().isEmpty() ? snapshot(options) : store.latest();
    return body(select(target, options, first));
  }

  /**
   * What a list shows of a moment; of an earlier one, when it goes on with a list of that.
   *
   * @param first the moment of the first page
   */
  Page select(Target target, ListOptions options, Snapshot<Map<String, Object>> first) {
    if (options.continueToken().isEmpty()) {
      long limit = options.resourceVersion().equals("0") ? 0 : options.limit();
      return page(target, options, first, target.type().prefix(target.namespace()), limit);
    }
    ContinueToken token = ContinueToken.parse(options.continueToken());
    String start = target.type().prefix() + token.start();
    if (token.revision() < 0) {
      return page(target, options, first, start, options.limit());
    }
    try {
      return page(target, options, store.at(token.revision()), start, options.limit());
    } catch (RevisionUnavailableException e) {
      throw expired(options.continueToken());
    }
  }

  /**
   * What a list is answered whose revision is forgotten.
   *
   * @param continueToken empty for none
   */
  static ApiException expired(String continueToken) {
    return continueToken.isEmpty()
        ? Refusals.expired(LIST_TOO_OLD)
        : Refusals.expired(CONTINUE_TOO_OLD)
            .withContinue(new ContinueToken(-1, ContinueToken.parse(continueToken).start()).text());
  }

  /** What a page looks like as a list. */
  Map<String, Object> body(Page page) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("kind", page.type().listKind());
    body.put("apiVersion", page.type().apiVersion());
    body.put("metadata", page.metadata());
    body.put(
        "items", page.objects().stream().map(object -> items.of(page.type(), object)).toList());
    return body;
  }

  /**
   * Some of the objects at one moment, from a key on.
   *
   * @param limit most of them; 0 for all
   */
  static Page page(
      Target target,
      ListOptions options,
      Snapshot<Map<String, Object>> snapshot,
      String start,
      long limit) {
    String prefix = target.type().prefix(target.namespace());
    List<Map<String, Object>> objects = new ArrayList<>();
    Iterator<Entry<Map<String, Object>>> entries = snapshot.from(prefix, start).iterator();
    boolean all = options.selectsAll();
    String last = "";
    while (entries.hasNext() && (limit <= 0 || objects.size() < limit)) {
      Entry<Map<String, Object>> entry = entries.next();
      last = entry.key();
      if (all || options.selects(Versioned.as(target.type(), entry.value()))) {
        objects.add(entry.value());
      }
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resourceVersion", String.valueOf(snapshot.revision()));
    if (entries.hasNext()) {
      String rest = last.substring(target.type().prefix().length());
      metadata.put("continue", new ContinueToken(snapshot.revision(), rest + "\0").text());
      if (options.selectsAll()) {
        metadata.put("remainingItemCount", count(entries));
      }
    }
    return new Page(target.type(), metadata, objects);
  }

  /** Objects as they are stored, and what their list tells of itself. */
  record Page(ResourceType type, Map<String, Object> metadata, List<Map<String, Object>> objects) {}

  private static long count(Iterator<?> rest) {
    long count = 0;
    while (rest.hasNext()) {
      rest.next();
      count++;
    }
    return count;
  }

  private Snapshot<Map<String, Object>> snapshot(ListOptions options) {
    long revision = options.revision();
    checkNotFuture(revision);
    boolean exact =
        options.resourceVersionMatch().equals("Exact")
            || (options.resourceVersionMatch().isEmpty() && options.limit() > 0);
    if (revision == 0 || !exact) {
      return newest(options);
    }
    try {
      return store.at(revision);
    } catch (RevisionUnavailableException e) {
      throw expired("");
    }
  }

  /** What counts as the newest state: an older one where a reader is to see that. */
  private Snapshot<Map<String, Object>> newest(ListOptions options) {
    try {
      return options.asOf() == 0 ? store.latest() : store.at(options.asOf());
    } catch (RevisionUnavailableException e) {
      return store.latest();
    }
  }

  private void checkNotFuture(long revision) {
    long current = store.revision();
    if (revision > current) {
      throw Refusals.futureResourceVersion(revision, current);
    }
  }
}
